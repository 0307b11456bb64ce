"""Bring data/history.yaml up to the records: ``python -m scripts.history [--check] [--note "What was corrected."]``.

``--check`` only compares and returns 1 where records are new, changed or gone; ``--note`` is the sentence of the correction log for
all records that changed since the last run, in place of the words that name the changed parts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence

from lib.history import FILE, History, brought_up, digests, load_history, written
from lib.records.model import Event
from lib.store import Store, data_folder


def behind(history: History, events: Sequence[Event]) -> list[str]:
    """The ids of records that are new, changed or gone since the history was written."""
    stale = [
        event.id
        for event in events
        if event.id not in history.records or history.records[event.id].parts != digests(event)
    ]
    return stale + sorted(history.records.keys() - {event.id for event in events})


def main(arguments: Sequence[str]) -> int:
    """Write the history of the data folder, or compare it; 1 where it is behind and only compared, or where a record is set aside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--note", default="")
    asked = parser.parse_args(arguments)
    folder = data_folder()
    catalog = Store(folder).current().catalog
    if catalog.set_aside:
        print(f"{len(catalog.set_aside)} records are set aside; mend them first: make check")
        return 1
    history = load_history(folder)
    stale = behind(history, catalog.events)
    if asked.check:
        print(
            f"{FILE} is behind in {len(stale)} records: run python -m scripts.history"
            if stale
            else f"{FILE} is up to date"
        )
        return 1 if stale else 0
    if stale:
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        (folder / FILE).write_text(
            written(brought_up(history, catalog.events, now, " ".join(asked.note.split()))), encoding="utf-8"
        )
    print(f"{FILE}: {len(stale)} records brought up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
