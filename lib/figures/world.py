"""Delegations on a map that fetches nothing from other hosts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.figures import theme
from lib.figures.chart import Chart
from lib.geo import Geography
from lib.text import counted
from lib.vocabulary import Vocabulary

SCALE = [[share, tint] for share, tint in zip((0.0, 0.35, 0.7, 1.0), theme.TINTS, strict=True)]

TOPOLOGY = "app/static/topology/"
"""Folder of the empty base map: the library would fetch its own from another host."""


def world_chart(
    delegations: pd.DataFrame,
    geography: Geography,
    geometry: str | Mapping[str, Any],
    vocabulary: Vocabulary,
    words: str,
    view: str = "default",
    chosen: str | None = None,
) -> Chart:
    """Countries coloured by the events they attended; choosing one selects its code.

    ``geometry`` is the GeoJSON of ``geography`` or the address of it on this server. ``view`` names
    whose point of view draws the disputed areas; in the default one they belong to nobody.
    """
    table = delegations.assign(country=[vocabulary.label("countries", code) for code in delegations["country"]])
    counts = dict(zip(delegations["country"], delegations["events"], strict=True))
    owners = geography.owners(view)
    drawn = [code for code in counts if code in geography.countries and code not in geography.merged(view)]
    areas = [area for area, owner in owners.items() if owner in counts]
    plain = [area for area, owner in owners.items() if owner is not None and owner not in counts]
    locations = drawn + areas
    codes = drawn + [owners[area] for area in areas]
    values = [int(counts[code]) for code in codes]
    names = [vocabulary.label("countries", code) for code in codes]
    ground = sorted(geography.countries.difference(drawn, owners)) + plain
    loose = [area for area, owner in owners.items() if owner is None]
    common = {"type": "choropleth", "geojson": geometry, "featureidkey": "id", "showscale": False}
    traces: list[dict[str, Any]] = [
        {
            **common,
            "locations": ground,
            "z": [0] * len(ground),
            "colorscale": [[0, "rgba(128,128,128,0.16)"], [1, "rgba(128,128,128,0.16)"]],
            "marker": {"line": {"width": 0.4, "color": "rgba(128,128,128,0.55)"}},
            "hoverinfo": "skip",
        },
        {
            **common,
            "locations": loose,
            "z": [0] * len(loose),
            "colorscale": [[0, "rgba(128,128,128,0.34)"], [1, "rgba(128,128,128,0.34)"]],
            "marker": {"line": {"width": 0}},
            "text": [geography.area_name(area) for area in loose],
            "hovertemplate": "%{text}: disputed<extra></extra>",
        },
        {
            **common,
            "locations": locations,
            "z": values,
            "zmin": 0,
            "zmax": max(values, default=1),
            "colorscale": SCALE,
            "text": names,
            "customdata": [[code] for code in codes],
            "hovertemplate": "%{text} attended %{z} of these events<extra></extra>",
            "marker": {"line": {"width": 0.5, "color": "rgba(128,128,128,0.6)"}},
            "unselected": {"marker": {"opacity": 0.55}},
        },
        _outlines(geography, view),
    ]
    small = [code for code in counts if code in geography.small]
    if small:
        traces.append(_small_states(small, counts, geography, vocabulary, max(values, default=1)))
    if chosen in geography.points:
        lat, lon = geography.points[chosen]
        traces.append(
            {
                "type": "scattergeo",
                "lat": [lat],
                "lon": [lon],
                "mode": "markers",
                "hoverinfo": "skip",
                "marker": {"size": 15, "symbol": "circle-open", "color": theme.ACCENT, "line": {"width": 2.5}},
            }
        )
    layout = theme.layout(
        275,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        clickmode="event+select",
        geo={
            "visible": False,
            "showframe": False,
            "bgcolor": "rgba(0,0,0,0)",
            "projection": {"type": "natural earth", "rotation": {"lon": 25}},
            "lataxis": {"range": [-52, 80]},
        },
    )
    most = delegations["country"].head(1).tolist()
    title = f"Where the delegations came from: {counted(len(delegations), 'country', 'countries')}"
    whose = "disputed areas belong to nobody" if view == "default" else f"point of view: {geography.view_name(view)}"
    subtitle = f"Held events that each country attended: {words}. Stronger colour: more; {whose}"
    alt = f"Map of {counted(len(delegations), 'country', 'countries')} by held events attended" + (
        f", most by {vocabulary.label('countries', most[0])} ({counts[most[0]]})." if most else "."
    )
    return Chart(
        title,
        subtitle,
        {"data": traces, "layout": layout} if counts else None,
        alt,
        table,
        footer=geography.disclaimer,
        empty="No country is recorded as present at a held event of this selection.",
        config={"topojsonURL": TOPOLOGY, "scrollZoom": False},
        selectable=True,
    )


def _outlines(geography: Geography, view: str) -> dict[str, Any]:
    """Dotted lines around the areas that the view leaves disputed."""
    lat, lon = geography.disputed_lines(view)
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lat": lat,
        "lon": lon,
        "hoverinfo": "skip",
        "line": {"width": 1, "dash": "dot", "color": "rgba(128,128,128,0.9)"},
    }


def _small_states(
    codes: list[str], counts: Mapping[str, int], geography: Geography, vocabulary: Vocabulary, top: int
) -> dict[str, Any]:
    """Marks for states that are too small to be seen as areas."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lat": [geography.points[code][0] for code in codes],
        "lon": [geography.points[code][1] for code in codes],
        "text": [vocabulary.label("countries", code) for code in codes],
        "customdata": [[code, int(counts[code])] for code in codes],
        "hovertemplate": "%{text} attended %{customdata[1]} of these events<extra></extra>",
        "marker": {
            "size": 9,
            "color": [int(counts[code]) for code in codes],
            "colorscale": SCALE,
            "cmin": 0,
            "cmax": top,
            "showscale": False,
            "line": {"width": 0.8, "color": "rgba(128,128,128,0.9)"},
        },
    }
