"""What a machine lacks for a cluster."""

import subprocess
import sys

ENDS_WITHIN_S = 60.0  # a loaded machine; one that begins to build takes minutes


def test_missing_programs_are_named_together() -> None:
    """With what to install; nothing was begun."""
    line = [sys.executable, "-m", "tests.cluster"]
    ended = subprocess.run(line, env={"PATH": ""}, capture_output=True, text=True, timeout=ENDS_WITHIN_S, check=False)
    assert ended.returncode == 2
    assert ended.stdout == ""
    for wanted in ("Go 1.24", "openjdk-17-jre-headless", "apt-get install maven"):
        assert wanted in ended.stderr
