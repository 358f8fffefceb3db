"""What rows of tier A alone reach, as a table beside what all rows reach."""

from collections.abc import Mapping
from typing import Any

from moderator.training.goals import goal_table


def tiers_table(evaluations: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of tier_a.json: the fp32 figures of both light models."""
    columns, rows = goal_table(evaluations["tier_a"])
    beside = {row[0]: row[1] for row in goal_table(evaluations["all"])[1]}
    return ["held out", f"tier A, {columns[1]}", f"all rows, {columns[1]}"], [
        [row[0], row[1], beside.get(row[0], "")] for row in rows
    ]
