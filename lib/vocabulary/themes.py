"""The order of the themes: a theme's parent is another theme, and none lies above itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lib.problems import shown
from lib.records.document import Document
from lib.records.reader import Reader, child
from lib.vocabulary.entries import Theme


def with_sound_parents(themes: Mapping[str, Theme], document: Document, reader: Reader) -> dict[str, Theme]:
    """The themes without a parent that is no theme, or above which the theme itself stands; each is reported.

    Such a theme stands by itself: below a parent that no list reaches, no list would show it. Of a circle the first one loses its parent.
    """
    kept = dict(themes)
    for word, theme in themes.items():
        if theme.parent is None:
            continue
        if theme.parent not in kept:
            near = reader.near(theme.parent, kept)
            expected, hint = "one of themes", f"did you mean {near}?" if near else "see data/vocabulary for themes"
        elif word in _from(theme.parent, kept):
            expected, hint = "a theme that does not lie below this one", "take one of the parents of the circle out"
        else:
            continue
        reader.wrong(
            "unknown-value",
            child(document.root, word, "parent"),
            expected,
            shown(theme.parent),
            hint,
            at=(word, "parent"),
            severity="warning",
        )
        kept[word] = replace(theme, parent=None)
    return kept


def _from(word: str, themes: Mapping[str, Theme]) -> set[str]:
    """A theme and all above it; ends where a circle closes."""
    found: set[str] = set()
    step: str | None = word
    while step in themes and step not in found:
        found.add(step)
        step = themes[step].parent
    return found
