"""What an address answers: a body with its headers, or a refusal in JSON."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from lib.export.json import dump
from lib.tables.columns import TABLES

RENDERING = 1
"""Increased whenever the same rows are rendered as other bytes, so that nobody keeps the old ones."""

JSON = "application/json; charset=utf-8"

SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Length, Content-Location, ETag",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer. no-cache: it may be kept, but is revalidated with its ETag."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is rendered only when needed. ``of`` is everything that its bytes depend on."""

    of: tuple[Any, ...]
    render: Callable[[], bytes]
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """The strong ETag, in quotes."""
        seal = repr((RENDERING, _COLUMNS, self.of)).encode("utf-8", "surrogatepass")
        return f'"{hashlib.blake2b(seal, digest_size=16).hexdigest()}"'


_COLUMNS = hashlib.blake2b(repr(TABLES).encode(), digest_size=8).hexdigest()


class Refusal(Exception):
    """An answer in JSON that says what cannot be done: ``error`` is a sentence for people."""

    def __init__(self, status: int, error: str, /, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **more}
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The refusal as a response."""
        body = f"{dump(self.body)}\n".encode("utf-8", "replace")
        return Response(body, self.status, {**SHARED, **self.headers}, media_type=JSON)


class Bodies:
    """The most recently used bodies, by ETag; at most ``limit`` bytes of them. Safe to share between threads."""

    def __init__(self, limit: int = 32 * 1024 * 1024) -> None:
        self._limit = limit
        self._held = 0
        self._lock = threading.Lock()
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def of(self, reply: Reply) -> bytes:
        """The body of ``reply``, rendered unless it is kept."""
        etag = reply.etag
        with self._lock:
            body = self._bodies.get(etag)
            if body is not None:
                self._bodies.move_to_end(etag)
                return body
        body = reply.render()
        with self._lock:
            self._held += len(body) - len(self._bodies.pop(etag, b""))
            self._bodies[etag] = body
            while self._held > self._limit:
                self._held -= len(self._bodies.popitem(last=False)[1])
        return body


def respond(reply: Reply, none_match: str, bodies: Bodies) -> Response:
    """200 with the body, or 304 where ``none_match``, the header If-None-Match, names the reply's ETag."""
    etag = reply.etag
    headers = {**SHARED, **reply.headers, "ETag": etag}
    if matches(none_match, etag):
        # The pages' server compresses and says so itself; a 304 has no body that would make it.
        return Response(None, 304, {**headers, "Vary": "Accept-Encoding"})
    return Response(bodies.of(reply), 200, headers, media_type=reply.media_type)


def matches(none_match: str, etag: str) -> bool:
    """Whether a header If-None-Match names ``etag``, by the weak comparison of RFC 9110, 13.1.2."""
    named = [one.strip().removeprefix("W/") for one in none_match.split(",")]
    return etag in named or named == ["*"]
