"""Charts in two steps: ``lib.analysis`` shapes the data, ``lib.content`` hands it over, and these modules draw it as Plotly figures."""
