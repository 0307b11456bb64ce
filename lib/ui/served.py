"""The document that Streamlit serves for every page."""

from __future__ import annotations

from pathlib import Path

from streamlit import file_util


def served_document() -> str:
    """Streamlit's ``index.html``; empty where the installed package has none, and then Streamlit's server answers alone."""
    file = Path(file_util.get_static_dir()) / "index.html"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
