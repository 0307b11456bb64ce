"""The choice of the person page."""

from __future__ import annotations

import lib.ui.settings as settings
from lib.content.person import offered, person_meant
from lib.ui.view import View


def person_of(view: View) -> str:
    """The person for whom the address asks, by any spelling; the default where it asks for none or an unknown one."""
    wanted = person_meant(view.tables, view.setting("p"))
    options, default = offered(view.selection, wanted)
    return wanted if wanted in options else default


def person_choice(view: View) -> str:
    """As :func:`person_of`, with the widget; an unknown person is reported."""
    wanted = person_meant(view.tables, view.setting("p"))
    options, default = offered(view.selection, wanted)
    return settings.choice(
        view,
        "p",
        "Person",
        options,
        default,
        wanted=wanted,
        free=True,
        help="Choose a name, or write any spelling of it.",
    )
