"""The routes of the API, for the Starlette app that serves the pages."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from lib.api.answers import Question, answer
from lib.api.own import OwnRoute, path_of
from lib.api.previews import Previews
from lib.api.reply import SHARED, Bodies, Refusal, respond
from lib.store import Store

METHODS = "GET, HEAD, OPTIONS"

_LOG = logging.getLogger("samvad.api")


def routes(
    store: Store,
    prefix: str = "",
    pages: Mapping[str, str] | None = None,
    shell: str = "",
    today: Callable[[], dt.date] = dt.date.today,
) -> list[BaseRoute]:
    """Routes for ``/api`` with all below it, for ``/overview``, which leads to ``/``, and for the pages' own addresses.

    ``prefix`` is the path under which the dashboard is served (Streamlit's ``server.baseUrlPath``). ``pages`` are the pages' titles
    by name and ``shell`` the document that their server gives for each: it gets the title and description of the view that the
    address asks for. Every request sees the data as ``store`` has them at that moment, on the day that ``today`` gives.
    """
    prefix = f"/{prefix.strip('/')}".rstrip("/")

    def overview(request: Request) -> Response:
        query = request.url.query
        return RedirectResponse(f"{prefix}/?{query}" if query else f"{prefix}/", 308)

    found: list[BaseRoute] = [Api(store, prefix, today), Route(f"{prefix}/overview", overview)]
    return [*found, Previews(store, prefix, pages, shell)] if pages and shell else found


class Api(OwnRoute):
    """Answers everything at and below ``/api``, whatever the method."""

    def __init__(self, store: Store, prefix: str, today: Callable[[], dt.date]) -> None:
        self.path = f"{prefix}/api"
        self._store = store
        self._prefix = prefix
        self._today = today
        self._bodies = Bodies()

    def answers(self, scope: Scope) -> bool:
        return f"{path_of(scope)}/".startswith(f"{self.path}/")

    def respond(self, request: Request) -> Response:
        try:
            if request.method == "OPTIONS":
                return _preflight()
            if request.method not in ("GET", "HEAD"):
                raise Refusal(405, f"The API is for reading: {request.method} is not possible.", {"Allow": METHODS})
            base_url = str(request.base_url).rstrip("/") + self._prefix
            question = Question(self._store.current(), request.url.query, base_url, self._today())
            reply = answer(question, path_of(request.scope)[len(self.path) + 1 :])
            return respond(reply, ", ".join(request.headers.getlist("If-None-Match")), self._bodies)
        except Refusal as refusal:
            return refusal.response()
        except Exception:
            _LOG.exception("%s %s", request.method, request.scope["path"])
            return Refusal(500, "The server met an error that is its own; its log says more.").response()


def _preflight() -> Response:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }
    return Response(None, 204, {**SHARED, **headers})
