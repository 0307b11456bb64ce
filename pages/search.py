"""Search: the events that hold the words, the best first, each with what matched and where that can be read."""

from __future__ import annotations

from lib.content.search import search_page
from lib.ui.runtime import today
from lib.ui.search import finds, search_box
from lib.ui.shell import heading, page_view

view = page_view("search")
shown = search_page(view.selection, view.setting("page"), today(), view.setting("order"))
asked = bool(view.filters["q"])
heading(view, shown.title, "events", view.selection.events if asked else view.selection.events.iloc[:0])
search_box(view)
finds(view, shown)
