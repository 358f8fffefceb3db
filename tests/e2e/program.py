"""`python -m moderator` as a process with settings of its own, whatever this machine's environment holds."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ENDS_WITHIN_S = 60.0  # on a loaded machine; only a hanging program takes this long
COMMAND = (sys.executable, "-m", "moderator")
NOBODY_LISTENS = "127.0.0.1:1"
# It loads fastest; that the other provider gives the same is held by the tests of inference.
CPU = {"MODEL__PROVIDER": "CPUExecutionProvider"}
NONE: Mapping[str, str] = {}


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's, with these settings, by the names of their variables without the prefix, and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("MODERATOR_")}
    return inherited | {f"MODERATOR_{name}": value for name, value in {**CPU, **settings}.items()}


def run(
    *arguments: str | Path, stdin: bytes = b"", settings: Mapping[str, str] = NONE, within_s: float = ENDS_WITHIN_S
) -> subprocess.CompletedProcess[bytes]:
    """The ended program."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=within_s,
        env=environment(settings),
        check=False,
    )


class Running:
    """A program that runs until it is told to stop, and what it has written so far."""

    def __init__(self, command: Sequence[str], settings: Mapping[str, str] = NONE) -> None:
        self._command = command
        self._environment = environment(settings)
        self._written = threading.Condition()
        self._lines: list[str] = []
        self.errors = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._readers = [threading.Thread(target=self._read_output), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._ended()
        if error is not None:
            error.add_note(self.output + self.errors)

    @property
    def output(self) -> str:
        """Everything on standard output until now."""
        with self._written:
            return "".join(self._lines)

    def until(self, word: str) -> str:
        """Wait for a line with `word` on standard output and return it."""
        found: list[str] = []

        def arrived() -> bool:
            found[:] = [line for line in self._lines if word in line]
            return bool(found) or self._process.poll() is not None

        with self._written:
            assert self._written.wait_for(arrived, ENDS_WITHIN_S)
        assert found, f"ended with {self._process.returncode} before it wrote {word!r}"
        return found[0]

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and return the exit status."""
        self._process.send_signal(by)
        return self.status()

    def status(self) -> int:
        """The exit status, when it ends."""
        status = self._process.wait(ENDS_WITHIN_S)
        self._ended()
        return status

    def _ended(self) -> None:
        self._process.wait(ENDS_WITHIN_S)
        for reader in self._readers:
            reader.join()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()

    def _read_output(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with self._written:
                self._lines.append(line)
                self._written.notify_all()
        with self._written:
            self._written.notify_all()

    def _read_errors(self) -> None:
        assert self._process.stderr
        self.errors = self._process.stderr.read()
