"""What holds for all tests."""

from __future__ import annotations

import pytest

DRIVEN = ("tests/browser/", "tests/test_bench.py", "tests/test_hostile_links.py")
"""Tests that drive a server and a browser of their own, several at once on a small machine."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Driven tests that fail are tried again, once: a process that the machine let starve says nothing of the dashboard.

    Not with ``-p no:rerunfailures``: that shows whether any needs it.
    """
    for item in items if config.pluginmanager.hasplugin("rerunfailures") else ():
        if item.nodeid.startswith(DRIVEN):
            item.add_marker(pytest.mark.flaky(reruns=1))
