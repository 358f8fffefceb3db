"""One soak, from an empty broker to the audit's report."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moderator.config import TopicSettings
from tests.e2e.program import run
from tests.soak.feeder import Feeder
from tests.soak.fleet import FEWEST, MOST, Fleet, agent_settings
from tests.soak.schedule import Event, Fault, schedule
from tests.support.real_kafka import RealKafka

GROUP = "soak"
PARTITIONS = 6
FROZEN_S = 4.0  # longer than the session timeout of three seconds: it wakes up as a zombie
BROKER_AWAY_S = 2.0
DRAINED_WITHIN_S = 300.0
LOOK_S = 1.0


@dataclass(slots=True)
class Soak:
    """What happened. `report` is the audit's."""

    seed: int
    written: int = 0
    faults: Counter[Fault] = field(default_factory=Counter)
    agents_started: int = 0
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


def soak(kafka: RealKafka, folder: Path, seconds: float, seed: int, rate: float, tell: Callable[[str], None]) -> Soak:
    """Feed `rate` messages a second for `seconds` while things go wrong, let the agents finish, and audit.

    Raises AssertionError when they do not finish.
    """
    topics = TopicSettings()
    kafka.create_topics(dict.fromkeys(topics.model_dump().values(), PARTITIONS))
    settings = agent_settings(kafka.bootstrap_servers, topics, GROUP)
    result = Soak(seed)
    fleet = Fleet(settings, folder)
    started = time.monotonic()
    try:
        with Feeder(kafka.bootstrap_servers, topics.messages, rate, seed) as feeder:
            for event in schedule(seed, seconds):
                _wait_until(started + event.at_s, fleet)
                _happen(event, fleet, kafka)
                result.faults[event.fault] += 1
                tell(f"{time.monotonic() - started:7.1f} s  {feeder.written:>9,} written  {event.fault}")
            _wait_until(started + seconds, fleet)
        result.written, result.failed_writes = feeder.written, feeder.failed
        result.seconds = time.monotonic() - started
        tell(f"{result.seconds:7.1f} s  {result.written:>9,} written  no more; the agents finish")
        result.report = _finished(settings, fleet, tell)
        result.drained_s = time.monotonic() - started - result.seconds
        fleet.stop_all()
    finally:
        fleet.close()
    result.agents_started, result.exits = fleet.started, Counter(fleet.exits)
    return result


def _wait_until(deadline: float, fleet: Fleet) -> None:
    while (left := deadline - time.monotonic()) > 0:
        fleet.revive(FEWEST + 1)
        time.sleep(min(LOOK_S, left))


def _happen(event: Event, fleet: Fleet, kafka: RealKafka) -> None:
    running = fleet.running
    chosen = running[int(event.draw * len(running))] if running else None
    match event.fault:
        case Fault.ADD_AGENT if len(running) < MOST:
            fleet.add()
        case Fault.REMOVE_AGENT | Fault.STOP_AGENT if chosen is not None:
            fleet.stop(chosen)
            if event.fault is Fault.STOP_AGENT:
                fleet.add()
        case Fault.KILL_AGENT if chosen is not None:
            fleet.kill(chosen)
            fleet.add()
        case Fault.FREEZE_AGENT if chosen is not None:
            fleet.freeze(chosen)
            time.sleep(FROZEN_S)
            fleet.wake()
        case Fault.HANG_AGENT:
            fleet.hang_one()
        case Fault.KILL_BROKER:
            kafka.kill()
            time.sleep(BROKER_AWAY_S)
            kafka.start()
        case Fault.STOP_BROKER:
            kafka.restart()
        case _:
            pass  # nobody there whom it could meet


def _finished(settings: dict[str, str], fleet: Fleet, tell: Callable[[str], None]) -> dict[str, Any]:
    """The audit's report once nothing is pending any more."""
    deadline = time.monotonic() + DRAINED_WITHIN_S
    while True:
        fleet.revive(FEWEST + 1)
        result = run("audit", "--json", settings=settings)
        report: dict[str, Any] = json.loads(result.stdout) if result.stdout else {}
        pending = sum(part["pending"] for part in report["partitions"]) if report else None
        if pending == 0:
            return report
        tell(f"           {pending} pending")
        assert time.monotonic() < deadline, f"not finished: {report or result.stderr.decode()}"
        time.sleep(LOOK_S)
