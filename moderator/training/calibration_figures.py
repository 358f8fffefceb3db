"""The calibrate step's figures as the other steps use them."""

from collections.abc import Mapping
from typing import Any

from moderator.training.figure_names import WORST_CALIBRATION

SENTIMENT = "sentiment"


def worst_error(heads: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """The largest calibration error of any label as a figure, of fp32, whose logits were fitted; {} without labels."""
    errors = [head["after"] for name, head in heads.items() if name != SENTIMENT]
    return {WORST_CALIBRATION: {"fp32": round(max(errors), 4)}} if errors else {}


def calibration_table(heads: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of the heads' errors."""
    return ["head", "rows", "positive", "curve", "before", "after", "by chance"], [
        [
            *(name, f"{head['rows']:,}", f"{head['positives']:,}", head["method"]),
            *(f"{head[part]:.3f}" for part in ("before", "after", "perfect")),
        ]
        for name, head in heads.items()
    ]
