"""Results kept with what they were made from, for as long as that lives.

A selection belongs to one state of the data and is dropped with it; what was made of it goes the
same way. A cache of its own would keep old states of the data alive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 256
"""Results kept with one owner; a link can ask for any number of them."""


class Keeping(Protocol):
    """What results can be kept with."""

    kept: Kept


class Kept:
    """The results made from one owner, by function and further arguments."""

    __slots__ = ("_lock", "_results")

    def __init__(self) -> None:
        # Reentrant: making one result may ask the same owner for another.
        self._lock = threading.RLock()
        self._results: dict[tuple[Any, ...], Any] = {}

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The result of ``key``; made once even where several threads ask. A failure is not kept."""
        try:
            return self._results[key]
        except KeyError:
            pass
        with self._lock:
            if key not in self._results:
                result = make()
                if len(self._results) >= MOST:
                    self._results.pop(next(iter(self._results)), None)
                self._results[key] = result
            return self._results[key]


def kept(function: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Keep the results of a pure function with its first argument; the others must be hashable."""

    @wraps(function)
    def keeping(owner: Keeping, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(sorted(kwargs.items())))
        return owner.kept.get(key, lambda: function(owner, *args, **kwargs))

    return keeping
