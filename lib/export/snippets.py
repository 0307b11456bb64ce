"""The lines that read a selection by program."""

from __future__ import annotations

from lib.filters.value import Filters
from lib.links import address


def snippets(base_url: str, table: str, filters: Filters) -> dict[str, str]:
    """Ready code for ``pandas``, ``R`` and ``curl`` that reads ``table`` for the filters.

    ``base_url`` is where the dashboard is served, without a slash at its end. A query is percent-encoded, so it cannot
    contain a quote; only a base_url with one would break the code.
    """
    url = address(f"{base_url}/api/{table}.csv", filters)
    return {
        "pandas": f'import pandas\n\n{table} = pandas.read_csv("{url}")\n',
        "R": f'{table} <- read.csv("{url}", na.strings = "", encoding = "UTF-8")\n',
        "curl": f"curl --fail --silent --show-error --output {table}.csv '{url}'\n",
    }
