"""The loads that `make load` knows: pure data. Rates are parts of what one agent on this machine can answer."""

from dataclasses import dataclass
from enum import StrEnum


class Texts(StrEnum):
    """What is written."""

    ORDINARY = "ordinary"
    REPEATED = "repeated"
    NEAR_DUPLICATES = "near-duplicates"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Phase:
    """So many seconds, in which the rate goes in a straight line from `begin` to `end`."""

    seconds: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A load. `hot` is the part of the messages that one author writes, so that one partition takes them; messages are
    of the `tenants` in turn, each with an override of the policy of its own. Bounds without a value are not held;
    `peer_goal`, a multiple of the pipeline's speed, has the peers measured too.
    """

    name: str
    meaning: str
    phases: tuple[Phase, ...]
    texts: Texts = Texts.ORDINARY
    hot: float = 0.0
    tenants: tuple[str, ...] = ()
    p99_below_ms: float | None = None
    recovers_within_s: float | None = None
    peer_goal: float | None = None

    @property
    def peak(self) -> float:
        """Its highest rate."""
        return max(max(phase.begin, phase.end) for phase in self.phases)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return sum(phase.seconds for phase in self.phases)


P99_MS = 250.0  # the goal at this part of the capacity
BUSY = 0.7

_STEADY = (Phase(60, BUSY, BUSY),)
_SHORTER = (Phase(40, BUSY, BUSY),)

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("steady", "70 % of the capacity for a minute", _STEADY, p99_below_ms=P99_MS, peer_goal=16),
        Profile(
            "burst",
            "15 % of the capacity, ten times that for ten seconds, then 15 % again",
            # In the burst half of the capacity too much arrives: five seconds of work wait when it ends, and 85 % of
            # the capacity is free for them, so six seconds are what it takes at best.
            (Phase(15, 0.15, 0.15), Phase(10, 1.5, 1.5), Phase(30, 0.15, 0.15)),
            recovers_within_s=15.0,
        ),
        Profile(
            "ramp",
            "from 5 % to 120 % of the capacity, then 5 % again",
            (Phase(75, 0.05, 1.2), Phase(10, 0.05, 0.05)),
        ),
        Profile(
            "near-duplicates",
            "a flood of twenty texts, each a little different every time, at 90 % of the capacity for such",
            (Phase(40, 0.9, 0.9),),
            Texts.NEAR_DUPLICATES,
        ),
        Profile(
            "repeats",
            "70 % of the capacity; half of the texts have been written before, as in a chat",
            _SHORTER,
            Texts.REPEATED,
            p99_below_ms=P99_MS,
            peer_goal=30,
        ),
        # A batch holds as many texts as ever, so it takes as many times longer as the texts are longer: no bound.
        Profile("long", "70 % of the capacity for texts of 400 tokens in the median", _SHORTER, Texts.LONG),
        Profile("hot-key", "70 % of the capacity, half of it under one key", _SHORTER, hot=0.5, p99_below_ms=P99_MS),
        Profile(
            "tenants",
            "70 % of the capacity, from eight tenants with an override of the policy each",
            _SHORTER,
            tenants=tuple(f"tenant-{number}" for number in range(8)),
            p99_below_ms=P99_MS,
        ),
    )
}
