"""A Streamlit server of one's own for the length of a `with` block, on a free port of 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ServerError(Exception):
    """The server did not become healthy; the message ends with the last lines that it wrote."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process id, and the file that takes its standard error and output."""

    base: str
    pid: int
    log: Path

    def written(self) -> str:
        """All that it has written so far; tracebacks of the app's exceptions are in it."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def serve(
    script: Path,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    prefix: str = "",
    python: str = sys.executable,
    timeout: float = 60.0,
) -> Iterator[Server]:
    """Run `streamlit run <script>` and yield it once it is healthy; at the end its whole process group is ended.

    It runs in `folder`, by default the script's: `.streamlit/config.toml` is read and modules are imported from there.
    `environment` is added to the present one (`SAMVAD_DATA` and the like), `options` are Streamlit's; the test of a
    page's exceptions wants `("--client.showErrorDetails", "full")`, which otherwise reach the log only. `prefix` is the
    path under which it serves (`/samvad`), and part of the address.
    """
    port = _free_port()
    command = [python, "-m", "streamlit", "run", str(script.resolve()), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command += ["--server.baseUrlPath", prefix] if prefix else []
    with tempfile.NamedTemporaryFile(prefix="server-", suffix=".log", delete=False) as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=folder or script.parent,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a process group of its own, so that children end with it
        )
    server = Server(f"http://127.0.0.1:{port}{prefix}", process.pid, Path(log.name))
    try:
        _wait_until_healthy(process, server, timeout)
        yield server
    except Exception as error:
        if process.poll() is not None:
            error.add_note(f"The server had ended by itself with {process.returncode}.")
        error.add_note(
            f"The server wrote: …{server.written()[-2000:]}"
        )  # a page's exception is told there, not on the page
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        server.log.unlink(missing_ok=True)


def _wait_until_healthy(process: subprocess.Popen[bytes], server: Server, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            if opener.open(f"{server.base}/_stcore/health", timeout=2).status == 200:
                return
        time.sleep(0.05)
    state = f"is not healthy after {timeout:g} s" if process.poll() is None else f"ended with {process.returncode}"
    raise ServerError(f"the server {state}; it wrote: …{server.written()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
