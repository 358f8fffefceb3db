"""Pauses of partitions around events, of the times at which their verdicts came. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Kind(StrEnum):
    """What happened to the group."""

    NOTHING = "no event"
    JOIN = "an agent joins"
    LEAVE = "an agent leaves by SIGTERM"
    KILL = "an agent is killed"


@dataclass(frozen=True, slots=True)
class Event:
    """From just before it happened until the group had come to rest again, in ms since the epoch."""

    kind: Kind
    since_ms: float
    until_ms: float


def longest_gap(times_ms: Sequence[float], event: Event) -> float:
    """The longest time between two neighbours of sorted `times_ms` that reaches into the event's time, in ms.

    Raises ValueError when none came before its begin, or none after its end: then a gap has no length.
    """
    first = bisect_right(times_ms, event.since_ms) - 1
    last = bisect_left(times_ms, event.until_ms)
    if first < 0 or last == len(times_ms):
        raise ValueError(f"{event.kind}: no verdicts on both sides of it")
    return max((after - before for before, after in pairwise(times_ms[first : last + 1])), default=0.0)


def pauses(times_ms: Mapping[int, Sequence[float]], events: Iterable[Event]) -> dict[Kind, list[float]]:
    """Seconds by kind: the longest gap of each partition at each event. `times_ms` are sorted, by partition."""
    found: dict[Kind, list[float]] = {}
    for event in events:
        gaps = [longest_gap(times, event) / 1000 for times in times_ms.values()]
        found.setdefault(event.kind, []).extend(gaps)
    return found
