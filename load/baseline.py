"""A run against the one that is committed: ratios, which carry over to other machines as speeds do not. Pure."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from load.judged import Breach, Judged, Ratio
from load.report import Goal, Row

BASELINES = Path("load") / "baselines"

# Runs on one machine differ by some percent; a change that costs a seventh of the speed must not pass unseen.
SPEED_KEPT = 0.85
# One slow second moves a p99 of a minute: the tail varies far more from run to run than speed does.
LATENCY_GROWTH = 2.0


def baseline_document(machine: Mapping[str, Any], profile: str, ratios: Sequence[Ratio]) -> dict[str, Any]:
    """What is committed of a run."""
    return {
        "profile": profile,
        "machine": dict(machine),
        "ratios": {ratio.name: round(ratio.value, 4) for ratio in ratios},
    }


def compared(baseline: Mapping[str, Any], machine: Mapping[str, Any], ratios: Sequence[Ratio]) -> list[Judged]:
    """A row for each ratio that the baseline has too. What int8 gains over fp32 depends on the processor's
    instructions, so ratios to an fp32 peer are held only where these are the same.
    """
    same_kind = baseline["machine"]["int8_instructions"] == machine["int8_instructions"]
    return [
        _row(ratio, baseline["ratios"][ratio.name])
        for ratio in ratios
        if ratio.name in baseline["ratios"] and (same_kind or not ratio.against_fp32)
    ]


def _row(ratio: Ratio, before: float) -> Judged:
    bound = float(f"{before * (LATENCY_GROWTH if ratio.lower_is_better else SPEED_KEPT):.3g}")
    goal = Goal(bound, at_least=not ratio.lower_is_better)
    return Judged(Row(f"{ratio.name}, was {before:,.4g}", "", (ratio.value,), goal), Breach.BASELINE)


def read_baseline(path: Path) -> dict[str, Any]:
    """Raises ValueError that names the file when it is no baseline."""
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        document["ratios"], document["machine"]["int8_instructions"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ValueError(f"{path}: no baseline; write one with --write-baseline") from None
    return document


def write_baseline(path: Path, document: Mapping[str, Any]) -> None:
    """Make it anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
