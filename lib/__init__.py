"""Samvad's core: curated YAML records of multilateral security meetings, as tables, charts and links.

The stages follow one another and import in one direction only:

``records`` (YAML text to validated records) -> ``catalog`` (checks across records) -> ``tables``
(five tidy frames) -> ``filters`` (which events pass) -> ``analysis`` (frame in, frame out) ->
``figures`` (Plotly) -> ``export`` and ``api`` (CSV, JSON, Parquet, package) -> ``ui`` (Streamlit).

Everything but ``ui`` can be used from a notebook::

    from lib.store import Store
    tables = Store("data").current().tables
    tables.events.query("series == 'sco-dmm'")
"""
