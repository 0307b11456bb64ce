"""The settings of the pages on pairs and on themes as widgets."""

from __future__ import annotations

from lib.content.uptake import choices, default
from lib.figures.pairs import MEASURES
from lib.figures.together import UNITS
from lib.ui import settings
from lib.ui.view import View


def measure_choice(view: View) -> str:
    """What the colour of the matrices of pairs says."""
    return settings.choice(
        view,
        "measure",
        "Colour by",
        MEASURES,
        "ratio",
        "Two countries that come to everything share many meetings by chance alone: observed over expected takes that out.",
    )


def unit_choice(view: View) -> str:
    """What two themes have in common."""
    return settings.choice(view, "unit", "Raised together", UNITS, "event")


def path_choice(view: View) -> None:
    """The path, ``<theme>@<forum>``, of a selection that holds one."""
    settings.choice(view, "path", "Theme and forum", choices(view.selection), default(view.selection) or "")
