"""The table of values in docs/kubernetes.md: the comment above each value, which is its documentation."""

import json
import re
from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.chart.rendering import CHART

BEGIN, END = "<!-- values: written by `python -m tests.chart.write` -->", "<!-- end of values -->"
LINE = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_]+):(?P<value>.*)")


class ValueLine(NamedTuple):
    """One value: the path of its key, and what its comment says (nothing for a table of values that has none)."""

    path: str
    comment: str


def value_lines() -> list[ValueLine]:
    """Every key of values.yaml, with the comment right above it."""
    lines: list[ValueLine] = []
    path: list[str] = []
    comment = ""
    for text in (CHART / "values.yaml").read_text(encoding="utf-8").splitlines():
        if text.lstrip().startswith("# "):
            comment = f"{comment} {text.strip(' #')}".strip()
            continue
        if found := LINE.fullmatch(text):
            path = [*path[: len(found["indent"]) // 2], found["key"]]
            lines.append(ValueLine(".".join(path), comment))
        comment = ""
    return lines


@cache
def default_values() -> Any:
    """What values.yaml holds."""
    return yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))


def default_of(path: str) -> Any:
    """What values.yaml has at a path."""
    found = default_values()
    for key in path.split("."):
        found = found[key]
    return found


def is_leaf(path: str) -> bool:
    """Whether it is a value and no table of values; an empty table is a value to fill."""
    value = default_of(path)
    return not (isinstance(value, dict) and value)


def values_table() -> str:
    """The table for the docs."""
    rows = ["| value | default | meaning |", "|---|---|---|"]
    for line in value_lines():
        if is_leaf(line.path) or line.comment:
            default = f"`{json.dumps(default_of(line.path))}`" if is_leaf(line.path) else ""
            rows.append(f"| `{line.path}` | {default} | {line.comment} |")
    return "\n".join(rows)
