"""Charts in two steps: ``lib.analysis`` shapes the data, these modules draw it as Plotly figures."""
