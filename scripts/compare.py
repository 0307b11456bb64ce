"""Two codings of the same records, field by field: what the agreement figures are computed from, and the figures.

A field is a list of units. Fields with one value - of the event, of a delegation that both coders have, of a point that both have - give
pairs of values, and Krippendorff's alpha; fields that are sets give the entries that both have and those that one has, and F1.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import krippendorff
import numpy as np

from lib.text import folded
from lib.transliteration import spelling_key
from lib.vocabulary import Vocabulary
from scripts.codings import SINGLE, Coding, Delegation

MODES = ("in-person", "hybrid", "virtual")
"""Modes in their order: the more delegations take part by video, the further on."""

RESAMPLES = 1000
Pair = tuple[Coding, Coding]
Values = list[tuple[str, str]]
Shared = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """The agreement in one field. ``value`` is alpha or F1, None where alpha is not defined because both coders used one value alone."""

    value: float | None
    low: float | None
    high: float | None
    beside: tuple[float, ...]
    """Plain agreement of a field of values; precision and recall of a set."""
    n: int


def alpha(pairs: Sequence[tuple[str, str]], order: Sequence[str] = ()) -> float | None:
    """Krippendorff's alpha of pairs of values; ordinal where ``order`` gives the ranks, a value without a rank being no answer.

    None where fewer than two different values occur: without any variation there is nothing that chance could have done.
    """
    kept = [pair for pair in pairs if not order or (pair[0] in order and pair[1] in order)]
    words = list(order) if order else sorted({value for pair in kept for value in pair})
    if len({value for pair in kept for value in pair}) < 2:
        return None
    data = np.array([[words.index(value) for value in coder] for coder in zip(*kept, strict=True)], dtype=float)
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal" if order else "nominal"))


def agreement(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of pairs whose values are the same; 0 of none."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else 0.0


def f1(shared: Shared) -> tuple[float, float, float]:
    """F1, precision and recall of the second coder against the first, from the entries of both, of the first alone, of the second alone."""
    both, first, second = shared
    precision = both / (both + second) if both + second else 1.0
    recall = both / (both + first) if both + first else 1.0
    return 2 * both / (2 * both + first + second) if both + first + second else 1.0, precision, recall


def _words(name: str) -> list[str]:
    parts = folded(name).replace("-", " ").replace(".", " ").split()
    return [spelling_key(part) or part for part in parts]


def _initial(one: str, other: str) -> bool:
    """Whether one is the initial of the other; that of Ш and other letters has two letters in Latin."""
    short, long = sorted((one, other), key=len)
    return len(short) <= 2 < len(long) and long.startswith(short)


def same_person(one: str, other: str) -> bool:
    """Whether two spellings can be one name: each word of the shorter is in the longer, by its key or as an initial, one of them in full."""
    short, long = sorted((_words(one), _words(other)), key=len)
    if "".join(short) == "".join(long):
        return True
    left, full = list(long), 0
    for word in short:
        match = next((w for w in left if w == word), None) or next((w for w in left if _initial(word, w)), None)
        if match is None:
            return False
        full += match == word and len(word) > 2
        left.remove(match)
    return full > 0


def counted_shared(first: Iterable[object], second: Iterable[object]) -> Shared:
    """Entries of both, of the first alone, of the second alone; an entry counts as often as it occurs."""
    one, other = Counter(first), Counter(second)
    both = (one & other).total()
    return both, one.total() - both, other.total() - both


def _delegations(coding: Coding) -> dict[tuple[str, bool], Delegation]:
    """The first entry of each party, those that stayed away apart."""
    found: dict[tuple[str, bool], Delegation] = {}
    for one in coding.delegations:
        found.setdefault((one.party, one.attended), one)
    return found


def matched(pair: Pair) -> list[tuple[Delegation, Delegation]]:
    """The delegations that both coders have."""
    one, other = (_delegations(coding) for coding in pair)
    return [(one[key], other[key]) for key in one if key in other]


def _named(pair: Pair) -> Shared:
    """The names that both coders give for a party, by ``same_person``, and those of one alone."""
    left = [(one.party, one.name) for one in pair[1].delegations if one.name]
    ours = [(one.party, one.name) for one in pair[0].delegations if one.name]
    both = 0
    for party, name in ours:
        match = next((entry for entry in left if entry[0] == party and same_person(name, entry[1])), None)
        if match:
            left.remove(match)
            both += 1
    return both, len(ours) - both, len(left)


def _forms(pair: Pair) -> Values:
    """The forms of the points that both coders have on a theme by an actor: the same ones first, then the others in their order."""
    found: Values = []
    for key in dict.fromkeys((theme, by) for theme, by, _ in pair[0].themes):
        one, other = (Counter(form for theme, by, form in coding.themes if (theme, by) == key) for coding in pair)
        found += [(form, form) for form in sorted((one & other).elements())]
        found += list(zip(sorted((one - other).elements()), sorted((other - one).elements()), strict=False))
    return found


VALUES: Mapping[str, Callable[[Pair], Values]] = {
    **{key: lambda pair, key=key: [(pair[0].single[key], pair[1].single[key])] for key in SINGLE},
    "level": lambda pair: [(one.level or "", other.level or "") for one, other in matched(pair) if one.attended],
    "level, ranked": lambda pair: [
        (one.level or "", other.level or "") for one, other in matched(pair) if one.attended
    ],
    "capacity": lambda pair: [(one.capacity, other.capacity) for one, other in matched(pair)],
    "form": _forms,
}
"""The fields of values: from two codings, the pairs of values."""

SETS: Mapping[str, Callable[[Pair], Shared]] = {
    "delegations": lambda pair: counted_shared(list(_delegations(pair[0])), list(_delegations(pair[1]))),
    "names": _named,
    "themes": lambda pair: counted_shared({t for t, _, _ in pair[0].themes}, {t for t, _, _ in pair[1].themes}),
    "theme with actor": lambda pair: counted_shared(
        {entry[:2] for entry in pair[0].themes}, {entry[:2] for entry in pair[1].themes}
    ),
    "outcome forms": lambda pair: counted_shared(set(pair[0].outcomes), set(pair[1].outcomes)),
    "outcomes, each counted": lambda pair: counted_shared(pair[0].outcomes, pair[1].outcomes),
}
"""The fields that are sets: from two codings, the entries of both, of the first alone, of the second alone."""


def orders(words: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The fields that are compared by rank, with their values in order; the others are nominal."""
    ranked = {
        level: words["levels"][level].rank for level in words["levels"] if words["levels"][level].rank is not None
    }
    return {"mode": MODES, "level, ranked": tuple(sorted(ranked, key=lambda level: ranked[level]))}


def figures(pairs: Sequence[Pair], words: Vocabulary, seed: int) -> dict[str, Figure]:
    """The figure of every field, with the interval in which 95 % of samples of records drawn from these with replacement lie."""
    chance = random.Random(seed)
    samples = [chance.choices(range(len(pairs)), k=len(pairs)) for _ in range(RESAMPLES)]
    found: dict[str, Figure] = {}
    ranks = orders(words)
    for name, values_of in VALUES.items():
        units = [values_of(pair) for pair in pairs]
        order = ranks.get(name, ())
        if order:
            units = [[pair for pair in unit if pair[0] in order and pair[1] in order] for unit in units]
        flat = [pair for unit in units for pair in unit]
        spread = [alpha([pair for i in sample for pair in units[i]], order) for sample in samples]
        found[name] = Figure(alpha(flat, order), *_interval(spread), (agreement(flat),), len(flat))
    for name, shared_of in SETS.items():
        counts = [shared_of(pair) for pair in pairs]
        total = _sum(counts)
        value, *beside = f1(total)
        found[name] = Figure(
            value, *_interval([f1(_sum(counts[i] for i in sample))[0] for sample in samples]), tuple(beside), sum(total)
        )
    return found


def pooled(pairs: Sequence[Pair], name: str) -> float:
    """F1 of a field that is a set, over some records."""
    return f1(_sum(SETS[name](pair) for pair in pairs))[0]


def on_sources_read(pair: Pair) -> Pair:
    """The two codings without those points of the first that rest only on sources which the second coder did not find and does not have."""
    first, second = pair
    theirs, read = {entry[:2] for entry in second.themes}, frozenset(second.read)
    kept = tuple(
        entry for entry in first.themes if entry[:2] in theirs or first.grounds.get(entry[:2], frozenset()) & read
    )
    return replace(first, themes=kept), second


def _sum(counts: Iterable[Shared]) -> Shared:
    both, first, second = np.sum([(0, 0, 0), *counts], axis=0).tolist()
    return both, first, second


def _interval(values: Sequence[float | None]) -> tuple[float | None, float | None]:
    known = sorted(value for value in values if value is not None)
    if len(known) < len(values) / 2:
        return None, None
    return known[int(0.025 * len(known))], known[int(0.975 * len(known)) - 1]


def differences(pair: Pair) -> list[str]:
    """Every difference between two codings of a record, one line each: the field, the first coder's value, the second's."""
    lines = [
        f"{key}: {pair[0].single[key]} | {pair[1].single[key]}"
        for key in SINGLE
        if pair[0].single[key] != pair[1].single[key]
    ]
    one, other = (_delegations(coding) for coding in pair)
    for key in sorted(one.keys() ^ other.keys()):
        side = "first" if key in one else "second"
        lines.append(f"delegations: {key[0]}{'' if key[1] else ' absent'} only {side}")
    for ours, theirs in matched(pair):
        lines += [
            f"{what} of {ours.party}: {getattr(ours, what)} | {getattr(theirs, what)}"
            for what in ("capacity", "level")
            if getattr(ours, what) != getattr(theirs, what)
        ]
        if (ours.name or theirs.name) and not (ours.name and theirs.name and same_person(ours.name, theirs.name)):
            lines.append(f"name of {ours.party}: {ours.name} | {theirs.name}")
    points = [Counter(coding.themes) for coding in pair]
    lines += [f"point only first: {' '.join(entry)}" for entry in sorted((points[0] - points[1]).elements())]
    lines += [f"point only second: {' '.join(entry)}" for entry in sorted((points[1] - points[0]).elements())]
    made = [Counter(coding.outcomes) for coding in pair]
    lines += [f"outcome only first: {form}" for form in sorted((made[0] - made[1]).elements())]
    return lines + [f"outcome only second: {form}" for form in sorted((made[1] - made[0]).elements())]
