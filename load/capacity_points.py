"""Where the measured points are, and how they are read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from load.capacity_cost import FITTED_TOKENS

POINTS = Path(__file__).with_name("measured_points.json")
LATENCY = "latency"

NEEDED = ("repeated", "mean_batch", "cpu_us", "message_bytes", "verdict_bytes", "escalation_bytes")  # of every cost

Point = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Points:
    """What a message cost, and how long it took where that was measured."""

    costs: Sequence[Point]
    latencies: Sequence[Point]


def read_points(path: Path = POINTS) -> Points:
    """Raises ValueError that names the file, what is wrong and what is expected."""
    problem = "no measured points"
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
        points = {name: part["points"] for name, part in parts.items()}
        costs = [point for name, of_part in points.items() if name != LATENCY for point in of_part]
        lengths = {point["median_tokens"] for point in costs if sum(point[name] for name in NEEDED) > 0}
        if lengths >= FITTED_TOKENS:
            return Points(costs, points.get(LATENCY, []))
        problem = f"no costs of texts of {' and '.join(map(str, sorted(FITTED_TOKENS)))} tokens"
    except OSError as error:
        problem = error.strerror or type(error).__name__
    except (ValueError, LookupError, TypeError, AttributeError):
        pass  # some other file
    raise ValueError(f"{path}: {problem}; expected is what `python -m load.capacity_measured --json {path}` writes")
