"""Which values a filter knows, and which of them it offers: functions from the tables to values with their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from lib.filters.masks import codes_of
from lib.keep import kept
from lib.tables.build import Tables
from lib.text import folded

Known = Callable[[Tables], Mapping[str, str]]


def words_of(*names: str, also: Mapping[str, str] | None = None) -> Known:
    """All words of these vocabularies, after those of ``also``."""

    def known(tables: Tables) -> Mapping[str, str]:
        labels = {word: entry.label for name in names for word, entry in tables.vocabulary[name].items()}
        return {**(also or {}), **labels}

    return known


def with_rows(known: Known, *columns: tuple[str, str]) -> Known:
    """The known values that occur in the columns, in the order in which they are known."""

    def offered(tables: Tables) -> Mapping[str, str]:
        labels = known(tables)
        used: set[str] = set()
        for table, column in columns:
            cells = tables[table][column]
            if isinstance(cells.dtype, pd.CategoricalDtype):
                codes = np.unique(codes_of(cells))
                used.update(cells.array.categories[codes[codes >= 0]])
            else:
                used.update(word for cell in cells for word in cell)
        return {word: label for word, label in labels.items() if word in used}

    return offered


def by_label(offered: Known) -> Known:
    """The same values by their labels, ``joint`` first."""

    def ordered(tables: Tables) -> Mapping[str, str]:
        found = offered(tables)
        return dict(sorted(found.items(), key=lambda item: (item[0] != "joint", folded(item[1]))))

    return ordered


def themes_offered(tables: Tables) -> Mapping[str, str]:
    """Themes with their children below them, marked."""
    themes = tables.vocabulary["themes"]
    return {
        word: f"{'– ' if themes[word].parent else ''}{themes[word].label}"
        for parent, entry in themes.items()
        if not entry.parent
        for word in tables.vocabulary.below(parent)
    }


@kept
def strangers(tables: Tables) -> Mapping[str, str]:
    """The recorded names of people who are not in the registry, folded, each with one of its spellings."""
    frame = tables.participations
    names = frame.loc[frame["person"].isna().to_numpy() & frame["name"].notna().to_numpy(), "name"].unique()
    return {folded(name): name for name in sorted(names, reverse=True)}


@kept
def people_offered(tables: Tables) -> Mapping[str, str]:
    """One entry a person, by name: those of the registry by id, the others by their name as recorded."""
    registry = tables.vocabulary.people
    found = {key: registry.label(key) for key in tables.participations["person"].dropna().unique().tolist()} | {
        name: name for name in strangers(tables).values()
    }
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


@kept
def people_known(tables: Tables) -> Mapping[str, str]:
    """Every id of the registry and every name, each with the name shown."""
    registry = tables.vocabulary.people
    spelled = {name: registry.label(key) for key, person in registry.people.items() for name in person.names}
    return {**{key: registry.label(key) for key in registry.people}, **spelled, **people_offered(tables)}


def person_meant(tables: Tables, value: str) -> str:
    """The id of the only person whom ``value`` can mean; else ``value`` itself."""
    meant = tables.vocabulary.people.called(value)
    return meant[0] if len(meant) == 1 and folded(value) not in strangers(tables) else value
