"""A recipe is refused whole when a word in it is not understood: a misspelt setting would train another model."""

from pathlib import Path

import pytest

import moderator.training
from moderator.errors import ConfigError
from moderator.training.recipe import load_recipe

SHIPPED = Path(moderator.training.__file__).parent / "recipe.toml"


def refused(path: Path) -> list[str]:
    """The problems, without the file's name."""
    with pytest.raises(ConfigError) as refusal:
        load_recipe(path)
    return [problem.replace(str(path), "FILE") for problem in refusal.value.problems]


def test_the_shipped_recipe_is_sound_and_holds_rows_back() -> None:
    """Calibration needs rows that were not trained on."""
    recipe = load_recipe(SHIPPED)
    assert 0 < recipe.held_back < 0.1
    assert recipe.source("unheard of").rows is None
    assert recipe.source("founta").weight < 1


def test_every_unknown_key_is_named(tmp_path: Path) -> None:
    """All that is wrong is said at once."""
    path = tmp_path / "recipe.toml"
    path.write_text(
        'name = "x"\nlearning_rat = 1\n[student]\nepochs = 2\n[sources]\na = { row = 3 }\n'
        '[assumption]\nwait = 1\n[assumption.absent]\nb = ["rude"]\n'
    )
    assert [problem.partition(": ")[2].partition(": ")[0] for problem in refused(path)] == [
        "student.encoder",
        "sources.a.row",
        "assumption.absent.b.0",
        "assumption.wait",
        "learning_rat",
    ]


def test_a_missing_or_broken_recipe_is_named(tmp_path: Path) -> None:
    """It ends with a message, not a trace."""
    assert refused(tmp_path / "none.toml") == ["FILE: cannot be read: No such file or directory"]
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ")
    assert refused(broken)[0].startswith("FILE: not TOML: ")
