"""What was said: how often, by whom, in what form, over time.

The unit is the event, not the point: a theme that one meeting's record splits into three points was
raised at one meeting. A theme that lies below another counts for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.filters.masks import codes_of, is_one_of
from lib.vocabulary import JOINT_TEXT, MEETING, Vocabulary


@dataclass(frozen=True, slots=True)
class _Points:
    """Points by the place of their theme in the vocabulary, each again under the themes above its own.

    ``theme`` and ``row`` are arrays of one length: place of a theme, and row of ``mentions``.
    """

    theme: np.ndarray
    row: np.ndarray
    words: list[str]

    def distinct(self, codes: np.ndarray) -> np.ndarray:
        """For each theme, how many different values ``codes`` (one for each mention) takes; negative ones do not count."""
        own = codes[self.row]
        known = own >= 0
        return np.bincount(_pairs(self.theme[known], own[known])[0], minlength=len(self.words))

    def most(self, counts: np.ndarray, limit: int) -> list[int]:
        """The places of the themes with the highest counts, ties in the vocabulary's order."""
        order = np.argsort(-counts, kind="stable")
        return [int(place) for place in order[:limit] if counts[place]]


def _points(mentions: pd.DataFrame, vocabulary: Vocabulary) -> _Points:
    words = list(vocabulary["themes"])
    places = {word: place for place, word in enumerate(words)}
    parent = np.array([places.get(vocabulary["themes"][word].parent or "", -1) for word in words], dtype="int64")
    theme = _codes(mentions["theme"])
    row = np.arange(len(mentions))
    themes, rows = [theme], [row]
    # A chain longer than the vocabulary would be a circle.
    for _ in words:
        above = parent[theme] if len(theme) else theme
        theme, row = above[above >= 0], row[above >= 0]
        if not len(theme):
            break
        themes.append(theme)
        rows.append(row)
    return _Points(np.concatenate(themes), np.concatenate(rows), words)


def _codes(column: pd.Series) -> np.ndarray:
    """As :func:`lib.filters.masks.codes_of`, but wide enough to be multiplied, and free to be changed."""
    return codes_of(column).astype("int64")


def _pairs(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The different pairs of two arrays of places, in their order, and how often each occurs."""
    width = int(second.max(initial=0)) + 1
    pairs, counts = np.unique(first * width + second, return_counts=True)
    return pairs // width, pairs % width, counts


def how_often(mentions: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Events at which each theme was raised.

    Columns theme, events, share (of all events in ``events``), points, actors (distinct, joint
    texts not counted), first, latest (as recorded); the most first, ties in the vocabulary's order.
    """
    points = _points(mentions, vocabulary)
    counts = points.distinct(_codes(mentions["event_id"]))
    actors = _codes(mentions["by"])
    actors[is_one_of(mentions["by"], ["joint"])] = -1
    dates, starts = mentions["start"].array.categories, _codes(mentions["start"])[points.row]
    first = np.full(len(points.words), len(dates))
    latest = np.full(len(points.words), -1)
    np.minimum.at(first, points.theme, starts)
    np.maximum.at(latest, points.theme, starts)
    order = points.most(counts, len(points.words))
    return pd.DataFrame(
        {
            "theme": [points.words[place] for place in order],
            "events": counts[order],
            "share": counts[order] / max(len(events), 1),
            "points": np.bincount(points.theme, minlength=len(points.words))[order],
            "actors": points.distinct(actors)[order],
            "first": [dates[first[place]] for place in order],
            "latest": [dates[latest[place]] for place in order],
        }
    )


def in_series(mentions: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Events at which any point was made, by series: columns series, group, events, points; the most events first, ties in the vocabulary's order."""
    counts = mentions.groupby("series", observed=True)["event_id"].agg(["nunique", "size"])
    rows = [
        (word, entry.group, int(counts["nunique"][word]), int(counts["size"][word]))
        for word, entry in vocabulary["series"].items()
        if word in counts.index
    ]
    return pd.DataFrame(sorted(rows, key=lambda row: -row[2]), columns=["series", "group", "events", "points"])


def by_whom(mentions: pd.DataFrame, vocabulary: Vocabulary, themes: int = 14, actors: int = 12) -> pd.DataFrame:
    """Events at which each voice raised each theme: columns theme, by, events.

    A voice is an actor, a joint text (``joint``) or the meeting as such (``meeting``). The themes and actors with the most events, the
    joint texts and the meeting always; both in that order.
    """
    points = _points(mentions, vocabulary)
    event, by = _codes(mentions["event_id"]), _codes(mentions["by"])
    names = [*mentions["by"].array.categories, MEETING]
    joint, meeting = names.index("joint"), len(names) - 1
    by[(by == joint) & ~is_one_of(mentions["form"], [JOINT_TEXT])] = meeting
    shown = points.most(points.distinct(event), themes)
    reach = np.bincount(_pairs(by, event)[0], minlength=len(names))
    speakers = [
        int(place) for place in np.argsort(-reach, kind="stable") if reach[place] and place not in (joint, meeting)
    ][:actors]
    order = [place for place in (joint, meeting) if reach[place]] + speakers
    theme_and_actor, _, _ = _pairs(points.theme * len(names) + by[points.row], event[points.row])
    pairs, counts = np.unique(theme_and_actor, return_counts=True)
    found = {divmod(pair, len(names)): count for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)}
    rows = [
        (points.words[theme], names[actor], found[theme, actor])
        for theme in shown
        for actor in order
        if (theme, actor) in found
    ]
    return pd.DataFrame(rows, columns=["theme", "by", "events"])


def in_form(mentions: pd.DataFrame, vocabulary: Vocabulary, themes: int = 14) -> pd.DataFrame:
    """Points of each theme in each form: columns theme, form, points; the themes with the most points."""
    points = _points(mentions, vocabulary)
    forms = mentions["form"].array.categories
    counts = np.zeros((len(points.words), len(forms)), dtype="int64")
    np.add.at(counts, (points.theme, _codes(mentions["form"])[points.row]), 1)
    rows = [
        (points.words[theme], forms[form], int(counts[theme, form]))
        for theme in points.most(counts.sum(axis=1), themes)
        for form in range(len(forms))
        if counts[theme, form]
    ]
    return pd.DataFrame(rows, columns=["theme", "form", "points"])


def over_time(mentions: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, themes: int = 14) -> pd.DataFrame:
    """For each theme and year, the events that raised it and those of the year in all.

    Columns theme, year, events, of (all events of ``events`` that year), share; the themes with the
    most events; no row for a year in which the theme was not raised.
    """
    points = _points(mentions, vocabulary)
    event = _codes(mentions["event_id"])
    year_of = np.zeros(len(mentions["event_id"].array.categories), dtype="int64")
    year_of[_codes(events["event_id"])] = events["first_day"].dt.year.to_numpy()
    totals = np.bincount(year_of[_codes(events["event_id"])], minlength=1)
    theme, raised_at, _ = _pairs(points.theme, event[points.row])
    cells = _pairs(theme, year_of[raised_at])
    shown = {place: rank for rank, place in enumerate(points.most(points.distinct(event), themes))}
    rows = sorted(
        (shown[theme], year, count)
        for theme, year, count in zip(*(part.tolist() for part in cells), strict=True)
        if theme in shown
    )
    words = [points.words[place] for place in shown]
    return pd.DataFrame(
        [(words[rank], year, count, int(totals[year]), count / int(totals[year])) for rank, year, count in rows],
        columns=["theme", "year", "events", "of", "share"],
    )


def points_by_country(mentions: pd.DataFrame, vocabulary: Vocabulary) -> Mapping[str, int]:
    """How many points each country made, joint texts and organizations left out; the most first, ties by code.

    It says whose statements the sources report, not who speaks most.
    """
    countries = vocabulary["countries"]
    counts = np.bincount(_codes(mentions["by"]), minlength=1)
    found = {
        str(word): int(count)
        for word, count in zip(mentions["by"].array.categories, counts, strict=False)
        if count and word in countries
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def national_share(mentions: pd.DataFrame, country: str, vocabulary: Vocabulary) -> float | None:
    """The share of one country among the points that countries made; None where there are none."""
    points = points_by_country(mentions, vocabulary)
    return points.get(country, 0) / sum(points.values()) if points else None
