"""Data: the tables, downloads, the API, the dictionary, what is wrong, what is covered."""

from __future__ import annotations

from lib.ui.data import coverage_and_dictionary, downloads, preview, problems
from lib.ui.settings import table_choice
from lib.ui.shell import heading, page_view

view = page_view("data")
table = view.setting("table") or "events"
table = table if table in view.table_names else "events"
rows = view.selection.rows(table)
heading(view, "Data", table, rows)
problems(view)
table_choice(view)
preview(view, table)
downloads(view, table)
coverage_and_dictionary(view)
