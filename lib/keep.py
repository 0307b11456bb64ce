"""Results kept with what they were made from, for as long as that lives.

A selection belongs to one state of the data and is dropped with it; what was made of it goes the
same way. A cache of its own would keep old states of the data alive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 256
"""Results kept with one owner; a link can ask for any number of them."""

_NOTHING: Final = object()


class Keeping(Protocol):
    """What results can be kept with."""

    kept: Kept


class Kept:
    """The results made from one owner, by function and further arguments."""

    __slots__ = ("_lock", "_making", "_results")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making: dict[tuple[Any, ...], threading.Lock] = {}
        self._results: dict[tuple[Any, ...], Any] = {}

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The result of ``key``; made once even where several threads ask. A failure is not kept.

        Each result has a lock of its own: making one may ask this owner or another for further ones, and of two threads
        that do so each would hold what the other waits for if an owner had one lock. No result asks for itself.
        """
        found = self._results.get(key, _NOTHING)
        if found is not _NOTHING:
            return found
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            found = self._results.get(key, _NOTHING)
            if found is not _NOTHING:
                return found
            try:
                found = make()
                with self._lock:
                    if len(self._results) >= MOST:
                        self._results.pop(next(iter(self._results)))
                    self._results[key] = found
                return found
            finally:
                with self._lock:
                    self._making.pop(key, None)


def kept(function: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Keep the results of a pure function with its first argument; the others must be hashable."""

    @wraps(function)
    def keeping(owner: Keeping, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(sorted(kwargs.items())))
        return owner.kept.get(key, lambda: function(owner, *args, **kwargs))

    return keeping
