"""What the viewers do: filters that the server has met before, and filters that it has not.

Everything is drawn from a seed, so that two runs ask for the same things; only filters that are offered are chosen.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.load import Change, Go, Step
from lib.filters.table import BY_PARAMETER
from lib.links import page_path
from lib.tables.build import Tables
from lib.ui.pages import PAGES as APP_PAGES

PAGES: Mapping[str, str] = {page: f"/{page_path(page)}" for page in APP_PAGES}
"""The pages that are measured, with their addresses."""

_COMMON = 6
"""So many of a filter's most frequent values are chosen from: rare ones give small, cheap pages."""

_WIDGETS = ("series", "kind", "country", "theme", "by", "level")


@dataclass(frozen=True, slots=True)
class _Choice:
    parameter: str
    value: str
    label: str


class Steps:
    """Steps of viewers through the pages of one state of the data."""

    def __init__(self, tables: Tables, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._events = [str(event) for event in tables.events["event_id"]]
        self._choices = [choice for parameter in _WIDGETS for choice in _common(tables, parameter)]
        # Bounds that leave at least the newer half of the events; each is used once, so each selection is a new one.
        first, last = tables.events["first_day"].min(), tables.events["first_day"].median()
        days = [first.date() + dt.timedelta(days=day) for day in range(-730, (last - first).days)]
        self._random.shuffle(days)
        self._days = itertools.cycle(days)

    def repeated(self, page: str, count: int = 8) -> list[Step]:
        """Filters of one page, by widget and by address in turn; gone through again and again, they are met again."""
        steps: list[Step] = []
        for choice in self._random.sample(self._choices, count // 2):
            steps.append(Change(f"filter-{choice.parameter}", [choice.label]))
            other = self._random.choice(self._choices)
            steps.append(Go(self._query(page, f"{other.parameter}={other.value}")))
        return steps

    def first_time(self, page: str) -> Iterator[Step]:
        """Filters of one page that nobody has asked for yet, by address and by widget in turn; without an end.

        On the event page each address is also another event's.
        """
        for day in self._days:
            choice = self._random.choice(self._choices)
            yield Go(self._query(page, f"from={day}&{choice.parameter}={choice.value}"))
            yield Change("filter-from", str(next(self._days)))

    def addresses(self, count: int = 8) -> list[Step]:
        """Addresses for the page without widgets: it takes no notice of them."""
        return [Go(f"{choice.parameter}={choice.value}") for choice in self._random.sample(self._choices, count)]

    def journey(self, share_new: float = 0.3) -> Iterator[Step]:
        """What readers do over all pages: half of the steps change a widget, half go to another page with a filter.

        `share_new` of the steps make a filter that nobody has asked for.
        """
        while True:
            choice = self._random.choice(self._choices)
            new = self._random.random() < share_new
            if self._random.random() < 0.5:
                yield (
                    Change("filter-from", str(next(self._days)))
                    if new
                    else Change(f"filter-{choice.parameter}", [choice.label])
                )
            else:
                page = self._random.choice(list(PAGES))
                filters = f"{choice.parameter}={choice.value}" + (f"&from={next(self._days)}" if new else "")
                yield Go(self._query(page, filters), PAGES[page])

    def _query(self, page: str, filters: str) -> str:
        return f"id={self._random.choice(self._events)}&{filters}" if page == "event" else filters


def _common(tables: Tables, parameter: str) -> Sequence[_Choice]:
    """The values of a filter that occur in the most rows, with the labels that its widget shows."""
    table = {"series": "events", "kind": "events", "theme": "mentions", "by": "mentions"}.get(
        parameter, "participations"
    )
    offered = BY_PARAMETER[parameter].offered
    assert offered is not None
    labels = offered(tables)
    frequent = (word for word in tables[table][parameter].value_counts().index if word in labels)
    return [_Choice(parameter, word, labels[word]) for word in itertools.islice(frequent, _COMMON)]
