"""What goes wrong when: decided by a seed alone."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

QUIET_START_S = 5.0  # the first agents join undisturbed
GAPS_S = (0.5, 3.0)  # between one fault and the next


class Fault(StrEnum):
    """One thing that goes wrong."""

    KILL_AGENT = "agent killed"
    STOP_AGENT = "agent stopped by SIGTERM"
    FREEZE_AGENT = "agent frozen past its session, then woken"
    ADD_AGENT = "agent joins"
    REMOVE_AGENT = "agent leaves"
    HANG_AGENT = "inference hangs"
    FILL_DISK = "agent starts with full disks"
    ROLL_AGENTS = "agents restarted one after the other"
    KILL_BROKER = "broker killed"
    STOP_BROKER = "broker restarted"
    MOVE_LEADERS = "partitions get other leaders"
    FEW_REPLICAS = "too few replicas in sync"
    SLOW_NETWORK = "network slow"
    CUT_NETWORK = "network cuts connections half-way"
    LOSE_NETWORK = "network loses everything"


# How often each comes, relative to the others. A broker that is away holds up everything, so it is rare.
WEIGHTS = {
    Fault.KILL_AGENT: 16,
    Fault.STOP_AGENT: 6,
    Fault.FREEZE_AGENT: 3,
    Fault.ADD_AGENT: 3,
    Fault.REMOVE_AGENT: 3,
    Fault.HANG_AGENT: 1,
    Fault.FILL_DISK: 1,
    Fault.ROLL_AGENTS: 1,
    Fault.KILL_BROKER: 1,
    Fault.STOP_BROKER: 1,
    Fault.MOVE_LEADERS: 1,
    Fault.FEW_REPLICAS: 1,
    Fault.SLOW_NETWORK: 1,
    Fault.CUT_NETWORK: 1,
    Fault.LOSE_NETWORK: 1,
}
OF_SEVERAL_BROKERS = frozenset({Fault.MOVE_LEADERS, Fault.FEW_REPLICAS})


@dataclass(frozen=True, slots=True)
class Event:
    """A fault, `gap_s` seconds after the one before is over; `draw` in [0, 1) decides whom it meets."""

    gap_s: float
    fault: Fault
    draw: float


def possible(brokers: int) -> list[Fault]:
    """The faults that a cluster of so many brokers can have."""
    return [fault for fault in Fault if brokers > 1 or fault not in OF_SEVERAL_BROKERS]


def schedule(seed: int, faults: Sequence[Fault]) -> Iterator[Event]:
    """Events without end: first one of each, in an order of the seed's."""
    draw = random.Random(seed)
    each = list(faults)
    draw.shuffle(each)
    while True:
        fault = each.pop() if each else draw.choices(faults, [WEIGHTS[fault] for fault in faults])[0]
        yield Event(draw.uniform(*GAPS_S), fault, draw.random())
