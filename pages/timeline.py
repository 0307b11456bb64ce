"""Timeline: every event as a mark on its series' lane, and as a list."""

from __future__ import annotations

from lib.content.timeline import timeline
from lib.ui.blocks import chart_block, paged
from lib.ui.chosen import ringed
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view

view = page_view("timeline")
heading(view, "Timeline", "events", view.selection.events)
chart_block(view, "timeline", timeline(view.selection, today(), ringed(view, "timeline")))
paged(view, "events", "The same in words", "The newest first.")
