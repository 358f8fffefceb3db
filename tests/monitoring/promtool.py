"""Prometheus's own programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

ENDS_WITHIN_S = 120.0  # on a loaded machine


def program(name: str) -> str:
    """Where `promtool` or `prometheus` is; fails the test where it is not."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"the tests need {name}; on Debian: apt-get install prometheus", pytrace=False)
    return found


def promtool(*arguments: str | Path) -> None:
    """Run it; what it finds fails the test."""
    line = [program("promtool"), *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=ENDS_WITHIN_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
