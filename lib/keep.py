"""Results kept with what they were made from, for as long as that exists.

A selection belongs to one state of the data and is dropped with it, and so is whatever was made from it. A separate cache would
keep old states of the data alive.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")

MOST = 256
"""Results with arguments that are kept with one owner; a link can ask for any number of them."""

_NOTHING: Final = object()


class Keeping(Protocol):
    """Anything that results can be kept with."""

    kept: Kept


class Kept:
    """The results made from one owner, by function and further arguments.

    Results without arguments are never evicted. Of the results with arguments the least recently used is evicted first, once there are
    more than ``MOST`` of them; a function with a limit of its own is counted apart.
    """

    __slots__ = ("_alone", "_limited", "_lock", "_making", "_shared")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alone: OrderedDict[Any, Any] = OrderedDict()
        self._shared: OrderedDict[Any, Any] = OrderedDict()
        self._limited: dict[Any, OrderedDict[Any, Any]] = {}
        # A lock for each result that is being made, not one for the owner: making a result may need results of other owners, which may
        # need one of this owner, and one reader should not have to wait for what is made for another.
        self._making: dict[Any, Any] = {}

    def get(self, function: Any, arguments: tuple[Any, ...], make: Callable[[], Any], most: int | None = None) -> Any:
        """The result of ``function`` with ``arguments`` beside the owner; made once even where several threads ask. A failure is not kept.

        ``most`` is the function's own limit, None for its share of ``MOST``.
        """
        key = function, arguments
        if not arguments:
            results, limit = self._alone, None
        elif most is None:
            results, limit = self._shared, MOST
        else:
            results, limit = self._limited.setdefault(function, OrderedDict()), most
        found = results.get(key, _NOTHING)
        if found is not _NOTHING:
            if limit is not None:
                with suppress(KeyError):  # Another thread may have just evicted it.
                    results.move_to_end(key)
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
                    if limit is not None and len(results) >= limit:
                        results.popitem(last=False)
                    results[key] = result
            finally:
                self._making.pop(key, None)
            return result


@overload
def kept(function: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]: ...
@overload
def kept(*, most: int) -> Callable[[Callable[Concatenate[Any, P], R]], Callable[Concatenate[Any, P], R]]: ...
def kept(function: Callable[..., Any] | None = None, *, most: int | None = None) -> Any:
    """Keep the results of a pure function with its first argument; the others must be hashable.

    ``most`` limits how many results with arguments are kept with one owner, for a function whose results are large.
    """
    if function is None:
        return partial(kept, most=most)

    @wraps(function)
    def keeping(owner: Keeping, *args: Any, **kwargs: Any) -> Any:
        arguments = (args, tuple(sorted(kwargs.items()))) if args or kwargs else ()
        return owner.kept.get(function, arguments, lambda: function(owner, *args, **kwargs), most)

    return keeping
