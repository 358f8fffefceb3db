"""What goes wrong when: decided by a seed alone."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

QUIET_START_S = 5.0  # the first agents join undisturbed
QUIET_END_S = 10.0  # what is broken at the end of a soak has time to come back
GAPS_S = (0.5, 3.0)  # between one fault and the next


class Fault(StrEnum):
    """One thing that goes wrong."""

    KILL_AGENT = "agent killed"
    STOP_AGENT = "agent stopped by SIGTERM"
    FREEZE_AGENT = "agent frozen past its session, then woken"
    ADD_AGENT = "agent joins"
    REMOVE_AGENT = "agent leaves"
    HANG_AGENT = "inference hangs"
    KILL_BROKER = "broker killed"
    STOP_BROKER = "broker restarted"


# How often each comes, relative to the others. A broker that is away holds up everything, so it is rare.
WEIGHTS = {
    Fault.KILL_AGENT: 10,
    Fault.STOP_AGENT: 6,
    Fault.FREEZE_AGENT: 3,
    Fault.ADD_AGENT: 3,
    Fault.REMOVE_AGENT: 3,
    Fault.HANG_AGENT: 1,
    Fault.KILL_BROKER: 1,
    Fault.STOP_BROKER: 1,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A fault, `at_s` seconds after the start; `draw` in [0, 1) decides whom it meets."""

    at_s: float
    fault: Fault
    draw: float


def schedule(seed: int, seconds: float) -> Iterator[Event]:
    """The events of a soak of so many seconds. Its first faults are one of each, in an order of the seed's."""
    draw = random.Random(seed)
    each = list(Fault)
    draw.shuffle(each)
    at_s = QUIET_START_S
    while at_s < seconds - QUIET_END_S:
        fault = each.pop() if each else draw.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        yield Event(at_s, fault, draw.random())
        at_s += draw.uniform(*GAPS_S)
