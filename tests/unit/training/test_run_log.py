"""A run's log tells what it was last started with."""

from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.run_log import last_run
from tests.unit.training.written import write_lines


def test_the_last_start_counts(tmp_path: Path) -> None:
    """A run that went on from a checkpoint has more than one start."""
    starts = [{"training": {"seed": 1}, "rows": 7}, {"step": 0}, {"training": {"seed": 2}, "rows": 8}, {"step": 200}]
    assert last_run(write_lines(tmp_path / "train.jsonl", starts))["rows"] == 8


@pytest.mark.parametrize("lines", [[], ["{"], [{"step": 0}]])
def test_a_log_that_does_not_tell_is_refused(tmp_path: Path, lines: list[object]) -> None:
    """Nothing may be built on a checkpoint of unknown making."""
    with pytest.raises(ConfigError):
        last_run(write_lines(tmp_path / "train.jsonl", lines))


def test_a_missing_log_is_refused(tmp_path: Path) -> None:
    """Likewise."""
    with pytest.raises(ConfigError, match="no log"):
        last_run(tmp_path / "train.jsonl")
