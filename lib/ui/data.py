"""Parts of the Data page: the table, downloads, the API with snippets, problems, dictionary, coverage."""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib.analysis.coverage import coverage
from lib.export.citation import LICENCE_NOTICE
from lib.export.cited import view_citation
from lib.export.dictionary import dictionary
from lib.export.package import build_package
from lib.export.snippets import snippets
from lib.filters.selection import Selection
from lib.html.lists import coverage_table
from lib.keep import kept
from lib.links import address
from lib.store import Snapshot
from lib.tables.columns import TABLES
from lib.text import counted
from lib.ui.blocks import html_section
from lib.ui.runtime import api_is_served, today
from lib.ui.takeaway import base_url, citation_formats, follow
from lib.ui.view import View
from lib.ui.ways import markup, ways

_CHANGES = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def problems(view: View) -> None:
    """Every problem in the records: where, what was expected, what was found, what to do."""
    found = view.snapshot.problems
    if not found:
        markup(
            f'<p class="footer">{counted(len(view.snapshot.catalog.events), "record")} read, no problem. Data version {view.snapshot.version}.</p>'
        )
        return
    html_section(
        (
            f"{counted(len(found), 'problem')} in the records",
            "A record with an error is set aside, or shown as it last was good; everything else is here.",
            "",
        )
    )
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "file": p.file,
                    "line": p.line,
                    "field": p.field,
                    "expected": p.expected,
                    "found": p.found,
                    "what to do": p.hint,
                    "kind": p.kind,
                    "severity": p.severity,
                }
                for p in found
            ]
        ),
        hide_index=True,
        key="problems",
    )


@kept
def _arrow(selection: Selection, table: str) -> pa.Table:
    """The rows in the form in which they are sent to the browser."""
    return pa.Table.from_pandas(selection.rows(table), preserve_index=False)


def preview(view: View, table: str) -> None:
    """The rows of a table that pass the filters."""
    rows = _arrow(view.selection, table)
    html_section((f"The table {table}, {counted(rows.num_rows, 'row')}", "", ""))
    st.dataframe(rows, hide_index=True, height=420, key="preview")


_FILES = "The rows that pass the filters. Texts that a spreadsheet would run as a formula begin with an apostrophe."


def downloads(view: View, table: str) -> None:
    """All five tables as files, and the same rows by address with ready snippets; without the API, as one package."""
    if not api_is_served():
        here = view.address()  # Read now: when the button is clicked there is no browser to ask.
        html_section(("Download", _FILES, ""))
        st.download_button(
            "Everything as a package (zip)",
            data=lambda: build_package(view.selection, here, view_citation(view.snapshot, view.filters, here)),
            file_name="samvad.zip",
            mime="application/zip",
            on_click="ignore",
            key="package",
            icon=":material/folder_zip:",
        )
        st.info(
            "This host serves the pages only; run the dashboard with `streamlit run app.py` on a host of your own for the API."
        )
        return
    files = [*((name, f"{name}.csv") for name in TABLES), ("Everything as a package (zip)", "package.zip")]
    links = ways(
        *(
            f'<a class="way" href="{escape(address(f"./api/{file}", view.filters))}" download>{escape(name)}</a>'
            for name, file in files
        )
    )
    html_section(
        ("Download", _FILES, links),
        ("The same rows by address", "Programs read the same tables with the same filters; the address says all.", ""),
    )
    found = snippets(base_url(view), table, view.filters)
    for tab, (name, text) in zip(st.tabs(list(found), key="snippets", on_change="rerun"), found.items(), strict=True):
        if tab.open:
            tab.code(text, language={"pandas": "python", "R": "r", "curl": "bash"}.get(name))
    follow(view)


@kept
def _coverage(snapshot: Snapshot, day: dt.date) -> str:
    return coverage_table(coverage(snapshot.tables.events, snapshot.vocabulary, day), snapshot.tables)


@kept
def _dictionary(snapshot: Snapshot) -> pa.Table:
    return pa.Table.from_pandas(dictionary(snapshot.vocabulary), preserve_index=False)


def coverage_and_dictionary(view: View) -> None:
    """What each series holds, and what every column means; drawn when opened."""
    html_section(
        (
            "What the data holds, and what it means",
            "More records is not more events: what each series holds, and since when.",
            "",
        )
    )
    box = st.expander("Coverage of every series", key="coverage", on_change="rerun", type="compact")
    if box.open:
        box.html(_coverage(view.snapshot, today()))
    box = st.expander("What changed", key="changes", on_change="rerun", type="compact")
    if box.open:
        box.markdown(_CHANGES.read_text(encoding="utf-8").partition("\n")[2])
    box = st.expander("How to cite", key="cite", on_change="rerun", type="compact")
    if box.open:
        cited = view_citation(view.snapshot, view.filters, view.address())
        box.code(cited.text, language=None, wrap_lines=True)
        citation_formats(cited, "samvad", box)
        box.write(LICENCE_NOTICE)
    box = st.expander("Dictionary of every column", key="dictionary", on_change="rerun", type="compact")
    if box.open:
        box.dataframe(_dictionary(view.snapshot), hide_index=True, height=420)
