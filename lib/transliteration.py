"""One key for the Latin spellings of a name: Shoygu, Shoigu, Šojgu and Шойгу are the same.

Two spellings belong together where the same letter was written by different tables: BGN/PCGN and the
Board's simplified form, ISO 9, passports (ICAO Doc 9303), the Kazakh alphabet of 2021 and
German habits. ``RULES`` lists what these tables write differently, in the order in which it is
replaced, and nothing else: no rule guesses at sounds. The key is only for comparing; it is not a spelling.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lib.text import folded

LETTERS = str.maketrans(
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "g",
        "ґ": "g",
        "ғ": "g",
        "д": "d",
        "е": "e",
        "ё": "yo",
        "є": "ye",
        "ж": "zh",
        "җ": "j",
        "з": "z",
        "и": "i",
        "і": "i",
        "ї": "yi",
        "й": "y",
        "š": "sh",
        "č": "ch",
        "ž": "zh",
        "к": "k",
        "қ": "q",
        "л": "l",
        "м": "m",
        "н": "n",
        "ң": "n",
        "о": "o",
        "ө": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ў": "u",
        "ұ": "u",
        "ү": "u",
        "ф": "f",
        "х": "kh",
        "ҳ": "h",
        "һ": "h",
        "ц": "ts",
        "ч": "ch",
        "ҷ": "j",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ы": "y",
        "ь": "",
        "э": "e",
        "ю": "yu",
        "я": "ya",
        "ә": "a",
        "ӣ": "i",
        "ӯ": "u",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
    }
)
"""Cyrillic letters by BGN/PCGN's tables, those of ISO 9 with a hook, and Latin ones that the removal of accents would leave or change."""

RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"[^a-z]", ""),  # apostrophes and hyphens represent signs that tables keep or drop
        (r"shch|schtsch|shh", "sh"),  # щ
        (r"tsch|tch", "ch"),  # ч in German and French
        (r"sch", "sh"),  # ш in German
        (r"dzh|dsch|dj|zh", "j"),  # ж and its neighbours: Dzh-, Zh-, Dj-, J-
        (r"kh", "h"),  # х: Kh in English, H or X elsewhere
        (r"q", "k"),  # қ
        (r"x", "ks"),  # кс
        (r"ts|tz", "c"),  # ц
        (r"w", "v"),  # в in German
        (r"ph", "f"),
        (r"ck", "k"),
        (r"c(?=[aourlkt])|c$", "k"),  # Victor, Viktor
        (r"(?<=[aeiouy])j(?![aeiouy])", "i"),  # й in ISO 9: Šojgu
        (r"y", "i"),  # й, ы, and я, ю, ё: Ya, Ia
        (r"i+", "i"),
        (r"(?<=[aeiou])ie|^ie", "e"),  # е after a vowel or first: Sagynbayev, Sagynbaev; Yermekbayev, Ermekbayev
        (r"([b-df-hj-np-tv-z])\1+", r"\1"),
    )
)
"""What is replaced by what, in this order."""

SHORTEST = 4
"""Letters below which too many words share a key."""


@lru_cache(maxsize=8192)
def spelling_key(word: str) -> str:
    """The key of a word in Latin or Cyrillic letters; empty where it has too few letters to tell words apart."""
    key = folded(word.casefold().translate(LETTERS))
    for pattern, letters in RULES:
        key = pattern.sub(letters, key)
    return key if len(key) >= SHORTEST else ""
