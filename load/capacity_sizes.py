"""How large records are, from their texts' lengths. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from load.capacity_cost import FITTED_TOKENS
from load.capacity_points import Point


@dataclass(frozen=True, slots=True)
class Bytes:
    """Mean size of the records of each topic, keys and headers included, Kafka's own framing not."""

    message: float
    verdict: float
    escalation: float


def sizes_of(points: Sequence[Point], median_tokens: float) -> Bytes:
    """On the straight line through the shortest and the longest texts that were measured."""
    return Bytes(*(_on_line(points, f"{record}_bytes", median_tokens) for record in Bytes.__slots__))


def _on_line(points: Sequence[Point], name: str, tokens: float) -> float:
    ends = [[point for point in points if point["median_tokens"] == length] for length in sorted(FITTED_TOKENS)]
    (from_tokens, low), (to_tokens, high) = (
        (of_length[0]["median_tokens"], sum(point[name] for point in of_length) / len(of_length)) for of_length in ends
    )
    return low + (high - low) * (tokens - from_tokens) / (to_tokens - from_tokens)
