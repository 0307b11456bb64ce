"""Samvad's core: curated YAML records of multilateral security meetings, as tables, charts and links.

The stages follow one another and import in one direction only:

``records`` (YAML text to validated records) and ``vocabulary`` (the words they may use) -> ``catalog`` (checks across records)
and ``tables`` (five tidy frames) -> ``store`` (the data folder as it stands) -> ``filters`` (which events pass) and ``links``
(addresses) -> ``search`` -> ``analysis`` (frame in, frame out) -> ``figures`` (Plotly), ``html`` and ``content`` (what each page
shows) -> ``export`` and ``api`` (CSV, JSON, Parquet, package) -> ``ui`` (Streamlit). tests/test_structure.py has every stage.

Everything but ``ui`` can be used from a notebook::

    from lib.store import Store
    tables = Store("data").current().tables
    tables.events.query("series == 'sco-dmm'")
"""
