"""One soak, from an empty broker to the audit's report."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from moderator.config import TopicSettings
from tests.e2e.program import run
from tests.soak.cluster import Cluster
from tests.soak.faults import happen
from tests.soak.feeder import Feeder
from tests.soak.fleet import FEWEST, Fleet, agent_settings
from tests.soak.schedule import QUIET_START_S, Fault, possible, schedule

GROUP = "soak"
PARTITIONS = 6
ASSIGNED = '"event": "assigned"'
DRAINED_WITHIN_S = 900.0  # a long soak on a small machine leaves a backlog
LOOK_S = 1.0


@dataclass(slots=True)
class Soak:
    """What happened. `report` is the audit's."""

    seed: int
    brokers: int
    written: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    agents_started: int = 0
    rebalances: int = 0
    exits: Counter[int] = field(default_factory=Counter)
    failed_writes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    drained_s: float = 0.0
    report: dict[str, Any] = field(default_factory=dict)

    def total(self, figure: str) -> int:
        """Of the audit, over all partitions."""
        return sum(part[figure] for part in self.report["partitions"])

    @property
    def passed(self) -> bool:
        """Everything that was written is answered, and nothing else is."""
        answered = self.report["sound"] and self.total("answered") == self.total("messages") == self.written
        return bool(answered) and not self.failed_writes


def soak(cluster: Cluster, folder: Path, seconds: float, seed: int, rate: float, tell: Callable[[str], None]) -> Soak:
    """Feed `rate` messages a second while things go wrong, let the agents finish, and audit.

    It goes on for `seconds`, and until each fault has happened. Raises AssertionError when they do not finish.
    """
    topics = TopicSettings()
    names = list(topics.model_dump().values())
    cluster.create_topics(names, PARTITIONS)
    faults = possible(len(cluster.nodes))
    result = Soak(seed, len(cluster.nodes))
    fleet = Fleet(agent_settings(cluster.proxied_servers, topics, GROUP), folder)
    started = time.monotonic()
    try:
        with Feeder(cluster.bootstrap_servers, topics.messages, rate, seed) as feeder:
            _wait(QUIET_START_S, fleet)
            for event in schedule(seed, faults):
                if time.monotonic() - started > seconds and result.faults.keys() >= set(faults):
                    break
                _wait(event.gap_s, fleet)
                if happen(event, fleet, cluster, names):
                    result.faults[event.fault] += 1
                    tell(f"{time.monotonic() - started:7.1f} s  {feeder.written:>9,} written  {event.fault}")
        result.written, result.failed_writes = feeder.written, feeder.failed
        result.seconds = time.monotonic() - started
        tell(f"{result.seconds:7.1f} s  {result.written:>9,} written  no more; the agents finish")
        result.report = _finished(agent_settings(cluster.bootstrap_servers, topics, GROUP), fleet, tell)
        result.drained_s = time.monotonic() - started - result.seconds
        fleet.stop_all()
    finally:
        fleet.close()
    result.agents_started, result.exits = fleet.started, Counter(fleet.exits)
    result.rebalances = rebalances(folder)
    return result


def rebalances(logs: Path) -> int:
    """How often the group was settled anew, at least: agents' lines that say so, those of a second taken together."""
    lines = (line for path in logs.glob("*.log") for line in path.read_text(encoding="utf-8").splitlines())
    whole = (json.loads(line) for line in lines if ASSIGNED in line and line.endswith("}"))  # a killed one's may be cut
    times = sorted(datetime.fromisoformat(line["timestamp"]).timestamp() for line in whole)
    return len(times[:1]) + sum(later - earlier > LOOK_S for earlier, later in pairwise(times))


def _wait(seconds: float, fleet: Fleet) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        fleet.revive(FEWEST + 1)
        time.sleep(min(LOOK_S, left))


def _finished(settings: dict[str, str], fleet: Fleet, tell: Callable[[str], None]) -> dict[str, Any]:
    """The audit's report once nothing is pending any more."""
    deadline = time.monotonic() + DRAINED_WITHIN_S
    while True:
        fleet.revive(FEWEST + 1)
        result = run("audit", "--json", settings=settings, within_s=DRAINED_WITHIN_S)
        report: dict[str, Any] = json.loads(result.stdout) if result.stdout else {}
        pending = sum(part["pending"] for part in report["partitions"]) if report else None
        if pending == 0:
            return report
        tell(f"           {pending} pending")
        assert time.monotonic() < deadline, f"not finished: {report or result.stderr.decode()}"
        time.sleep(LOOK_S)
