"""A program that is started again whenever it ends, as an orchestrator does."""

import subprocess
import threading
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.program import ENDS_WITHIN_S, environment

LOG_TAIL_CHARACTERS = 4_000


class Revived:
    """Runs `commands` one after the other, each when the one before it has ended, and the last one over and over."""

    def __init__(self, commands: Sequence[Sequence[str]], settings: Mapping[str, str], log: Path) -> None:
        self._commands = commands
        self._environment = environment(settings)
        self._log = log
        self._turn = threading.Lock()
        self._stopping = False
        self._reviving = threading.Thread(target=self._revive)
        self.statuses: list[int] = []  # of those that have ended

    def __enter__(self) -> Self:
        self._process = self._start(self._commands[0])
        self._reviving.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._turn:
            self._stopping = True
            self._process.kill()
        self._reviving.join()
        if error is not None:
            error.add_note(f"{self._log.name}, ended with {self.statuses}:\n{self.output[-LOG_TAIL_CHARACTERS:]}")

    @property
    def output(self) -> str:
        """What all of them have written until now."""
        return self._log.read_text(errors="replace")

    def kill(self) -> None:
        """SIGKILL to the one that runs."""
        with self._turn:
            self._process.kill()

    def stop(self) -> int:
        """SIGTERM to the one that runs, and its exit status; no other follows."""
        with self._turn:
            self._stopping = True
            self._process.terminate()
        self._reviving.join(ENDS_WITHIN_S)
        return self.statuses[-1]

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def _revive(self) -> None:
        for command in chain(self._commands[1:], repeat(self._commands[-1])):
            self.statuses.append(self._process.wait())
            with self._turn:
                if self._stopping:
                    return
                self._process = self._start(command)
