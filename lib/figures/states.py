"""How the cell of a country at a meeting is shown, on pages and in print: its state in words, its sign, the colour of the sign."""

from __future__ import annotations

from collections.abc import Mapping

from lib.analysis.representation import AWAY, NOT_MEMBER
from lib.figures import theme
from lib.vocabulary import Vocabulary

WORDS: Mapping[str, str] = {
    "absent": "absent, as a source states",
    "not-listed": "not in the complete roster",
    "unknown-roster": "not known: the roster is partial",
    "unknown-standing": "not known whether a member that day",
    NOT_MEMBER: "not a member then",
}
"""The meaning of each state that is not a level."""

SIGNS: Mapping[str, str] = {
    "absent": "×",
    "not-listed": "–",
    "unknown-roster": "?",
    "unknown-standing": "?",
    "unknown": "?",
    NOT_MEMBER: "",
}

CAPACITIES: Mapping[str, str] = {"observer": "o", "guest": "g", "dialogue-partner": "p"}
"""Letters for those who were not members."""

_LIGHT = ("unknown", "ambassador", "senior-official", "deputy-minister", "deputy-head-of-government")
"""Levels whose colour is so light that a sign on it has to be dark."""

DARK, PAPER = "#1d1d1b", "#ffffff"
"""Colours of signs on coloured squares."""


def state_in_words(state: str, vocabulary: Vocabulary) -> str:
    """A level's label, or what another state means."""
    return WORDS.get(state) or vocabulary.label("levels", state)


def sign(state: str, capacity: object) -> str:
    """The sign of a state, or the letter of a capacity (None or missing for none)."""
    return SIGNS.get(state) or (CAPACITIES.get(capacity, "") if isinstance(capacity, str) else "")


def ink(state: str) -> str:
    """The colour of a sign on its square; where the square is hollow, the accent for an absence."""
    if state in WORDS:
        return theme.ACCENT if state in AWAY else theme.MUTED
    return DARK if state in _LIGHT else PAPER
