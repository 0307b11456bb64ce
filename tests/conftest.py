"""What applies to all tests."""

from __future__ import annotations

import pytest

DRIVEN = ("tests/browser/", "tests/test_bench.py", "tests/test_hostile_links.py")
"""Tests that drive a server and a browser of their own, several at once on a small machine."""

MOST_TRIED_AGAIN = 3
"""Driven tests of a session that a starved machine may explain; where more have to be tried again, a race is likelier."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Driven tests that fail are tried again, once: a process that the machine starved says nothing about the dashboard.

    Not with ``-p no:rerunfailures``: that shows whether any needs it.
    """
    for item in items if config.pluginmanager.hasplugin("rerunfailures") else ():
        if item.nodeid.startswith(DRIVEN):
            item.add_marker(pytest.mark.flaky(reruns=1))


def tried_again(config: pytest.Config) -> list[str]:
    """The tests that were tried again in this session, of all workers."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return sorted({report.nodeid for report in reporter.stats.get("rerun", ())}) if reporter else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session in which more than ``MOST_TRIED_AGAIN`` tests were tried again, even if all passed in the end."""
    if len(tried_again(session.config)) > MOST_TRIED_AGAIN and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were tried again, and which."""
    again = tried_again(config)
    if again:
        many = (
            f", more than the {MOST_TRIED_AGAIN} that the machine may be blamed for: the session fails"
            if len(again) > MOST_TRIED_AGAIN
            else ""
        )
        terminalreporter.section("tried again")
        terminalreporter.write_line(f"{len(again)} tried again{many}")
        for name in again:
            terminalreporter.write_line(f"  {name}")
