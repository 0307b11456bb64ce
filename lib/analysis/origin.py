"""Where the publishers of the sources have their seat, as far as their address tells."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

import pandas as pd

from lib.keep import kept
from lib.tables.build import Tables
from lib.vocabulary import Vocabulary

SOLD = frozenset(("ai", "cc", "co", "fm", "gg", "im", "io", "la", "ly", "me", "st", "to", "tv", "ws"))
"""Endings of countries that are sold as words all over the world, and so tell nothing."""

INTERNATIONAL, UNKNOWN = "international", "unknown"


def seats(sources: pd.DataFrame, tables: Tables) -> pd.Series:
    """For each source the country of its publisher (ISO alpha-3), ``international``, or ``unknown``.

    A host of the vocabulary publisher-seats, or one below it, has that seat; else the ending of the
    host tells, ``.gov`` and ``.mil`` meaning the United States.
    """
    known, (hosts, endings) = _seats(tables), _hosts(tables)
    found = [known.get(url) or _seat(_host(url), hosts, endings) for url in sources["url"].tolist()]
    return pd.Series(found, index=sources.index, dtype="str")


@kept
def _seats(tables: Tables) -> dict[str, str]:
    """The seat behind every address of the records."""
    hosts, endings = _hosts(tables)
    return {url: _seat(_host(url), hosts, endings) for url in tables.sources["url"].tolist()}


def _seat(host: str, hosts: dict[str, str], endings: dict[str, str]) -> str:
    parts = host.split(".")
    for start in range(len(parts) - 1):
        known = hosts.get(".".join(parts[start:]))
        if known:
            return known
    return endings.get(parts[-1], UNKNOWN)


@lru_cache(maxsize=16_384)
def _host(url: object) -> str:
    try:
        return urlsplit(str(url)).hostname or ""
    except ValueError:
        return ""


@kept
def _hosts(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    vocabulary: Vocabulary = tables.vocabulary
    hosts = {
        host: seat.country or INTERNATIONAL for seat in vocabulary["publisher-seats"].values() for host in seat.hosts
    }
    endings = {
        country.iso2.lower(): code
        for code, country in vocabulary["countries"].items()
        if country.iso2 and country.iso2.lower() not in SOLD
    }
    # The United Kingdom's ending is not its code of ISO 3166.
    return hosts, {**endings, "uk": "GBR", "gov": "USA", "mil": "USA"}
