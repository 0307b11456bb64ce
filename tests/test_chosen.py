"""The panel behind a chosen mark: the newest records, and the filters that list the others."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from lib.content.lists import FEW_MORE, NEWEST, PAGE_LENGTH, chosen
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.text import counted
from tests.samples import came, point, real, record, tables_of

TODAY = dt.date(2026, 11, 26)


def shown(html: str) -> list[str]:
    """The ids of the events that a panel links to, in its order."""
    return list(dict.fromkeys(re.findall(r'href="[^"]*[?&;]id=([^"&]+)', html)))


@pytest.mark.parametrize(
    ("sel", "points"),
    [
        ("theme:terrorism", True),
        ("country:IND", False),
        ("form:terrorism:statement", True),
        ("when:terrorism:2024", True),
        ("year:2024:india", False),
    ],
)
def test_the_newest_events_are_shown_and_the_others_are_where_the_filters_lead(sel, points):
    panel = chosen(select(real().tables, Filters()), sel, TODAY)
    every = select(real().tables, panel.rest).events["event_id"].tolist()
    assert shown(panel.html) == every[: -NEWEST - 1 : -1] and panel.points is points
    assert panel.more == f"and {counted(len(every) - NEWEST, 'more event')}" and panel.rest == panel.filters


def test_every_point_of_the_newest_events_is_shown():
    days = [f"2024-04-{day:02}-e" for day in range(1, NEWEST + FEW_MORE + 2)]
    tables = tables_of(
        *(
            record(day, start=day[:10], themes=[point("terrorism"), point("terrorism", "RUS"), point("sagar")])
            for day in days
        )
    )
    panel = chosen(select(tables, Filters()), "theme:terrorism", TODAY)
    left = FEW_MORE + 1
    assert (
        shown(panel.html) == days[: left - 1 : -1]
        and panel.html.count("<li>") == 2 * NEWEST
        and panel.more == f"and {left} more events"
    )
    few = chosen(
        select(tables_of(*(record(day, start=day[:10]) for day in days[1:])), Filters()), "theme:terrorism", TODAY
    )
    assert shown(few.html) == days[:0:-1] and few.more == "" and few.rest is None


def test_filters_in_force_that_show_the_same_list_the_others():
    filters = Filters.of({"theme": "terrorism"})
    panel = chosen(select(real().tables, filters), "theme:terrorism", TODAY)
    assert panel.filters is None and panel.rest == filters and len(shown(panel.html)) == NEWEST


def test_where_no_filters_can_list_the_others_the_panel_is_as_long_as_a_page():
    days = [f"2024-{month:02}-{day:02}-e" for month in (1, 2) for day in range(1, 26)]
    two, three = [came("IND"), came("CHN")], [came("IND"), came("CHN"), came("RUS")]
    tables = tables_of(
        *(record(day, start=day[:10], kind="bilateral", series="india-bilateral", participants=two) for day in days),
        record("2024-03-01-x", start="2024-03-01", kind="bilateral", series="india-bilateral", participants=three),
    )
    panel = chosen(select(tables, Filters()), "met:CHN@IND", TODAY)
    assert panel.filters is None and panel.rest is None
    assert (
        panel.more == f"The latest {PAGE_LENGTH} of {len(days)} events."
        and shown(panel.html) == days[: -PAGE_LENGTH - 1 : -1]
    )
