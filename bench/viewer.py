"""One viewer of a Streamlit app: speaks to a real server over its WebSocket, as a browser does, without drawing.

    async with Viewer("http://127.0.0.1:8501", path="/timeline", query="series=sco-dmm") as viewer:
        run = await viewer.open()
        run = await viewer.set_widget("Country", ["India"])
        run = await viewer.rerun(query="country=IND", path="/themes")

Protocol: Streamlit 1.67, endpoint `_stcore/stream`, one BackMsg up and many ForwardMsg down for each script run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from bench.messages import MessageCache, Request, Run, ScriptException
from bench.page import TRIGGERS, WIRE_FIELDS, Page, ProtocolError


class ViewerError(Exception):
    """The server went away, was too slow, or spoke unexpectedly; the message says which, and for which address."""


class _CountingConnection(ClientConnection):
    """Counts what the socket delivers: compression and framing are seen nowhere above it."""

    bytes_received = 0

    def data_received(self, data: bytes) -> None:
        self.bytes_received += len(data)
        super().data_received(data)


class Viewer:
    """A browser tab on one app, as an async context manager. Its methods raise ViewerError where the server fails.

    `session` continues the session of that id, as a browser does when its connection broke. With `auto_rerun` the
    fragments that ask for it are rerun at their interval, as in an open tab: `background_runs` counts them, and
    `background_exceptions` holds what they showed.
    """

    def __init__(
        self,
        base: str,
        path: str = "/",
        query: str = "",
        *,
        timeout: float = 30.0,
        auto_rerun: bool = False,
        session: str = "",
    ) -> None:
        self.base = base.rstrip("/")
        self.path = "/" + path.strip("/")
        self.query = query.removeprefix("?")
        self.page = Page()
        self.session = session
        self.background_runs = 0
        self.background_exceptions: list[ScriptException] = []
        self._timeout = timeout
        self._auto_rerun = auto_rerun
        self._timers: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self._cache = MessageCache()
        self._max_cache_age = 0
        self._pages: dict[str, str] = {}  # path without slashes -> page hash
        self._page_hash = ""
        self._main_hash = ""
        self._run_id = ""
        self._request: Request | None = None
        self._broken: ViewerError | None = None
        self._reader: asyncio.Task[None] | None = None
        self._socket: _CountingConnection | None = None

    async def __aenter__(self) -> Self:
        host = urlsplit(self.base)
        address = f"{'wss' if host.scheme == 'https' else 'ws'}://{host.netloc}{host.path}/_stcore/stream"
        # The second protocol is the place of the XSRF token (none is needed), the third that of an earlier session.
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([self.session] if self.session else [])]
        try:
            self._socket = await connect(
                address,
                subprotocols=protocols,
                origin=f"{host.scheme}://{host.netloc}",
                create_connection=_CountingConnection,
                open_timeout=self._timeout,
                max_size=None,
                max_queue=None,  # a browser reads as fast as the server sends
                ping_interval=None,  # browsers never ping; the server does
                proxy=None,
            )
        except (OSError, TimeoutError, WebSocketException) as error:
            raise ViewerError(f"{address} cannot be reached: {error!r}") from error
        self._reader = asyncio.create_task(self._read(self._socket))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_timers(list(self._timers))
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None:
            await self._socket.close()

    @property
    def address(self) -> str:
        """The whole address that a browser would show now."""
        return f"{self.base}{self.path}" + (f"?{self.query}" if self.query else "")

    async def open(self) -> Run:
        """The first script run, like entering the address: the path names the page, no widget has a value yet."""
        return await self._ask(ClientState(page_name=self.path.strip("/")))

    async def set_widget(self, name: str, value: Any) -> Run:
        """Change the widget of that key or label, and rerun. Choices are labels; True clicks a button."""
        node = self.page.widget(name)
        if getattr(node.proto, "form_id", ""):
            raise ProtocolError(f"{name!r} is in a form, which sends its values together; forms are not supported")
        self.page.set(node, value)
        state = ClientState(widget_states=self.page.states(), fragment_id=node.fragment_id)
        if WIRE_FIELDS[node.kind] in TRIGGERS:
            self.page.unset(node)
        return await self._ask(state)

    async def rerun(self, query: str | None = None, path: str | None = None, *, history: bool = True) -> Run:
        """Go to another address within the open tab, or with no argument run the script again as "Rerun" does.

        `history` means back or forward; without it the change is a page link's. The widgets of the page that is left
        lose their values, those that the entry script draws keep them.
        """
        if query is None and path is None:
            return await self._ask(ClientState(widget_states=self.page.states()))
        if path is not None:
            if (wanted := path.strip("/")) not in self._pages:
                raise ProtocolError(f"the app has no page /{wanted}; it has {sorted(self._pages)}")
            self.path, self._page_hash = "/" + wanted, self._pages[wanted]
        if query is not None:
            self.query = query.removeprefix("?")
        self._stop_timers(list(self._timers))
        self.page.leave(self._main_hash)
        return await self._ask(ClientState(widget_states=self.page.states(), is_history_navigation=history))

    async def follow(self, label: str) -> Run:
        """Click the page link of that label."""
        found = [node.proto for node in self.page.nodes if node.kind == "page_link" and node.label == label]
        if len(found) != 1 or found[0].external:
            raise ProtocolError(f"{len(found)} links within the app are labelled {label!r}")
        paths = {page_hash: path for path, page_hash in self._pages.items()}
        return await self.rerun(found[0].query_string, paths[found[0].page_script_hash], history=False)

    async def _ask(self, state: ClientState) -> Run:
        if self._socket is None or self._request is not None:
            raise ViewerError("a viewer makes one request at a time, inside its async with block")
        if self._broken is not None:
            raise self._broken
        request = self._request = Request(self.address, self._socket.bytes_received)
        request.fragment_id, request.is_history = state.fragment_id, state.is_history_navigation
        try:
            async with asyncio.timeout(self._timeout):
                await self._send(state)
                await request.done
        except TimeoutError:
            seen = f"{request.messages} messages, {len(request.run_ids)} script runs begun"
            raise ViewerError(f"{request.address}: not finished after {self._timeout:g} s ({seen})") from None
        except ConnectionClosed as error:
            raise ViewerError(f"{request.address}: the server closed the connection ({error})") from error
        finally:
            self._request = None
        return request.run(self._socket.bytes_received, self.page.nodes)

    async def _send(self, state: ClientState) -> None:
        state.query_string = self.query
        state.page_script_hash = self._page_hash  # unknown before the first run, which goes by page_name
        state.cached_message_hashes.extend(self._cache.hashes())
        state.context_info.CopyFrom(
            ContextInfo(
                timezone="UTC",
                timezone_offset=0,
                locale="en-GB",
                url=f"{self.base}{self.path}",
                is_embedded=False,
                color_scheme="light",
            )
        )
        assert self._socket is not None
        await self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for data in socket:
                assert isinstance(data, bytes)
                self._receive(self._cache.resolve(ForwardMsg.FromString(data), data, self._request))
            self._broken = ViewerError(f"{self.address}: the server closed the connection")
        except Exception as error:  # whatever it is, the one who waits must hear of it
            self._broken = ViewerError(f"{self.address}: {error!r}")
        if self._request is not None and not self._request.done.done():
            self._request.done.set_exception(self._broken)

    def _receive(self, message: ForwardMsg) -> None:
        kind, request = message.WhichOneof("type"), self._request
        if request is not None:
            request.messages += 1
        if kind == "new_session":
            self._begin(message)
        elif kind == "delta":
            node = self.page.apply(message, self._run_id)
            if node is not None and node.kind == "exception":
                self._note(ScriptException.read(node.proto))
                if request is not None and request.failed_on_arrival:
                    request.finish()
        elif kind == "navigation":
            self._navigate(message)
        elif kind == "page_info_changed":
            before, self.query = self.query, message.page_info_changed.query_string
            if request is not None:
                request.address_pushed(self.query, before)
        elif kind == "page_not_found" and request is not None:
            request.page_not_found = True
        elif kind == "script_finished":
            self._end(message)
        elif kind == "session_event" and message.session_event.HasField("script_compilation_exception"):
            self._note(ScriptException.read(message.session_event.script_compilation_exception))
        elif kind == "session_status_changed" and request is not None:
            # It follows the last script_finished, with what belongs to that (a compilation error) in between.
            if not message.session_status_changed.script_is_running and not request.failed_on_arrival:
                request.finish()
        elif kind == "auto_rerun" and self._auto_rerun:
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self._stop_timers(message.stop_auto_rerun.fragment_ids)

    def _begin(self, message: ForwardMsg) -> None:
        session, run = message.new_session, message.metadata.run
        self.session = session.initialize.session_id
        self._max_cache_age = session.config.max_cached_message_age
        self._main_hash = session.main_script_hash
        self._run_id = run.script_run_id
        if self._request is not None:
            self._request.script_started(message)
        if not run.fragment_ids:
            self._stop_timers(list(self._timers))  # the run asks for them anew
            if session.page_script_hash != self._page_hash:
                self.page.leave(self._main_hash)
                self._page_hash = session.page_script_hash

    def _navigate(self, message: ForwardMsg) -> None:
        navigation = message.navigation
        self._page_hash = navigation.page_script_hash
        self._pages = {page.url_pathname: page.page_script_hash for page in navigation.app_pages}
        self._pages |= {
            "" if page.is_default else page.url_pathname: page.page_script_hash for page in navigation.app_pages
        }
        if self._pages.get(self.path.strip("/")) != self._page_hash:  # the script chose another page
            self.path = "/" + {page_hash: path for path, page_hash in self._pages.items()}[self._page_hash]

    def _end(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._cache.end_run(self._max_cache_age, run.fragment_ids)
            if run.fragment_ids or run.script_run_id == self._run_id:
                self.page.end_run(run.script_run_id, run.fragment_ids)
        if run.fragment_ids and (self._request is None or run.script_run_id not in self._request.run_ids):
            self.background_runs += 1
        if self._request is not None:
            self._request.script_finished(message)

    def _note(self, exception: ScriptException) -> None:
        asked = self._request is not None and self._run_id in self._request.run_ids
        (self._request.exceptions if asked and self._request else self.background_exceptions).append(exception)

    def _start_timer(self, fragment_id: str, interval: float) -> None:
        if self._timers.get(fragment_id, (None,))[0] != interval:
            self._stop_timers([fragment_id])
            self._timers[fragment_id] = (interval, asyncio.create_task(self._repeat(fragment_id, interval)))

    def _stop_timers(self, fragment_ids: Iterable[str]) -> None:
        for fragment_id in fragment_ids:
            if fragment_id in self._timers:
                self._timers.pop(fragment_id)[1].cancel()

    async def _repeat(self, fragment_id: str, interval: float) -> None:
        while self._broken is None:
            await asyncio.sleep(interval)
            states = self.page.states()
            await self._send(ClientState(widget_states=states, fragment_id=fragment_id, is_auto_rerun=True))
