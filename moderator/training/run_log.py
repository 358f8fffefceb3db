"""The log of a training run: JSON Lines, its settings at each start, then figures every 50 steps."""

import json
from pathlib import Path
from typing import Any

from moderator.errors import ConfigError


def last_run(log: Path) -> dict[str, Any]:
    """What the run in `log` was last started with: training, rows, targets, steps. Raises ConfigError without any."""
    try:
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        raise ConfigError([f"{log}: no log of a training run"]) from None
    starts: list[dict[str, Any]] = [line for line in lines if "training" in line]
    if not starts:
        raise ConfigError([f"{log}: does not say what the run was started with"])
    return starts[-1]
