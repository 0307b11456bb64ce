"""The choice of the country page."""

from __future__ import annotations

import lib.ui.settings as settings
from lib.content.country import offered
from lib.ui.view import View


def country_of(view: View) -> str:
    """The country that the address asks for; the default where it asks for none or an unknown one."""
    options, default = offered(view.selection, view.setting("c"))
    wanted = view.setting("c")
    return wanted if wanted in options else default


def country_choice(view: View) -> str:
    """As :func:`country_of`, with the widget; an unknown country is reported."""
    options, default = offered(view.selection, view.setting("c"))
    return settings.choice(view, "c", "Country of the profile", options, default)
