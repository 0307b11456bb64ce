"""The filters of a view as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filters:
    """What a view is limited to: for each parameter that limits, its values in order.

    Build it with :meth:`of`: parameters in one order, each value once, none empty. The values of a parameter keep their order, by which
    a link is written again as it was, so ``series=a,b`` and ``series=b,a`` pass the same events and are not equal.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str | Iterable[str]]) -> Filters:
        """The filters in ``values``; a text is one value, an empty list no limit."""
        chosen = []
        for parameter in sorted(values):
            given = values[parameter]
            words = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
            words = tuple(word for word in words if word)
            if words:
                chosen.append((parameter, words))
        return cls(tuple(chosen))

    def __getitem__(self, parameter: str) -> tuple[str, ...]:
        """The values of a parameter; none where it does not limit."""
        for name, words in self.chosen:
            if name == parameter:
                return words
        return ()

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.chosen)

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def one(self, parameter: str) -> str | None:
        """The only value of a parameter that takes one."""
        words = self[parameter]
        return words[0] if words else None

    def attended_too(self, country: str) -> Filters | None:
        """These filters with a further country that attended as well; None where several countries are asked for, any of which suffices."""
        asked = self["country"]
        if len(asked) > 1 and self["country_match"] != ("all",):
            return None
        return self.replaced(country=(*asked, country), country_match="all" if set(asked) - {country} else ())

    def replaced(self, **values: str | Iterable[str]) -> Filters:
        """These filters with some parameters replaced; ``from_`` means ``from``."""
        named = {name.rstrip("_"): words for name, words in values.items()}
        return Filters.of({**dict(self.chosen), **named})
