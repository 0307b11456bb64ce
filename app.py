"""Samvad: who met, who came and what was said at multilateral security meetings.

``streamlit run app.py`` serves the pages and the data API from one process and address. The server
imports this file for ``app``; each session runs it as a script for the page.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from lib.api.routes import routes
    from lib.ui.pages import PAGES
    from lib.ui.runtime import STORE, api_starts, today, warm_up
    from lib.ui.served import served_document

    # A folder named pages/ otherwise makes Streamlit run a page alone, without its frame, until somebody has opened the root.
    PagesManager.uses_pages_directory = False
    warm_up()
    titles = {name: page.title for name, page in PAGES.items()}
    app = st.App(__file__, routes=routes(STORE, st.get_option("server.baseUrlPath"), titles, served_document(), today))
    api_starts()
else:
    from lib.ui.shell import run

    run()
