"""Held-out rows: read and verified. A `val` or `dev` split may choose thresholds; a `test` split only reports."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderator.errors import ConfigError
from moderator.training.rows import REPORTED_PROBLEMS, read_lines


@dataclass(frozen=True, slots=True)
class HeldOutRow:
    """One text of a benchmark. `labels` may hold names beyond the vocabulary: what the benchmark's authors marked."""

    text: str
    set: str
    split: str
    labels: dict[str, int]
    sentiment: int | None


def parse_heldout(line: str) -> HeldOutRow:
    """Parse one line. Raises ValueError that says what is wrong without quoting the text."""
    record: Any = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")  # noqa: TRY004  one kind of error for all that can be wrong with a line
    for name in ("text", "set", "split"):
        if not isinstance(record.get(name), str) or not record[name]:
            raise ValueError(f"no {name}")
    labels = record.get("labels", {})
    if not isinstance(labels, dict) or any(value not in (0, 1) for value in labels.values()):
        raise ValueError("a label is neither 0 nor 1")
    sentiment = record.get("sentiment")
    if sentiment not in (None, 0, 1, 2):
        raise ValueError("sentiment is none of 0, 1, 2, null")
    return HeldOutRow(record["text"], record["set"], record["split"], labels, sentiment)


def load_heldout(path: Path) -> list[HeldOutRow]:
    """Read a held-out file. Raises ConfigError when it is missing or any row is malformed: figures need all of them."""
    rows: list[HeldOutRow] = []
    problems: list[str] = []
    for number, line in read_lines(path):
        try:
            rows.append(parse_heldout(line))
        except ValueError as error:
            reason = "not JSON" if isinstance(error, json.JSONDecodeError) else str(error)
            problems.append(f"{path}:{number}: {reason}")
    if problems:
        raise ConfigError(problems[:REPORTED_PROBLEMS])
    if not rows:
        raise ConfigError([f"{path}: holds no rows"])
    return rows
