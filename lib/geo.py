"""The map's geometry, and the country to which each named point of view assigns the disputed areas."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from lib.problems import Problem
from lib.records.document import compose

DEFAULT_VIEW = "default"

MAX_BYTES = 1024 * 1024
"""The largest file of points or views that is read, in bytes."""

_LOG = logging.getLogger("samvad.geography")


@dataclass(frozen=True, eq=False)
class Geography:
    """What is in the ``geo`` folder of the data. ``outlines`` is the GeoJSON file as it was read; ``features`` are its features by id."""

    outlines: bytes
    features: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Mapping[str, Any]]
    views: Mapping[str, Mapping[str, Any]]
    disclaimer: str

    @property
    def geometry(self) -> dict[str, Any]:
        """All features as one GeoJSON object."""
        return {"type": "FeatureCollection", "features": list(self.features.values())}

    @cached_property
    def digest(self) -> str:
        """Of the outlines: BLAKE2b, RFC 7693."""
        return hashlib.blake2b(self.outlines, digest_size=16).hexdigest()

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """Ids of the disputed areas."""
        return tuple(name for name, feature in self.features.items() if feature["properties"].get("disputed"))

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the countries that have an area of their own."""
        return frozenset(self.features) - frozenset(self.disputed)

    @cached_property
    def points(self) -> Mapping[str, tuple[float, float]]:
        """A point (degrees north, degrees east) for each code."""
        return {code: (place["lat"], place["lon"]) for code, place in self.places.items()}

    @cached_property
    def small(self) -> frozenset[str]:
        """Codes whose area cannot be seen on a world map."""
        return frozenset(code for code, place in self.places.items() if place.get("small"))

    def view_name(self, view: str) -> str:
        """The name of a point of view."""
        return self.views.get(view, {}).get("name", "Neutral")

    def owners(self, view: str) -> dict[str, str | None]:
        """The country to which ``view`` assigns each disputed area, None for nobody; and the countries that it shows as part of another."""
        chosen = self.views.get(view, {})
        areas = chosen.get("areas", {})
        return {area: areas.get(area, {}).get("to") for area in self.disputed} | self.merged(view)

    def merged(self, view: str) -> dict[str, str]:
        """Countries that ``view`` shows as part of another."""
        return dict(self.views.get(view, {}).get("countries") or {})

    def area_name(self, area: str) -> str:
        """The name of an area."""
        return str(self.features[area]["properties"]["name"])

    def disputed_lines(self, view: str) -> tuple[list[float | None], list[float | None]]:
        """Latitudes and longitudes of the rings of the areas that ``view`` leaves to nobody; None between rings."""
        owners = self.owners(view)
        lat: list[float | None] = []
        lon: list[float | None] = []
        for area in self.disputed:
            if owners[area] is None:
                for ring in _rings(self.features[area]["geometry"]):
                    lon += [point[0] for point in ring] + [None]
                    lat += [point[1] for point in ring] + [None]
        return lat, lon


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


@lru_cache(maxsize=4)
def served_geography(folder: Path, shipped: Path) -> Geography:
    """The geography in ``folder`` for the pages and the API alike; that in ``shipped`` where it cannot be read, which the log says."""
    try:
        return load_geography(folder, shipped)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, yaml.YAMLError):
        _LOG.exception("The geometry of %s cannot be read", folder)
        return load_geography(shipped)


def _yaml(file: Path) -> Any:
    document = compose(file.name, file.read_bytes(), MAX_BYTES)
    if isinstance(document, Problem):  # Nesting so deep that it would end the process, for one.
        raise ValueError(str(document))
    return yaml.load(document.text, yaml.CSafeLoader)


@lru_cache(maxsize=4)
def load_geography(folder: Path, shipped: Path | None = None) -> Geography:
    """The geography in ``folder``; a file that it lacks is taken from ``shipped``.

    Read once: the geometry does not change while the dashboard runs. Raises, by what is wrong with a file, OSError, ValueError,
    LookupError, TypeError, AttributeError, RecursionError, YAMLError.
    """
    outlines, points, named = (
        folder / name if shipped is None or (folder / name).is_file() else shipped / name
        for name in ("world.geojson", "points.yaml", "views.yaml")
    )
    read = outlines.read_bytes()
    world = json.loads(read.decode("utf-8"))
    places = _yaml(points)["points"]
    views = _yaml(named)
    features = {feature["id"]: feature for feature in world["features"]}
    found = Geography(
        read, features, places, {DEFAULT_VIEW: views["default"], **views["views"]}, views["disclaimer"].strip()
    )
    _check(found)
    return found


def _check(found: Geography) -> None:
    """Ask for everything that a page asks of ``found``, so that what cannot be drawn is known when it is read; raises as :func:`load_geography`."""
    for view in found.views:
        found.view_name(view)
        found.disputed_lines(view)
    for area in found.disputed:
        found.area_name(area)
    for code, point in found.points.items():
        if not all(isinstance(degrees, (int, float)) for degrees in point):
            raise TypeError(f"the point of {code} is {point}, not two numbers of degrees")
    _ = found.countries | found.small
