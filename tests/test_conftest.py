"""Tests that are tried again are counted, and too many of them fail the session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FLAKY = """
import pytest

seen = set()

@pytest.mark.parametrize("number", range({tests}))
def test_passes_the_second_time(number):
    again = number in seen
    seen.add(number)
    assert again
"""


@pytest.mark.parametrize(("tests", "code"), [(1, 0), (3, 0), (4, 1)])
def test_a_session_fails_where_more_than_three_tests_were_tried_again(tmp_path: Path, tests: int, code: int) -> None:
    (tmp_path / "tests" / "browser").mkdir(parents=True)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "tests" / "conftest.py").write_text((Path(__file__).parent / "conftest.py").read_text("utf-8"))
    (tmp_path / "tests" / "browser" / "test_flaky.py").write_text(FLAKY.format(tests=tests))
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-n1", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == code, found.stdout
    assert f"{tests} tried again" in found.stdout and f"test_passes_the_second_time[{tests - 1}]" in found.stdout
    assert ("the session fails" in found.stdout) == bool(code)
