"""`moderator agent` as a process: when it is ready, what it holds in memory."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from prometheus_client.samples import Sample

from load.scraped import scraped
from moderator.config import TopicSettings
from tests.support.real_kafka import free_ports

READY_WITHIN_S = 60.0
ENDS_WITHIN_S = 60.0
POLL_S = 0.01
PROBE_TIMEOUT_S = 1.0
RESET_PEAK = "5"  # what proc(5) names for it
LOG_TAIL_CHARACTERS = 4_000


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings of the program and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MODERATOR_")}
    return inherited | {f"MODERATOR_{name}": value for name, value in settings.items()}


class AgentProcess:
    """A running agent. Times are seconds since just before its process was made, memory is in MB (10^6 bytes)."""

    def __init__(self, variables: Mapping[str, str], port: int, log: Path) -> None:
        self._log = log
        self._port = port
        self.started_at = time.time()
        self._started = time.perf_counter()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "moderator", "agent"], env=variables, stdout=output, stderr=subprocess.STDOUT
            )
        self._seen = psutil.Process(self._process.pid)
        self._peak_mb = 0.0
        self.ready_after_s = 0.0

    def until_ready(self) -> float:
        """Return, and note, the time at which /readyz says yes. Raises RuntimeError if it ends or takes a minute."""
        while not self._ready():
            self.require_running()
            if self._age() > READY_WITHIN_S:
                raise RuntimeError(f"not ready within {READY_WITHIN_S:.0f} s:\n{self._tail()}")
            time.sleep(POLL_S)
        self.ready_after_s = self._age()
        return self.ready_after_s

    def require_running(self) -> None:
        """Raise RuntimeError if it has ended; note its memory for the peak."""
        if self._process.poll() is not None:
            raise RuntimeError(f"the agent ended with {self._process.returncode}:\n{self._tail()}")
        self._peak_mb = max(self._peak_mb, self.resident_mb())

    def resident_mb(self) -> float:
        """Memory at this moment."""
        return float(self._seen.memory_info().rss) / 1e6

    def scraped(self) -> list[Sample]:
        """Its metrics at this moment."""
        return scraped(self._port)

    def forget_peak(self) -> None:
        """Let the peak begin anew with what it holds now; where the kernel cannot, that of the start counts too."""
        self._peak_mb = 0.0
        with suppress(OSError):
            Path(f"/proc/{self._process.pid}/clear_refs").write_text(RESET_PEAK, encoding="ascii")

    def peak_mb(self) -> float:
        """The most that it held: the kernel's own mark where there is one, else the most that was seen."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return self._peak_mb
        (mark,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) * 1024 / 1e6

    def stop(self) -> float:
        """SIGTERM; return the seconds until it has ended. Raises RuntimeError unless it ends well."""
        told = time.perf_counter()
        self._process.terminate()
        if self._process.wait(ENDS_WITHIN_S):
            raise RuntimeError(f"the agent ended with {self._process.returncode}:\n{self._tail()}")
        return time.perf_counter() - told

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _age(self) -> float:
        return time.perf_counter() - self._started

    def _ready(self) -> bool:
        probe = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PROBE_TIMEOUT_S)
        try:
            probe.request("GET", "/readyz")
            return probe.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            probe.close()

    def _tail(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL_CHARACTERS:]


def start_agent(
    bootstrap_servers: str, topics: TopicSettings, group: str, provider: str, folder: Path, **settings: str
) -> AgentProcess:
    """An agent with default settings but for where it reads and writes, and `settings`; whoever starts it ends it."""
    (port,) = free_ports(1)
    variables = environment(
        KAFKA__BOOTSTRAP_SERVERS=bootstrap_servers,
        KAFKA__GROUP_ID=group,
        MODEL__PROVIDER=provider,
        HTTP__PORT=str(port),
        **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
        **settings,
    )
    return AgentProcess(variables, port, folder / f"{group}-{port}.log")


@contextmanager
def running_agent(
    bootstrap_servers: str, topics: TopicSettings, group: str, provider: str, folder: Path, **settings: str
) -> Iterator[AgentProcess]:
    """As start_agent has it; stopped at the end."""
    agent = start_agent(bootstrap_servers, topics, group, provider, folder, **settings)
    try:
        yield agent
        agent.stop()
    finally:
        agent.kill()
