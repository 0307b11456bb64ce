"""The base of the routes served beside the pages."""

from __future__ import annotations

from abc import ABC, abstractmethod

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URLPath
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send


class OwnRoute(BaseRoute, ABC):
    """A route that decides from the whole request whether to answer it.

    Not a set of ``Route`` objects: what those do not match - another method, a path with a line break in it - would be
    answered by the pages' server, in HTML and with status 200.
    """

    @abstractmethod
    def answers(self, scope: Scope) -> bool:
        """Whether an HTTP request is for this route."""

    @abstractmethod
    def respond(self, request: Request) -> Response:
        """The response to a request; never raises."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.FULL if scope["type"] == "http" and self.answers(scope) else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: object) -> URLPath:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Answers are made in a thread: the loop serves every viewer's page.
        response = await run_in_threadpool(self.respond, Request(scope))
        await response(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path below the place where the app is mounted."""
    path, root = scope.get("path", ""), scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path
