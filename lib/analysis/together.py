"""Which themes come up together, and when each came up first and last."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.analysis.association import jaccard, ratio
from lib.analysis.rows import rows_of
from lib.filters.masks import is_held, is_one_of
from lib.filters.selection import Selection
from lib.vocabulary import Vocabulary, voice

UNITS = ("event", "actor")
"""What two themes have in common: that one event raised both, or that one actor did at one event."""

COLUMNS = ["first", "second", "together", "first_total", "second_total", "of", "expected", "lift", "jaccard"]


def every_theme(selection: Selection) -> pd.DataFrame:
    """The points of a selection, narrowed to the actors and forms that it asks for but not to its themes: what else came up with them is the question."""
    mentions, filters = selection.all_rows("mentions"), selection.filters
    keep = np.ones(len(mentions), dtype=bool)
    for parameter in ("by", "form"):
        if filters[parameter]:
            keep &= is_one_of(mentions[parameter], filters[parameter])
    return mentions[keep]


def raising(mentions: pd.DataFrame, vocabulary: Vocabulary, first: str, second: str, unit: str) -> pd.DataFrame:
    """The points on either theme by the units that raised both."""
    raised = _raised(mentions, vocabulary, unit)
    both = raised.get(first, set()) & raised.get(second, set())
    words = (*vocabulary.below(first), *vocabulary.below(second))
    keep = [(event, by if unit == "actor" else "") in both for event, by in rows_of(mentions, "event_id", "by")]
    return mentions[np.array(keep, dtype=bool) & is_one_of(mentions["theme"], words)]


def _raised(mentions: pd.DataFrame, vocabulary: Vocabulary, unit: str) -> Mapping[str, set[tuple[str, str]]]:
    """For each theme the units that raised it or a theme below it; in the vocabulary's order."""
    own: dict[str, set[tuple[str, str]]] = {}
    for event, by, theme in rows_of(mentions, "event_id", "by", "theme"):
        own.setdefault(theme, set()).add((event, by if unit == "actor" else ""))
    return {
        theme: set().union(*(own.get(below, ()) for below in vocabulary.below(theme))) for theme in vocabulary["themes"]
    }


def together(mentions: pd.DataFrame, vocabulary: Vocabulary, unit: str = "event", themes: int = 16) -> pd.DataFrame:
    """Pairs of the ``themes`` raised by the most units, and how often one unit raised both.

    Columns ``COLUMNS``: together, first_total and second_total (units that raised each), of (units with any point), expected (first_total *
    second_total / of), lift (as of ``association.ratio``: NaN where too few), jaccard. Themes in order of their totals, ties in the
    vocabulary's; without pairs of a theme and one below it, which are together by definition.
    """
    raised = _raised(mentions, vocabulary, unit)
    words = list(raised)
    of = len(set().union(*raised.values())) if raised else 0
    # Sorting keeps the vocabulary's order where the numbers are equal.
    top = sorted((word for word in words if raised[word]), key=lambda word: -len(raised[word]))[:themes]
    below = {word: set(vocabulary.below(word)) for word in top}
    pairs = [
        (one, other)
        for place, one in enumerate(top)
        for other in top[place + 1 :]
        if other not in below[one] and one not in below[other]
    ]
    both = np.array([len(raised[one] & raised[other]) for one, other in pairs], dtype="int64")
    first, second = (np.array([len(raised[pair[side]]) for pair in pairs], dtype="int64") for side in (0, 1))
    expected = first * second / max(of, 1)
    return pd.DataFrame(
        {
            "first": pd.array([one for one, _ in pairs], dtype="str"),
            "second": pd.array([other for _, other in pairs], dtype="str"),
            "together": both,
            "first_total": first,
            "second_total": second,
            "of": np.full(len(pairs), of, dtype="int64"),
            "expected": expected,
            "lift": ratio(both, expected),
            "jaccard": jaccard(both, first, second),
        },
        columns=COLUMNS,
    )


def first_and_latest(mentions: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The first and the latest held event at which each theme was raised, in order of the first.

    Columns theme, events, first_event, first_by, latest_event, latest_by (the voices there, joined by ;). Themes below count for those above.
    ``events`` are in order of day; what is only announced has raised nothing yet.
    """
    held = {event: place for place, (event,) in enumerate(rows_of(events, "event_id", where=is_held(events)))}
    own: dict[str, dict[str, list[str]]] = {}
    for event, by, form, theme in rows_of(mentions, "event_id", "by", "form", "theme"):
        if event in held:
            own.setdefault(theme, {}).setdefault(event, []).append(voice(by, form))
    rows = []
    for theme in vocabulary["themes"]:
        at: dict[str, list[str]] = {}
        for below in vocabulary.below(theme):
            for event, actors in own.get(below, {}).items():
                at.setdefault(event, []).extend(actors)
        if at:
            first, latest = min(at, key=held.__getitem__), max(at, key=held.__getitem__)
            rows.append(
                (
                    held[first],
                    theme,
                    len(at),
                    first,
                    ";".join(dict.fromkeys(at[first])),
                    latest,
                    ";".join(dict.fromkeys(at[latest])),
                )
            )
    rows.sort(key=lambda row: row[0])
    return pd.DataFrame(
        [row[1:] for row in rows], columns=["theme", "events", "first_event", "first_by", "latest_event", "latest_by"]
    )
