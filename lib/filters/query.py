"""What ``q`` asks for: words, and phrases in double quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lib.text import folded

_PHRASE = re.compile(r'["“”]([^"“”]*)["“”]')


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded.

    ``words`` is the plain reading: every piece between spaces, quotes and all. ``phrases`` are the words
    within a closed pair of double quotes, ``loose`` the words outside; both are empty without a phrase.
    """

    words: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """What has to be found, each once: the phrases and the words outside them, or the words."""
        return tuple(dict.fromkeys([*self.phrases, *self.loose] if self.phrases else self.words))

    def found_in(self, text: str) -> bool:
        """Whether ``text`` (folded, its parts on lines of their own) holds every word, or else every phrase and every word outside them.

        So quotes only add: what the plain reading finds is always found.
        """
        return all(word in text for word in self.words) or (
            bool(self.phrases) and all(term in text for term in self.terms)
        )


@lru_cache(maxsize=64)
def parse_query(text: str) -> Query:
    """The query that ``text`` writes; a quote that is never closed is part of its word."""
    plain = folded(text)
    phrases = tuple(phrase for phrase in (" ".join(found.split()) for found in _PHRASE.findall(plain)) if phrase)
    loose = tuple(_PHRASE.sub(" ", plain).split()) if phrases else ()
    return Query(tuple(dict.fromkeys(plain.split())), loose, phrases)
