"""The columns of the five tables: name, type and meaning, declared here and nowhere else.

The tables, their CSV, the Frictionless descriptor and the dictionary on the Data page come from
these declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lib.records.model import STANDINGS

ColumnType = Literal["id", "text", "term", "date", "day", "count", "yes-no", "list", "url"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``vocabularies`` closes a term's or a list's values; ``also`` adds words to them."""

    name: str
    type: ColumnType
    meaning: str
    vocabularies: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, which columns it has, which identify a row."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names in order."""
        return [column.name for column in self.columns]


_EVENT_ID = Column("event_id", "id", "id of the event; joins the tables")
_START = Column("start", "date", "first day as recorded: YYYY-MM-DD, YYYY-MM or YYYY")
_SERIES = Column("series", "term", "series of the event", ("series",))
_SOURCE_IDS = Column("source_ids", "list", "ids of the sources that say so, of this event; joined by ; in CSV")

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "events",
            "one event",
            (
                _EVENT_ID,
                Column("title", "text", "the event's name in English"),
                _SERIES,
                Column("kind", "term", "kind of event", ("kinds",)),
                Column("status", "term", "whether it took place", ("statuses",)),
                _START,
                Column("end", "date", "last day as recorded; the start where none is recorded"),
                Column(
                    "start_precision",
                    "term",
                    "how precisely the start is known: day, month or year",
                    (),
                    ("day", "month", "year"),
                ),
                Column("mode", "term", "in one room or by video", ("modes",)),
                Column("city", "text", "city of the event, the first of several"),
                Column(
                    "country",
                    "term",
                    "country of the event, ISO 3166-1 alpha-3, the first of several; of a virtual event the host, null without one",
                    ("countries",),
                ),
                Column(
                    "chair",
                    "term",
                    "country or organization that chaired; null where several did, see chairs",
                    ("countries", "organizations"),
                ),
                Column("roster", "term", "whether every delegation is listed", ("rosters",)),
                Column(
                    "delegations",
                    "count",
                    "distinct countries that attended; 0 for an event that was not held",
                    unit="countries",
                ),
                Column("summary", "text", "what happened, in the project's own words"),
                Column("end_precision", "term", "how precisely the end is known", (), ("day", "month", "year")),
                Column(
                    "first_day",
                    "day",
                    "first day on which it may have begun: of a month or year its first, or the earliest that is recorded",
                ),
                Column(
                    "last_day",
                    "day",
                    "last day on which it may have ended: of a month or year its last, or the latest that is recorded",
                ),
                Column("group", "term", "group of series, the colour in charts", ("groups",)),
                Column(
                    "family",
                    "term",
                    "meeting, exercise or transfer, which are counted apart",
                    (),
                    ("meeting", "exercise", "transfer"),
                ),
                Column(
                    "joint_document",
                    "term",
                    "whether a text that all issued together came out: yes, no where a source says so, else unknown",
                    (),
                    ("yes", "no", "unknown"),
                ),
                Column("venue", "text", "building or ship"),
                Column(
                    "themes",
                    "list",
                    "themes mentioned, in the order of the vocabulary; joined by ; in CSV",
                    ("themes",),
                ),
                Column("points", "count", "points recorded", unit="mentions"),
                Column("sources", "count", "sources of the record", unit="sources"),
                Column("note", "text", "what is uncertain, or where sources disagree"),
                Column(
                    "place",
                    "text",
                    "city and country in words, all of them where it was held in several; online for a virtual event without a host",
                ),
                Column(
                    "countries",
                    "list",
                    "every country in which it was held, the one of the column country first; joined by ; in CSV",
                    ("countries",),
                ),
                Column(
                    "chairs",
                    "list",
                    "who chaired, one or several together; joined by ; in CSV",
                    ("countries", "organizations"),
                ),
                Column(
                    "eligible",
                    "list",
                    "countries that were free to take part, where the record says so; joined by ; in CSV",
                    ("countries",),
                ),
            ),
            ("event_id",),
        ),
        Table(
            "participations",
            "one delegation or named person at an event",
            (
                _EVENT_ID,
                _START,
                _SERIES,
                Column("country", "term", "country that sent the delegation, ISO 3166-1 alpha-3", ("countries",)),
                Column("organization", "term", "organization that sent it, instead of a country", ("organizations",)),
                Column("capacity", "term", "as what it took part", ("capacities",)),
                Column("level", "term", "level of the office; null for an absence without one", ("levels",)),
                Column("name", "text", "the person, where known"),
                Column("role", "text", "the office held that day"),
                Column(
                    "attended",
                    "yes-no",
                    "true: was there; false: a source states the absence; null: expected at an event that was not held",
                ),
                Column("mode", "term", "in person or by video, where stated apart from the event's", ("modes",)),
                Column(
                    "person",
                    "term",
                    "the person's id in the registry; null for a name that it does not know",
                    ("people",),
                ),
                Column(
                    "standing",
                    "term",
                    "of a host: its standing in the organization that met, where recorded",
                    (),
                    STANDINGS,
                ),
                Column(
                    "levels", "list", "further levels of a person with two offices; joined by ; in CSV", ("levels",)
                ),
            ),
        ),
        Table(
            "mentions",
            "one point that one actor made on one theme at an event",
            (
                _EVENT_ID,
                _START,
                _SERIES,
                Column("theme", "term", "theme of the point", ("themes",)),
                Column(
                    "by",
                    "term",
                    "who made it: a country, an organization, or joint for a text that all agreed",
                    ("countries", "organizations"),
                    ("joint",),
                ),
                Column("form", "term", "in what form", ("mention-forms",)),
                Column("point", "text", "the point, in the project's own words"),
                _SOURCE_IDS,
                Column("phrase", "text", "the actor's own term for it, where recorded"),
                Column(
                    "incidents",
                    "list",
                    "attacks and other single occurrences that the point speaks of; joined by ; in CSV",
                    ("incidents",),
                ),
            ),
        ),
        Table(
            "outcomes",
            "one document or decision of an event",
            (
                _EVENT_ID,
                _START,
                _SERIES,
                Column("form", "term", "kind of outcome", ("outcome-forms",)),
                Column("title", "text", "its name"),
                Column("themes", "list", "what it is about; joined by ; in CSV", ("themes",)),
                Column("point", "text", "what it says, in the project's own words"),
                _SOURCE_IDS,
            ),
        ),
        Table(
            "sources",
            "one source of an event",
            (
                _EVENT_ID,
                Column("source_id", "text", "id of the source within the event"),
                Column("kind", "term", "who publishes", ("source-kinds",)),
                Column("publisher", "text", "the publisher"),
                Column("title", "text", "its title"),
                Column("url", "url", "where it can be read"),
                Column("published", "date", "day of publication, where known"),
            ),
            ("event_id", "source_id"),
        ),
    )
}
