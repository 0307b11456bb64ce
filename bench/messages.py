"""What one request brought back (Run), and the cache of messages that the server may refer to instead of sending."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from streamlit.proto.Exception_pb2 import Exception as ExceptionProto
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.page import Node, ProtocolError


@dataclass(frozen=True, slots=True)
class ScriptException:
    """An exception that the page shows in place of its content."""

    type: str
    message: str
    trace: str

    @classmethod
    def read(cls, proto: ExceptionProto) -> ScriptException:
        return cls(proto.type, proto.message, "\n".join(proto.stack_trace))


@dataclass(frozen=True, slots=True)
class Run:
    """What came back for one request, from the request to the end of the last script run that it caused.

    `seconds` ends when the server says that the script has finished. `bytes_received` counts what came over the
    socket, compressed if the server compresses; `messages` what was in it, `references` those that stood for a cached
    element. `script_runs` is over 1 where the script asked for a rerun. `query_string` is the last that the server
    pushed, None if it pushed none; `history_entries` says how often that made an entry in the browser's history, which
    a push of the query that is there already does not, nor one in answer to back or forward.
    """

    address: str
    seconds: float
    bytes_received: int
    messages: int
    references: int
    script_runs: int
    exceptions: tuple[ScriptException, ...]
    elements: tuple[Node, ...]
    query_string: str | None
    history_entries: int
    status: str
    page_not_found: bool

    @property
    def texts(self) -> list[str]:
        """The words on the page, in order: headings, Markdown, HTML, notices, metrics, links."""
        return [node.text for node in self.elements if node.text]

    @property
    def ok(self) -> bool:
        """Finished, and with no exception shown."""
        return not self.exceptions and self.status.endswith("SUCCESSFULLY")


@dataclass(slots=True)
class Request:
    """A request under way and what has come back for it so far; `fragment_id` is "" for the whole script.

    `is_history` marks back and forward, in answer to which a browser replaces its history entry and adds none.
    """

    address: str
    socket_bytes: int
    fragment_id: str = ""
    is_history: bool = False
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    started: float = field(default_factory=time.perf_counter)
    seconds: float | None = None
    messages: int = 0
    references: int = 0
    run_ids: list[str] = field(default_factory=list)
    failed_on_arrival: bool = False
    exceptions: list[ScriptException] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)
    history_entries: int = 0
    status: str = ""
    page_not_found: bool = False

    def address_pushed(self, query: str, before: str) -> None:
        """The server set the query string; `before` is the one that was in the address bar."""
        self.pushed.append(query)
        self.history_entries += query != before and not self.is_history

    def script_started(self, message: ForwardMsg) -> None:
        """A script run began; it belongs here unless it is another fragment's."""
        run = message.metadata.run
        if self.seconds is None and (not run.fragment_ids or self.fragment_id in run.fragment_ids):
            self.run_ids.append(run.script_run_id)
            # A request that the server itself could not handle is answered by an empty run and then the exception.
            self.failed_on_arrival = not message.new_session.page_script_hash

    def script_finished(self, message: ForwardMsg) -> None:
        """A script run ended; the request's last one stops the clock."""
        status = message.script_finished
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN or message.metadata.run.script_run_id not in self.run_ids:
            return
        if status != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY or self.fragment_id:
            self.seconds = time.perf_counter() - self.started
            self.status = ForwardMsg.ScriptFinishedStatus.Name(status)

    def finish(self) -> None:
        """Nothing more will come: hand over."""
        if self.seconds is not None and not self.done.done():
            self.done.set_result(None)

    def run(self, socket_bytes: int, elements: Iterable[Node]) -> Run:
        """The result, with the socket's count of bytes now and the current page."""
        return Run(
            address=self.address,
            seconds=self.seconds or 0.0,
            bytes_received=socket_bytes - self.socket_bytes,
            messages=self.messages,
            references=self.references,
            script_runs=len(self.run_ids),
            exceptions=tuple(self.exceptions),
            elements=tuple(elements),
            query_string=self.pushed[-1] if self.pushed else None,
            history_entries=self.history_entries,
            status=self.status,
            page_not_found=self.page_not_found,
        )


class MessageCache:
    """Elements that the server may replace by a reference, kept for `max_age` runs after their last use."""

    def __init__(self) -> None:
        self._messages: dict[str, tuple[bytes, int, str]] = {}
        self._runs = 0

    def hashes(self) -> list[str]:
        """The hashes that a rerun request names, so that the server may refer to them."""
        return list(self._messages)

    def resolve(self, message: ForwardMsg, data: bytes, request: Request | None = None) -> ForwardMsg:
        """The message itself, or the cached one that it refers to, with the reference's metadata (place, script)."""
        if message.WhichOneof("type") != "ref_hash":
            if message.metadata.cacheable and message.hash not in self._messages:
                self._messages[message.hash] = (data, self._runs, message.delta.fragment_id)
            return message
        try:
            cached, _, fragment_id = self._messages[message.ref_hash]
        except KeyError:
            raise ProtocolError(f"the server refers to message {message.ref_hash}, which is not cached") from None
        self._messages[message.ref_hash] = (cached, self._runs, fragment_id)
        if request is not None:
            request.references += 1
        full = ForwardMsg.FromString(cached)
        full.metadata.CopyFrom(message.metadata)
        return full

    def end_run(self, max_age: int, fragment_ids: Iterable[str]) -> None:
        """Forget what was not used for more than `max_age` runs; a fragment's run removes only its own elements."""
        self._runs += 1
        fragments = set(fragment_ids)
        self._messages = {
            key: entry
            for key, entry in self._messages.items()
            if (fragments and entry[2] not in fragments) or self._runs - entry[1] <= max_age
        }
