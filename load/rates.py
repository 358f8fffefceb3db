"""Rates and percentiles of what was seen. Pure."""

import math
from bisect import bisect_right
from collections.abc import Sequence

EDGE = 0.1  # of all arrivals, at either end: a start that warms up, an end that runs dry


def steady_rate(times_ms: Sequence[float]) -> float:
    """Arrivals per second in the middle eight tenths of sorted `times_ms`.

    Arrivals come in bursts, a batch at a time, so only those after the first moment up to the last one are counted.
    """
    first = times_ms[math.floor(len(times_ms) * EDGE)]
    last = times_ms[math.ceil(len(times_ms) * (1 - EDGE)) - 1]
    if first == last:
        raise ValueError(f"{len(times_ms)} arrivals are too few for a rate")
    return (bisect_right(times_ms, last) - bisect_right(times_ms, first)) * 1000 / (last - first)


def until_rate(times_ms: Sequence[float], rate: float) -> float:
    """The end, in ms, of the first second in which at least `rate` of sorted `times_ms` arrived.

    Raises ValueError when there was no such second.
    """
    for count, at in enumerate(times_ms, start=1):
        if count - bisect_right(times_ms, at - 1000) >= rate:
            return at
    raise ValueError(f"no second had {rate:.0f} arrivals")


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of `values` that at least `percent` % of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]
