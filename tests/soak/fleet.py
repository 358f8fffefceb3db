"""The agents of a soak: processes of one group, each with a log file, half of them static members of it."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from moderator.config import TopicSettings
from tests.soak.faulty_agent import HANG_FILE

ENDS_WITHIN_S = 60.0
FEWEST, MOST = 1, 4


class Fleet:
    """Agents that run until they are told otherwise; `revive` starts those that have ended in place of themselves."""

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self.folder = folder
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("MODERATOR_")}
        self._environment |= {f"MODERATOR_{name}": value for name, value in settings.items()}
        self._environment[HANG_FILE] = str(folder / "hang")
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._places: dict[int, int] = {}  # by number; an agent in an odd place is a static member named after it
        self._frozen: set[int] = set()
        self._numbers = iter(range(1_000_000))
        self.exits: list[int] = []  # statuses of agents that ended without being killed
        self.started = 0

    @property
    def running(self) -> list[int]:
        """Numbers of those that run and are not frozen."""
        return [
            number
            for number, process in self._processes.items()
            if process.poll() is None and number not in self._frozen
        ]

    def add(self, *, full_disk: bool = False) -> None:
        """One more agent, in a free place. With full disks no file grows, and what it writes to stdout is refused."""
        place = next(place for place in count() if place not in self._places.values())
        number = next(self._numbers)
        self.started += 1
        environment = self._environment | {"MODERATOR_KAFKA__CLIENT_ID": f"agent-{number}"}
        if place % 2:
            environment["MODERATOR_KAFKA__GROUP_INSTANCE_ID"] = f"place-{place}"
        log_file = Path("/dev/full") if full_disk else self.folder / f"agent-{number}.log"
        with log_file.open("ab") as log:
            self._processes[number] = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.faulty_agent"],
                env=environment,
                stdout=log,
                stderr=log,
                preexec_fn=_no_file_grows if full_disk else None,  # noqa: PLW1509  no threads are held up by it
            )
        self._places[number] = place

    def kill(self, number: int) -> None:
        """SIGKILL."""
        process = self._leave(number)
        process.kill()
        process.wait()

    def stop(self, number: int) -> None:
        """SIGTERM; it must end by itself."""
        process = self._processes[number]
        process.send_signal(signal.SIGTERM)
        self.exits.append(process.wait(ENDS_WITHIN_S))
        self._leave(number)

    def roll(self) -> None:
        """Restart one after the other. A static member takes its partitions up again where it stands."""
        for number in self.running:
            self.stop(number)
            self.add()

    def freeze(self, number: int) -> None:
        """SIGSTOP."""
        self._processes[number].send_signal(signal.SIGSTOP)
        self._frozen.add(number)

    def wake(self) -> None:
        """SIGCONT to all that are frozen."""
        for number in self._frozen:
            if number in self._processes:
                self._processes[number].send_signal(signal.SIGCONT)
        self._frozen.clear()

    def hang_one(self) -> None:
        """The next call of a model hangs, in whichever agent."""
        (self.folder / "hang").touch()

    def revive(self, at_least: int) -> None:
        """A new agent for each that has ended by itself, and until there are `at_least`."""
        for number, process in list(self._processes.items()):
            if (status := process.poll()) is not None:
                self.exits.append(status)
                self._leave(number)
                self.add()
        while len(self._processes) < at_least:
            self.add()

    def stop_all(self) -> None:
        """SIGTERM to all, and wait."""
        self.wake()
        for number in list(self._processes):
            self.stop(number)

    def _leave(self, number: int) -> subprocess.Popen[bytes]:
        """Its place is free."""
        del self._places[number]
        self._frozen.discard(number)
        return self._processes.pop(number)

    def close(self) -> None:
        """Nothing is left behind."""
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()


def _no_file_grows() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def agent_settings(bootstrap_servers: str, topics: TopicSettings, group: str) -> dict[str, str]:
    """Of every agent, by the names of their variables without the prefix."""
    return {
        "KAFKA__BOOTSTRAP_SERVERS": bootstrap_servers,
        "KAFKA__GROUP_ID": group,
        "KAFKA__SESSION_TIMEOUT_MS": "3000",
        "KAFKA__MAX_POLL_RECORDS": "100",
        "MODEL__THREADS": "1",
        "MODEL__PROVIDER": "CPUExecutionProvider",  # it loads fastest, and agents that are killed load again and again
        "HTTP__PORT": "0",
        "HANG_TIMEOUT_S": "15",  # a loaded machine; a batch takes a tenth of a second
        "DEAD_LETTER_BRAKE__PART": "1",
        **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
    }
