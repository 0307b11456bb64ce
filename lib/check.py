"""``python -m lib.check [FOLDER]``: every problem in the records, one line each; exit 1 if there is any."""

from __future__ import annotations

import sys
from pathlib import Path

from lib.store import Store, data_folder
from lib.text import counted


def main(arguments: list[str]) -> int:
    """Print the problems of a data folder and a count; 0 where all is well, 1 where anything is wrong.

    Having no records is a problem too.
    """
    folder = Path(arguments[0]) if arguments else data_folder()
    snapshot = Store(folder).current()
    for problem in snapshot.problems:
        print(problem)
    files, shown = len(snapshot.catalog.files), len(snapshot.catalog.events)
    if not files:
        print(f"{folder / 'events'}: expected YAML records, found none [no-records, error]")
    print(
        f"{counted(files, 'file')}, {counted(shown, 'record')} shown, {counted(len(snapshot.problems) + (not files), 'problem')}"
    )
    return 1 if snapshot.problems or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
