"""The program as it is deployed: a process with settings in its environment, and signals."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from moderator.config import TopicSettings

STARTS_WITHIN_S = 60.0  # a loaded machine
ENDS_WITHIN_S = 60.0  # a drain of twenty seconds, and a loaded machine


class AgentProcess:
    """`moderator agent` from `with` until its end at the latest."""

    def __init__(
        self,
        bootstrap_servers: str,
        topics: TopicSettings,
        group: str,
        log: Path,
        settings: Mapping[str, str],
        arguments: Sequence[str] = (),
    ) -> None:
        """`settings` by the names of their variables without the prefix."""
        self._log = log
        self._arguments = arguments
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("MODERATOR_")} | {
            "MODERATOR_KAFKA__BOOTSTRAP_SERVERS": bootstrap_servers,
            "MODERATOR_KAFKA__GROUP_ID": group,
            "MODERATOR_KAFKA__SESSION_TIMEOUT_MS": "3000",
            "MODERATOR_KAFKA__MAX_POLL_RECORDS": "50",  # many batches, so that there is always one in the middle
            "MODERATOR_MODEL__THREADS": "1",
            "MODERATOR_HTTP__PORT": "0",
            **{f"MODERATOR_TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
            **{f"MODERATOR_{name}": value for name, value in settings.items()},
        }

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "moderator", "agent", *self._arguments],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.kill()
        if error is not None:
            error.add_note(f"{self._log.name}:\n{self._log.read_text(errors='replace')[-4_000:]}")

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def port(self) -> int:
        """Where its probes and metrics are, as soon as it says so."""
        port: int = json.loads(self._line('"probes"'))["port"]
        return port

    def until_joined(self) -> None:
        """Return when it is a member of its group: from then on it waits for a broker that goes away."""
        self._line('"assigned"')

    def _line(self, holds: str) -> str:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            for line in self._log.read_text(encoding="utf-8").splitlines(keepends=True):
                if holds in line and line.endswith("\n"):  # written to its end
                    return line
            time.sleep(0.05)
        raise AssertionError(f"{self._log.name}: no line with {holds}")

    def kill(self) -> None:
        """SIGKILL: it gets no chance to finish anything."""
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """SIGSTOP: it does nothing, and its group takes it for dead after the session timeout."""
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM, and its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(ENDS_WITHIN_S)
