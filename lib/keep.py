"""Results kept with what they were made from, for as long as that lives.

A selection belongs to one state of the data and is dropped with it; what was made of it goes the
same way. A cache of its own would keep old states of the data alive.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 256
"""Results with arguments that are kept with one owner; a link can ask for any number of them."""

_NOTHING: Final = object()


class Keeping(Protocol):
    """What results can be kept with."""

    kept: Kept


class Kept:
    """The results made from one owner, by function and further arguments.

    At most ``most`` of those with arguments, the one not asked for the longest goes first; those of the owner alone, as many as there are functions, stay.
    """

    __slots__ = ("_alone", "_lock", "_making", "_most", "_results")

    def __init__(self, most: int = MOST) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._alone: dict[tuple[Any, ...], Any] = {}
        self._results: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        # A lock for each result in the making, not one for the owner: making a result asks other owners for theirs, which may be
        # asking this one, and what is made for one reader is no reason to let another wait.
        self._making: dict[tuple[Any, ...], Any] = {}

    def get(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The result of ``key``, a function with its arguments; made once even where several threads ask. A failure is not kept."""
        results = self._results if len(key) > 1 else self._alone
        found = results.get(key, _NOTHING)
        if found is not _NOTHING:
            if results is self._results:
                with suppress(KeyError):  # Another thread may have just let it go.
                    self._results.move_to_end(key)
            return found
        with self._lock:
            making = self._making.setdefault(key, threading.RLock())
        with making:
            found = results.get(key, _NOTHING)
            if found is not _NOTHING:  # Somebody else made it while this thread waited.
                return found
            try:
                result = make()
                with self._lock:
                    if results is self._results and len(results) >= self._most:
                        self._results.popitem(last=False)
                    results[key] = result
            finally:
                self._making.pop(key, None)
            return result


def kept(function: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Keep the results of a pure function with its first argument; the others must be hashable."""

    @wraps(function)
    def keeping(owner: Keeping, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(sorted(kwargs.items()))) if args or kwargs else (function,)
        return owner.kept.get(key, lambda: function(owner, *args, **kwargs))

    return keeping
