"""Who meets whom, as matrices of countries."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.association import FEW as LEAST
from lib.analysis.association import LESS, MORE
from lib.analysis.pairs import Collected
from lib.analysis.rows import named_rows, rows_of
from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.pair_matrix import FAINT, FEW, RATIO, Cell, Step, pair_matrix, scale
from lib.text import counted
from lib.vocabulary import Vocabulary

MEASURES = {
    "ratio": "Observed over expected",
    "jaccard": "Share of the meetings of either (Jaccard)",
    "count": "Number of meetings",
}
"""What the colour of a matrix of pairs can show."""

_SHARES = scale("under 10%", "10–24%", "25–49%", "50% and more")
_COUNTS = scale("1–2 meetings", "3–4", "5–19", "20 and more")
_STEPS = (*RATIO, *_SHARES, *_COUNTS)
_NOT_COLLECTED = Step("not collected", None)
_NONE = Step("never together on record", None)
_NEVER = Step("never, though five or more expected", None, FAINT, theme.OPPOSITE)


def _step(row: Any, measure: str) -> Step:
    """The colour of a pair that met; ``row`` has meetings, ratio and jaccard."""
    if measure == "ratio":
        if isnan(row.ratio):
            return FEW
        return RATIO[0 if row.ratio >= MORE else 2 if row.ratio <= LESS else 1]
    if measure == "jaccard":
        return _SHARES[sum(row.jaccard >= bound for bound in (0.1, 0.25, 0.5))]
    return _COUNTS[sum(row.meetings >= bound for bound in (3, 5, 20))]


def _table(pairs: pd.DataFrame, vocabulary: Vocabulary, *columns: str) -> pd.DataFrame:
    """The table twin: pairs that met, or that might have been expected to, those with the most meetings first."""
    own = {name: pairs[name].to_numpy() for name in pairs.columns}
    kept = np.flatnonzero((own["meetings"] > 0) | (own["further"] > 0) | ~np.isnan(own["ratio"]))
    kept = kept[np.argsort(-own["meetings"][kept], kind="stable")]
    shown = {
        "expected": own["expected"].astype(float).round(1),
        "ratio": own["ratio"].round(2),
        "jaccard": (100 * own["jaccard"]).round(1),
    }
    named = {name: _names(own[name][kept].tolist(), vocabulary) for name in ("first", "second")} | {
        name: shown.get(name, own[name])[kept] for name in columns
    }
    words = {
        "first_total": "meetings of the first",
        "second_total": "meetings of the second",
        "of": "meetings in all",
        "ratio": "observed over expected",
        "jaccard": "share of either in %",
        "further": "further, roster partial",
    }
    return pd.DataFrame({words.get(name, name): values for name, values in named.items()}, index=pairs.index[kept])


def _names(codes: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    return [vocabulary.label("countries", code) for code in codes]


def _order(pairs: pd.DataFrame) -> tuple[list[str], dict[str, int]]:
    """The countries in their order, and the total of each."""
    totals = dict(rows_of(pairs, "first", "first_total")) | dict(rows_of(pairs, "second", "second_total"))
    return list(totals), totals


def two_sided_chart(
    pairs: pd.DataFrame,
    collected: Collected,
    vocabulary: Vocabulary,
    words: str,
    measure: str = "ratio",
    chosen: str | None = None,
) -> Chart:
    """Two-sided meetings by pair; choosing a square selects ``<code>@<code>``. ``collected`` is of all records.

    Coloured by number, or by Jaccard's share where ``measure`` asks for it: a ratio of observed to expected is refused.
    """
    table = _table(pairs, vocabulary, "meetings", "first_total", "second_total", "of", "jaccard")
    if pairs.empty:
        return Chart.nothing(
            "Two-sided meetings", words, table, "No held two-sided meeting of two countries passes these filters."
        )
    order, totals = _order(pairs)
    labels = dict(zip(order, _names(order, vocabulary), strict=True))
    cells, blanks = [], []
    for row in named_rows(pairs):
        key, two = (
            f"{min(row.first, row.second)}@{max(row.first, row.second)}",
            f"<b>{labels[row.first]} and {labels[row.second]}</b>",
        )
        if row.meetings:
            step = _step(row, "jaccard" if measure == "jaccard" else "count")
            cells.append(
                Cell(
                    row.first,
                    row.second,
                    key,
                    str(row.meetings),
                    step,
                    f"{two}: {counted(row.meetings, 'two-sided meeting')} on record,<br>"
                    f"{row.jaccard:.0%} of the recorded two-sided meetings of either ({row.first_total} and {row.second_total})",
                )
            )
        elif not collected.holds(row.first, row.second):
            blanks.append(
                Cell(row.first, row.second, key, "", _NOT_COLLECTED, f"{two}: not collected, so nothing is known")
            )
    of = int(pairs["of"].iloc[0])
    met = len(cells)
    own = vocabulary.label("countries", collected.country) if collected.country else ""
    title = f"{counted(of, 'two-sided meeting')} of {counted(met, 'pair')} {'is' if of == 1 else 'are'} on record"
    if own and of != collected.meetings:
        title += f"; the records collect {own}'s ({collected.own} of {collected.meetings} in all)"
    elif own:
        title = f"{collected.own} of the {collected.meetings} two-sided meetings on record are {own}'s, because the records collect {own}'s"
    beyond = (
        f" A dot: not collected – a pair without {own} that shows none is not known not to have met. Blank: none recorded with {own}."
        if own
        else ""
    )
    refused = (
        " No expected number is given: the totals depend on whose meetings were collected."
        if measure == "ratio"
        else ""
    )
    subtitle = (
        f"{words}. Number in a square: held meetings of exactly these two countries (bilateral meetings and standing dialogues); in italics: a country's own total "
        f"in this selection, which orders the countries.{beyond}{refused}"
    )
    footer = (
        f"{counted(collected.others, 'further meeting')} of these kinds, with an organization as a side or with one country recorded, {'is' if collected.others == 1 else 'are'} in no pair."
        if collected.others
        else ""
    )
    best = max(cells, key=lambda cell: int(cell.text)) if cells else None
    alt = (
        f"Matrix of {counted(len(order), 'country', 'countries')}: {counted(met, 'pair')} with a two-sided meeting on record, of {counted(of, 'meeting')} in all"
        + (f"; the most for {labels[best.first]} and {labels[best.second]}, {best.text}" if best else "")
        + (f". {title}" if own else "")
        + "."
    )
    spec = pair_matrix(order, labels, totals, cells, blanks, _STEPS, chosen)
    return Chart(title, subtitle, spec, alt, table, footer, selectable=True, wide=True, key=samples(spec["data"]))


def shared_chart(
    pairs: pd.DataFrame,
    vocabulary: Vocabulary,
    words: str,
    partial: int,
    measure: str = "ratio",
    chosen: str | None = None,
    refused: bool = False,
) -> Chart:
    """Attendance at the same larger meetings; choosing a square selects ``<code>@<code>``.

    ``partial`` counts the meetings with a partial roster. ``refused``: the meetings were chosen by who came, so nothing is expected.
    """
    table = _table(
        pairs, vocabulary, "meetings", "further", "first_total", "second_total", "of", "expected", "ratio", "jaccard"
    )
    if pairs.empty:
        return Chart.nothing(
            "At the same meetings",
            words,
            table,
            "No held meeting of more than two sides with a complete roster passes these filters, or one country alone came.",
        )
    order, totals = _order(pairs)
    labels = dict(zip(order, _names(order, vocabulary), strict=True))
    of = int(pairs["of"].iloc[0])
    measure = "count" if refused and measure == "ratio" else measure
    cells, blanks, never = [], [], 0
    for row in named_rows(pairs):
        two = f"<b>{labels[row.first]} and {labels[row.second]}</b>"
        more = f"<br>and at {row.further} more whose roster is partial" if row.further else ""
        hope = f"{row.expected:.1f} expected if each came as often, but independently" + (
            f": {row.ratio:.1f} times" if not isnan(row.ratio) else "; too few for a ratio"
        )
        hover = (
            f"{two} were both at {row.meetings} of {counted(of, 'meeting')}"
            + ("" if refused else f",<br>{hope}")
            + more
        )
        key = f"{min(row.first, row.second)}@{max(row.first, row.second)}"
        missed = not isnan(row.ratio) and row.meetings + row.further == 0
        never += missed
        if row.meetings or row.further:
            step = _step(row, measure) if row.meetings or measure == "ratio" else FEW
            cells.append(Cell(row.first, row.second, key, str(row.meetings), step, hover))
        else:
            blanks.append(Cell(row.first, row.second, key, "0" if missed else "", _NEVER if missed else _NONE, hover))
    title = f"{counted(len(cells), 'pair')} of {counted(len(order), 'country', 'countries')} were at the same larger meetings"
    if never:
        title = f"{counted(never, 'pair')} of {len(pairs)} {'was' if never == 1 else 'were'} never recorded at the same meeting, though five or more would be expected"
    say = {
        "ratio": f"Colour: meetings that both attended over the number expected from how often each came (a ratio from {MORE} is more, to {LESS} less; none where fewer than {LEAST} are observed "
        "and expected)",
        "jaccard": "Colour: meetings that both attended, of those that either did",
        "count": "Colour: number of meetings that both attended",
    }[measure]
    why = " No expected number is given: a filter chose the meetings by who came." if refused else ""
    subtitle = (
        f"{words}. Number in a square: meetings that both attended, of {of} held meetings of more sides whose roster is complete; a dot: none; in italics: a country's own total. {say}. "
        f"Countries that come to the same meetings stand together.{why}"
    )
    footer = (
        f"{counted(partial, 'meeting')} with a partial roster {'is' if partial == 1 else 'are'} left out of number and ratio: who is not listed there may have come. "
        "Mostly a pair shares meetings because both belong to the same forum; it says nothing of contact between the two."
    )
    best = max(cells, key=lambda cell: int(cell.text)) if cells else None
    alt = (
        f"Matrix of {counted(len(order), 'country', 'countries')} by the meetings that two attended, of {of}"
        + (f": the most for {labels[best.first]} and {labels[best.second]}, {best.text}" if best else "")
        + f". {title}."
    )
    spec = pair_matrix(order, labels, totals, cells, blanks, _STEPS, chosen)
    return Chart(title, subtitle, spec, alt, table, footer, selectable=True, wide=True, key=samples(spec["data"]))
