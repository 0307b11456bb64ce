"""What is wrong with a record: problems are collected, not raised one at a time."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one file, with all that is needed to mend it.

    ``kind`` is a stable word for programs and tests; the other texts are for people. An ``error``
    sets the record aside, a ``warning`` leaves it in and says what was left out of it.
    """

    kind: str
    file: str
    line: int
    field: str
    expected: str
    found: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """``file:line: field: expected ..., found ...`` on one line."""
        where = f"{self.file}:{self.line}: {self.field or 'file'}"
        text = f"{where}: expected {self.expected}, found {self.found}"
        if self.hint:
            text += f" - {self.hint}"
        return _in_one_line(f"{text} [{self.kind}, {self.severity}]")

    @property
    def is_error(self) -> bool:
        """Whether the record is set aside."""
        return self.severity == "error"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and field, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.field, p.kind, p.found)))


def shown(value: object, limit: int = 60) -> str:
    """A found value as people read it: quoted, on one line, cut at ``limit`` characters.

    A space at its end, or a character that cannot be seen, is shown: it may be all that is wrong.
    """
    text = _in_one_line(str(value)[: 4 * limit])
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return f"'{text}'"


def _in_one_line(text: str) -> str:
    """``text`` with single spaces, what cannot be seen as an escape: a terminal obeys some of it. Joiners are part of a script."""
    return "".join(
        sign if sign.isprintable() or sign in "\u200c\u200d" else sign.encode("unicode_escape").decode()
        for sign in re.sub(r"\s+", " ", text)
    )


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """The allowed word most like ``value`` by difflib's ratio, or None where nothing is near.

    Letter case and ``_`` for ``-`` do not count, so that ``Sco_DMM`` finds ``sco-dmm``.
    """
    by_folded = {word.casefold().replace("_", "-"): word for word in allowed}
    folded = value.casefold().replace("_", "-").strip()
    if folded in by_folded:
        return by_folded[folded]
    near = difflib.get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None
