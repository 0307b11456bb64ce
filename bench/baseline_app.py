"""The real app with one page more: /title shows a title and nothing else, without the filter bar.

A rerun of that page in the same server, with the same modules loaded and the same sessions open, is what Streamlit
itself costs; the other pages are measured against it. Start it in the repository's folder (`serve(..., folder=...)`),
so that `lib` and `.streamlit/config.toml` are found. What was tried is tried by the environment: with
SAMVAD_BENCH_UNFROZEN the garbage collector sees everything that was loaded, with SAMVAD_BENCH_NODELAY the server sends
each message at once, however small (Linux), with SAMVAD_BENCH_AT_ONCE no script waits for its turn.
"""

from __future__ import annotations

import contextlib
import gc
import os
import socket
from collections.abc import AsyncIterator

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from lib.api.routes import routes
    from lib.ui.runtime import STORE, api_starts, warm_up

    @contextlib.asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        """Connections inherit the option from the socket that listens, which is bound before this begins."""
        for descriptor in os.listdir("/proc/self/fd") if os.environ.get("SAMVAD_BENCH_NODELAY") else ():
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(descriptor))) as one:
                if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield

    PagesManager.uses_pages_directory = False
    warm_up()
    if os.environ.get("SAMVAD_BENCH_UNFROZEN"):
        gc.unfreeze()
    app = st.App(__file__, routes=routes(STORE, st.get_option("server.baseUrlPath")), lifespan=lifespan)
    api_starts()
else:
    from lib.ui import shell

    if os.environ.get("SAMVAD_BENCH_AT_ONCE"):
        shell.TURN = contextlib.nullcontext()

    def title_only() -> None:
        """The least that a page can show."""
        st.title("Title only")

    shell.run([st.Page(title_only, title="Title only", url_path="title")])
