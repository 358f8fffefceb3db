"""An agent as a process, with what it took of the machine."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from signal import SIGTERM
from typing import Self

from tests.e2e.program import COMMAND, environment

ENDS_WITHIN_S = 60.0  # a drain of twenty seconds, and a loaded machine
LOOK_S = 0.1


class MeasuredAgent:
    """`moderator agent` as a process, from `with` on. It is never started again."""

    def __init__(self, settings: Mapping[str, str], log: Path) -> None:
        self._settings = settings
        self._log = log

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "agent"], env=environment(self._settings), stdout=log, stderr=log
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()

    def require_running(self) -> None:
        """Raises AssertionError with what it said last."""
        assert self._process.poll() is None, self._log.read_text(errors="replace")[-4_000:]

    def stop(self) -> tuple[int, float]:
        """SIGTERM; its exit code, and its peak of memory in MB."""
        self._process.send_signal(SIGTERM)
        deadline = time.monotonic() + ENDS_WITHIN_S
        while True:
            number, status, used = os.wait4(self._process.pid, os.WNOHANG)
            if number:
                break
            assert time.monotonic() < deadline, "the agent did not end"
            time.sleep(LOOK_S)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        in_mb = 1024 * (1024 if sys.platform == "darwin" else 1)
        return self._process.returncode, used.ru_maxrss / in_mb
