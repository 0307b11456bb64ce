"""The sources of the records, as the pages and the briefing cite them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lib.analysis.rows import rows_of
from lib.keep import kept
from lib.tables.build import Tables


class Source(NamedTuple):
    """A published text; two records that cite the same one have equal sources. ``published`` is a date as recorded, None where it is not known."""

    publisher: str
    title: str
    url: str
    published: str | None


@kept
def sources_of(tables: Tables) -> Mapping[str, Mapping[str, Source]]:
    """The sources of each event that has any, by their id within it."""
    found: dict[str, dict[str, Source]] = {}
    for event, source_id, publisher, title, url, published in rows_of(
        tables.sources, "event_id", "source_id", "publisher", "title", "url", "published"
    ):
        found.setdefault(event, {})[source_id] = Source(
            publisher, title, url, published if isinstance(published, str) else None
        )
    return found


def cited(tables: Tables, event: str, source_ids: Iterable[str]) -> list[Source]:
    """Sources of an event in the order of their ids given; KeyError for an id that the event does not have."""
    own = sources_of(tables)[event]
    return [own[source_id] for source_id in source_ids]


def every_source(tables: Tables, event: str) -> list[Source]:
    """All sources of an event, in the record's order; empty for one that has none."""
    return list(sources_of(tables).get(event, {}).values())
