"""The guards of the test suite guard: each is seen failing what it should fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SKIPPING = """
import pytest

def test_skipped():
    pytest.skip("no broker")
"""
SKIPPED_FILE = """
import pytest

pytest.skip("no broker", allow_module_level=True)
"""
FORGOTTEN_TASK = """
import asyncio

async def test_forgotten():
    async def failing():
        raise ZeroDivisionError
    task = asyncio.create_task(failing())
    await asyncio.sleep(0)
    del task
"""
LOGGED_ERROR = """
import logging

def test_logged():
    logging.getLogger("moderator.anything").error("it failed")
"""
STRUCTLOG_ERROR = """
from moderator.telemetry.log import get_logger

def test_logged():
    get_logger("moderator.anything").error("it failed")
"""
WANTED_ERROR = """
from moderator.telemetry.log import get_logger

def test_logged(swallowed_errors):
    get_logger("moderator.anything").error("it failed")
    assert swallowed_errors
    swallowed_errors.clear()
"""
FINE = """
import asyncio
import logging

async def test_fine():
    logging.getLogger("aiokafka").error("for its authors")
    await asyncio.create_task(asyncio.sleep(0))
"""


def _run(folder: Path, test: str, *, ci: bool) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text("from tests.conftest import *\n")
    (folder / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")
    (folder / "test_it.py").write_text(test)
    environment = {**os.environ, "CI": "true" if ci else "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("test", [FORGOTTEN_TASK, LOGGED_ERROR, STRUCTLOG_ERROR], ids=["task", "logging", "structlog"])
def test_a_swallowed_error_fails(tmp_path: Path, test: str) -> None:
    """Whether it was logged or left in a task."""
    ended = _run(tmp_path, test, ci=False)
    assert ended.returncode == 1
    assert "swallowed errors" in ended.stdout


@pytest.mark.parametrize("test", [WANTED_ERROR, FINE], ids=["wanted", "others"])
def test_other_errors_do_not(tmp_path: Path, test: str) -> None:
    """Those that the test asked for, and what libraries say to their authors."""
    assert _run(tmp_path, test, ci=True).returncode == 0


@pytest.mark.parametrize("test", [SKIPPING, SKIPPED_FILE], ids=["test", "file"])
def test_a_skip_fails_in_ci_only(tmp_path: Path, test: str) -> None:
    """A test that did not run has proven nothing."""
    ended = _run(tmp_path, test, ci=True)
    assert ended.returncode != 0
    assert "CI=true forbids" in ended.stdout
    assert _run(tmp_path, test, ci=False).returncode in (0, 5)  # 5: no test was left
