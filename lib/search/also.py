"""What else a reader may have meant: other names, offices and spellings, and words that are close to those asked for.

Nothing here changes what the filter finds. Each offer is a set of filters of its own, with the number
of events that it finds and how many of them the query as written does not.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from lib.filters.masks import attended, is_one_of
from lib.filters.query import parse_query
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.keep import kept
from lib.search.find import MOST_TERMS
from lib.search.index import search_index
from lib.tables.build import Tables
from lib.text import folded, listed
from lib.transliteration import spelling_key

MOST_OFFERS = 6
MOST_TRIED = 16
OFTEN = 20
"""How many texts must hold a word for a word in a single text to be taken as a misspelling of it."""
LONGEST = 40
"""The longest word, in letters, for which the nearest one is looked up."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Other filters, why they are offered, the events that they find, and how many of those are ``new``."""

    reason: str
    filters: Filters
    events: int
    new: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What some words may mean: values of filters, or other words for ``q``."""

    reason: str
    limits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""


@kept
def also_found(selection: Selection) -> tuple[Offer, ...]:
    """Offers that find something which the selection does not hold, the most new events first; at most ``MOST_OFFERS``."""
    tables, filters = selection.tables, selection.filters
    found: dict[Filters, Offer] = {}
    for reason, other in islice(_readings(tables, filters), MOST_TRIED):
        passes = select(tables, other).passes
        new = int((passes & ~selection.passes).sum())
        if new and other not in found:
            found[other] = Offer(reason, other, int(passes.sum()), new)
    return tuple(sorted(found.values(), key=lambda offer: -offer.new)[:MOST_OFFERS])


def _readings(tables: Tables, filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Every other reading of a part of the query, the longest part first; a part within a longer one that has a meaning is left alone."""
    written = " ".join(filters["q"]).translate(_QUOTES).split()[:MOST_TERMS]
    plain = [_bare(word) for word in written]
    names, taken = meanings(tables), set()
    for length in range(min(len(plain), 8), 0, -1):
        for start in range(len(plain) - length + 1):
            part = range(start, start + length)
            asked = " ".join(plain[start : start + length])
            found = [*names.get(asked, ()), *(_spellings(tables, asked) if length == 1 else ())]
            if not found or taken.intersection(part):
                continue
            taken.update(part)
            said = " ".join(written[start : start + length])
            for meaning in found:
                # A filter that the view has already says what is wanted: another value would widen it.
                if not any(filters[name] for name, _ in meaning.limits):
                    quoted = f'"{meaning.words}"' if " " in meaning.words else meaning.words
                    query = " ".join([*written[:start], *([quoted] if quoted else []), *written[start + length :]])
                    yield f"“{said}” {meaning.reason}", filters.replaced(q=query, **dict(meaning.limits))


_QUOTES = str.maketrans('"“”', "   ")


def _bare(word: str) -> str:
    return folded(word).strip(".,;:!?()[]'’")


def _words(text: str) -> str:
    return " ".join(filter(None, (_bare(word) for word in text.translate(_QUOTES).split())))


def _spellings(tables: Tables, word: str) -> list[Meaning]:
    """Names of the records that are the same name in another transliteration; names that contain the word itself are found already."""
    key = spelling_key(word)
    other = search_index(tables).names.get(key, ()) if key else ()
    return [
        Meaning(f"is another spelling of {name.capitalize()}", words=name.capitalize())
        for name in other
        if word not in name
    ]


@kept
def meanings(tables: Tables) -> Mapping[str, tuple[Meaning, ...]]:
    """What the vocabulary's names and aliases mean, by their words, folded."""
    found: dict[str, dict[Meaning, None]] = {}

    def add(names: Iterable[str | None], meaning: Meaning) -> None:
        for name in names:
            if name and _words(name):
                found.setdefault(_words(name), {})[meaning] = None

    def same(names: Iterable[str | None]) -> None:
        known = [name for name in dict.fromkeys(names) if name]
        for name in known:
            for other in known:
                if _words(other) != _words(name):
                    add([name], Meaning(f"is also written {other}", words=other))

    vocabulary = tables.vocabulary
    for word, theme in vocabulary["themes"].items():
        add(
            [theme.label, theme.full, *theme.aliases],
            Meaning(f"is a name of the theme {theme.label}", (("theme", (word,)),)),
        )
    for code, country in vocabulary["countries"].items():
        add(
            [country.label, country.official, *country.aliases],
            Meaning(f"stands for {country.label} as a participant", (("country", (code,)),)),
        )
    for organization in vocabulary["organizations"].values():
        same([organization.label, organization.short])
    for place in vocabulary["places"].values():
        same([place.city, *place.aliases])
    for key, person in vocabulary["people"].items():
        add(
            person.names,
            Meaning(f"is a name of {vocabulary.people.label(key)} as a participant", (("person", (key,)),)),
        )
    for synonym in vocabulary["synonyms"].values():
        if synonym.country is None:
            same(synonym.words)
        else:
            people = _holders(tables, synonym.country, synonym.offices)
            if people:
                add(
                    [synonym.label, *synonym.words],
                    Meaning(
                        f"is the {synonym.label}; the records name {listed(people)} in that office",
                        (("person", people),),
                    ),
                )
    return {words: tuple(every) for words, every in found.items()}


def _holders(tables: Tables, country: str, offices: Iterable[str]) -> tuple[str, ...]:
    """Those whom the records name in one of ``offices`` of a country, in order of their first event."""
    frame, wanted = tables.participations, {folded(office) for office in offices}
    own = frame[
        attended(frame)
        & is_one_of(frame["country"], [country])
        & frame["name"].notna().to_numpy()
        & frame["role"].notna().to_numpy()
    ]
    return tuple(
        dict.fromkeys(
            name
            for name, role in zip(own["name"], own["role"], strict=True)
            if folded(role) in wanted and "," not in name
        )
    )


@kept
def did_you_mean(selection: Selection) -> Offer | None:
    """The query with each word that no text, or only one, holds replaced by the nearest one that many hold.

    None where no word is so rare, where nothing is near, and where the other query finds nothing.
    """
    tables, filters = selection.tables, selection.filters
    index = search_index(tables)
    text = " ".join(filters["q"])
    replaced = {}
    for term in parse_query(text).terms[:MOST_TERMS]:
        for word in term.split():
            held = np.count_nonzero(index.strength(word)) if len(word) <= LONGEST else 2
            if held > 1:
                continue
            near = _nearest(word, index.words)
            if near and (not held or index.words[near] >= OFTEN):
                replaced[word] = near
            elif not held:
                return None
    if not replaced:
        return None
    written = " ".join(
        replaced.get(folded(word), replaced.get(_bare(word), word)) for word in text.translate(_QUOTES).split()
    )
    other = filters.replaced(q=written)
    passes = select(tables, other).passes
    return (
        Offer(f"Did you mean “{written}”?", other, int(passes.sum()), int((passes & ~selection.passes).sum()))
        if passes.any()
        else None
    )


def _nearest(word: str, words: Mapping[str, int]) -> str | None:
    """The word most like ``word`` of those that begin alike and are about as long; of a tie the one in more texts."""
    alike = [other for other in words if other[0] == word[:1] and abs(len(other) - len(word)) <= 2]
    near = difflib.get_close_matches(word, alike, n=3, cutoff=0.7)
    return max(
        near,
        key=lambda other: (round(difflib.SequenceMatcher(None, word, other).ratio(), 2), words[other]),
        default=None,
    )
