"""Themes that come up together."""

from __future__ import annotations

from math import isnan

import pandas as pd

from lib.analysis.association import FEW as LEAST
from lib.analysis.association import LESS, MORE
from lib.analysis.rows import named_rows, rows_of
from lib.figures.chart import Chart, samples
from lib.figures.pair_matrix import FEW, RATIO, Cell, pair_matrix
from lib.filters.words import in_sentence
from lib.text import counted
from lib.vocabulary import Vocabulary

UNITS = {"event": "At the same event", "actor": "By the same actor at one event"}
"""What two themes can have in common."""

_NOUN = {"event": ("event", "events"), "actor": ("speaker at an event", "speakers at an event")}


def together_chart(
    pairs: pd.DataFrame, vocabulary: Vocabulary, words: str, unit: str = "event", chosen: str | None = None
) -> Chart:
    """Theme x theme by lift; choosing a square selects ``<theme>@<theme>``."""
    noun, nouns = _NOUN[unit]
    named = pairs.assign(
        first=[vocabulary.label("themes", word) for word in pairs["first"].tolist()],
        second=[vocabulary.label("themes", word) for word in pairs["second"].tolist()],
        expected=pairs["expected"].astype(float).round(1),
        lift=pairs["lift"].round(2),
        jaccard=(100 * pairs["jaccard"]).round(1),
    )
    named["ratio left out because"] = [
        "" if not isnan(lift) else f"fewer than {LEAST} observed and expected" for lift in pairs["lift"]
    ]
    table = named.sort_values("together", ascending=False, kind="stable").rename(
        columns={
            "first_total": f"{nouns} with the first",
            "second_total": f"{nouns} with the second",
            "of": f"{nouns} in all",
            "jaccard": "share of either in %",
            "lift": "observed over expected",
        }
    )
    if pairs.empty:
        return Chart.nothing(
            "Themes raised together", words, table, "Fewer than two themes were raised in this selection."
        )
    totals = dict(rows_of(pairs, "first", "first_total")) | dict(rows_of(pairs, "second", "second_total"))
    order = sorted(totals, key=lambda word: -totals[word])
    labels = {word: vocabulary.label("themes", word) for word in order}
    of = int(pairs["of"].iloc[0])
    cells, blanks = [], []
    for row in named_rows(pairs):
        few = isnan(row.lift)
        step = FEW if few else RATIO[0 if row.lift >= MORE else 2 if row.lift <= LESS else 1]
        hover = (
            f"<b>{labels[row.first]}</b> ({row.first_total}) and <b>{labels[row.second]}</b> ({row.second_total}):<br>both by {counted(row.together, noun, nouns)} of {of:,}, {row.expected:.1f} expected"
            + ("; too few for a ratio" if few else f": {row.lift:.1f} times")
        )
        cell = Cell(row.first, row.second, f"{row.first}@{row.second}", str(row.together), step, hover)
        (cells if row.together else blanks).append(cell)
    told = pairs[pairs["lift"].notna() & (pairs["together"] > 0)]
    title = f"{counted(len(cells), 'pair')} of themes came up together"
    if len(told):
        top = told.sort_values("lift", ascending=False, kind="stable").iloc[0]
        title = f"{labels[top['first']]} and {in_sentence(vocabulary, 'themes', top['second'])} come up together {top['lift']:.1f} times as often as expected"
    subtitle = (
        f"{words}. Number in a square: {nouns} that raised both, of {of:,} with any point; in italics: with the theme at all. Expected: if each came up as often, but independently. "
        f"Only outlined: fewer than {LEAST} observed and expected, where one record more or less would change the ratio by a fifth. A theme and one that lies below it are not paired."
    )
    footer = "A record with more sources holds more themes, so ratios lie above one a little more easily than below. Together says nothing of why."
    alt = (
        f"Matrix of {counted(len(order), 'theme')}: {counted(len(told), 'pair')} with enough cases for a ratio, "
        f"{int((told['lift'] >= MORE).sum())} more often together than expected and {int((told['lift'] <= LESS).sum())} less. {title}."
    )
    spec = pair_matrix(order, labels, totals, cells, blanks, RATIO, chosen, size=26)
    return Chart(title, subtitle, spec, alt, table, footer, selectable=True, wide=True, key=samples(spec["data"]))
