"""What is no number to reckon with is a usage error."""

import pytest
from click.testing import CliRunner

from moderator.commands.compare import compare
from moderator.commands.replay import replay
from moderator.exit_codes import ExitCode


@pytest.mark.parametrize("part", ["nan", "inf", "0", "-0.1", "1.1", "many"])
def test_most_flips(part: str) -> None:
    """Advice that compares with `nan` would always say no."""
    ended = CliRunner().invoke(compare, ["--most-flips", part])
    assert (ended.exit_code, "--most-flips" in ended.output) == (ExitCode.CONFIG, True)


@pytest.mark.parametrize("place", ["0", "0:", ":1", "-1:0", "0:1:2", f"0:{'9' * 19}", "٣:1"])
def test_place(place: str) -> None:
    """No more digits than Kafka's numbers have."""
    ended = CliRunner().invoke(replay, ["--verdict", "id", "--at", place])
    assert (ended.exit_code, "--at" in ended.output) == (ExitCode.CONFIG, True)
