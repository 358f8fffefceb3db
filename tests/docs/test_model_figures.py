"""The README's table of the model's figures is the one that evaluation.json makes."""

import json
from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.goals import GOALS, goal_table
from moderator.training.readme_table import BEGIN, END, with_figures

ROOT = Path(__file__).parents[2]


def test_the_readme_shows_the_recorded_figures() -> None:
    """A figure that was measured anew is not left stale there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    evaluation = json.loads((ROOT / "models/evaluation.json").read_text(encoding="utf-8"))
    assert with_figures(readme, evaluation) == readme, "python -m moderator.training card writes it anew"


def test_what_stands_around_the_table_is_kept() -> None:
    """Only what is between the marks is written."""
    text = with_figures(f"before\n{BEGIN}\nold\n{END}\nafter\n", {"figures": {GOALS[0].figure: {"cpu": 0.5}}})
    assert text.startswith(f"before\n{BEGIN}\n| held out |")
    assert text.endswith(f"\n{END}\nafter\n")
    assert "old" not in text
    with pytest.raises(ConfigError, match="no place"):
        with_figures("no marks", {"figures": {}})


def test_a_goal_is_reached_by_both_variants_or_missed() -> None:
    """fp32 alone does not reach it; what nobody measured is said."""
    goal = GOALS[0]
    figures = {goal.figure: {"fp32": goal.bound, "openvino": goal.bound, "cpu": goal.bound - 0.1}}
    (columns, (first, second, *_)) = goal_table({"figures": figures})
    assert columns[1:4] == ["fp32", "int8 OpenVINO", "int8 CPU"]
    assert (first[5], second[5]) == ("missed", "not measured")
    figures[goal.figure]["cpu"] = goal.bound
    assert goal_table({"figures": figures})[1][0][5] == "reached"
