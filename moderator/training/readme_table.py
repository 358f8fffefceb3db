"""The README's table of the model's figures, between two marks, so that it is never typed."""

from collections.abc import Mapping
from typing import Any

from moderator.errors import ConfigError
from moderator.training.card import markdown
from moderator.training.goals import goal_table

BEGIN = "<!-- model figures: written by `python -m moderator.training card` -->"
END = "<!-- end of model figures -->"


def with_figures(readme: str, evaluation: Mapping[str, Any]) -> str:
    """`readme` with the goals' table of `evaluation` between the marks. Raises ConfigError when it has none."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ConfigError([f"README.md: has no place for the model's figures: put {BEGIN} and {END} on lines there"])
    return f"{before}{BEGIN}\n{markdown(*goal_table(evaluation))}\n{END}{after}"
