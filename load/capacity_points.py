"""Where the measured points are, and how they are read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POINTS = Path(__file__).with_name("measured_points.json")
LATENCY = "latency"

Point = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Points:
    """What a message cost, and how long it took where that was measured."""

    costs: Sequence[Point]
    latencies: Sequence[Point]


def read_points(path: Path = POINTS) -> Points:
    """Raises ValueError that names the file and what is wrong."""
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
        points = {name: part["points"] for name, part in parts.items()}
        costs = [point for name, of_part in points.items() if name != LATENCY for point in of_part]
        costs[0]["cpu_us"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise ValueError(f"{path}: {problem}; write it with python -m load.capacity_measured --json") from None
    return Points(costs, points.get(LATENCY, []))
