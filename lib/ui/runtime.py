"""What all sessions of one server share: the data, the map, the day."""

from __future__ import annotations

import datetime as dt
import gc
import logging
from functools import lru_cache

from yaml import YAMLError

from lib.geo import Geography, load_geography
from lib.store import SHIPPED, Snapshot, Store, data_folder, resource

_LOG = logging.getLogger("samvad.geography")

STORE = Store(data_folder())
"""The data folder that this process serves, to pages and API alike."""


def snapshot() -> Snapshot:
    """The data as it stands."""
    return STORE.current()


@lru_cache(maxsize=1)
def geography() -> Geography:
    """The map's geometry; the shipped one where the data folder's own cannot be read, which the log says."""
    try:
        return load_geography(resource(STORE.folder, "geo"), SHIPPED / "geo")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, YAMLError):
        _LOG.exception("The geometry of %s cannot be read", STORE.folder)
        return load_geography(SHIPPED / "geo")


def today() -> dt.date:
    """The day on the server's clock; everything below this module takes it as an argument."""
    return dt.date.today()


@lru_cache(maxsize=1)
def warm_up() -> None:
    """Load everything once and take it out of the garbage collector's sight.

    Streamlit collects all garbage after each script run; with pandas imported that walks some
    hundred thousand objects which never go away, about 90 ms under the interpreter's lock.
    """
    import plotly.graph_objects  # noqa: F401  (imported by the first chart otherwise)
    import plotly.io  # noqa: F401
    import pyarrow  # noqa: F401

    snapshot()
    geography()
    gc.collect()
    gc.freeze()
