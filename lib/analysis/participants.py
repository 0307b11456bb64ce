"""Who came: delegations by country, and the country x meeting matrix of levels."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from lib.analysis.delegations import Delegation, sent
from lib.analysis.rows import rows_of
from lib.analysis.standing import standings
from lib.filters.masks import attended, codes_of, is_held
from lib.vocabulary import Vocabulary

STATES = ("absent", "not-listed", "unknown-roster")
"""What a cell of the matrix says where no level does: a source states the absence; the complete
roster does not list the country, which was eligible; the roster is partial, so nothing is known."""


def delegations(participations: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Events that each country attended, meetings, exercises and transfers apart.

    Columns country, events, meeting, exercise, transfer; the most first, ties by code.
    """
    countries, families = participations["country"].array.categories, events["family"].array.categories
    country, event = codes_of(participations["country"]).astype("int64"), codes_of(participations["event_id"])
    there = attended(participations) & (country >= 0)
    width = len(participations["event_id"].array.categories)
    family_of = np.zeros(width, dtype="int64")
    family_of[codes_of(events["event_id"])] = codes_of(events["family"])
    country, event = np.divmod(np.unique(country[there] * width + event[there]), max(width, 1))
    counts = np.zeros((len(countries), len(families)), dtype="int64")
    np.add.at(counts, (country, family_of[event]), 1)
    totals = counts.sum(axis=1)
    order = sorted(np.flatnonzero(totals), key=lambda place: (-totals[place], countries[place]))
    columns = {family: counts[order, families.get_loc(family)] for family in ("meeting", "exercise", "transfer")}
    return pd.DataFrame({"country": pd.array(countries[order], dtype="str"), "events": totals[order], **columns})


def level_matrix(
    participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, limit: int = 40
) -> pd.DataFrame:
    """The level that each country sent to each held event.

    Columns event_id, country, state (a level, or one of ``STATES``), capacity (of the delegation,
    None without one), people (names of the highest level, joined by ;). One row for each country
    and event of which something can be said: a delegation, a stated absence, or eligibility on the
    event's last day. Of several people of a country the highest level counts. Countries in order of
    meetings attended, at most ``limit``.
    """
    held = events[is_held(events)]
    cells = {
        (event, country): cell
        for event, own in sent(participations, held, vocabulary).items()
        for country, cell in own.items()
    }
    _add_eligible(cells, held, vocabulary)
    came = Counter(country for (_, country), cell in cells.items() if cell.state not in STATES)
    order = sorted({country for _, country in cells}, key=lambda country: (-came[country], country))[:limit]
    place = {word: place for words in (order, held["event_id"].tolist()) for place, word in enumerate(words)}
    keys = sorted((key for key in cells if key[1] in place), key=lambda key: (place[key[1]], place[key[0]]))
    return pd.DataFrame(
        [(*key, cells[key].state, cells[key].capacity, "; ".join(cells[key].people)) for key in keys],
        columns=["event_id", "country", "state", "capacity", "people"],
    )


def _add_eligible(cells: dict[tuple[str, str], Delegation], held: pd.DataFrame, vocabulary: Vocabulary) -> None:
    """Cells for members on the event's last day of whom the record says nothing; at an exercise for those who, by the record, were free to come."""
    for event, series, kind, family, roster, last_day, eligible in rows_of(
        held, "event_id", "series", "kind", "family", "roster", "last_day", "eligible"
    ):
        state = "not-listed" if roster == "complete" else "unknown-roster"
        for country in eligible:
            cells.setdefault((event, country), Delegation(state))
        if family != "meeting" or eligible:
            continue
        for country, found in standings(vocabulary, series, kind, last_day.date()).items():
            if found.standing == "member":
                cells.setdefault((event, country), Delegation(state))
