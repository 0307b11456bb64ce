"""What all sessions of a server share: the data, the map, the day."""

from __future__ import annotations

import datetime as dt
import gc
from functools import lru_cache
from threading import Event

from lib.geo import Geography, served_geography
from lib.store import SHIPPED, Snapshot, Store, data_folder, resource

STORE = Store(data_folder())
"""The data folder that this process serves, to pages and API alike."""


_API = Event()


def snapshot() -> Snapshot:
    """The current state of the data."""
    return STORE.current()


def geography() -> Geography:
    """The map's geometry."""
    return served_geography(resource(STORE.folder, "geo"), SHIPPED / "geo")


def api_starts() -> None:
    """Say that this process serves the API beside the pages; what starts the API calls it."""
    _API.set()


def api_is_served() -> bool:
    """Whether this process serves the API beside the pages: not on hosts that run app.py as a plain script."""
    return _API.is_set()


def today() -> dt.date:
    """The day on the server's clock; everything below this module takes it as an argument."""
    return dt.date.today()


@lru_cache(maxsize=1)
def warm_up() -> None:
    """Load everything once and take it out of the garbage collector's sight.

    With pandas imported a full collection walks some hundred thousand objects which never go away, about 90 ms under the
    interpreter's lock. Streamlit's own collection after each script run is switched off (``runner.postScriptGC``); Python's automatic ones
    still happen.
    """
    import plotly.graph_objects  # noqa: F401  (imported by the first chart otherwise)
    import plotly.io  # noqa: F401
    import pyarrow  # noqa: F401

    snapshot()
    geography()
    gc.collect()
    gc.freeze()
