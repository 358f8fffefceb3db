"""`python -m load.profile` before anything is measured."""

import signal
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from load.profile import main, shaped
from load.profiles import PROFILES


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """The command takes SIGTERM for itself."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_an_unknown_profile_is_answered_with_those_there_are() -> None:
    """Nobody has to look them up."""
    result = CliRunner().invoke(main, ["stedy"])
    assert result.exit_code == 2
    assert all(repr(name) in result.output for name in PROFILES)


def test_a_baseline_that_is_not_there_is_told_before_the_run() -> None:
    """Not after five minutes."""
    result = CliRunner().invoke(main, ["steady", "--baseline", "nowhere.json"])
    assert result.exit_code == 1
    assert "nowhere.json: no baseline; write one with --write-baseline" in result.output


@pytest.mark.parametrize(
    ("rate", "seconds", "head"),
    [
        (
            100_000,
            8,
            "up to 100,000 messages/s, asked for in place of 70 % of the capacity for a minute; in 8 s in all",
        ),
        (0.5, None, "up to 0.5 messages/s, asked for in place of 70 % of the capacity for a minute"),
        (None, 90, "70 % of the capacity for a minute; in 90 s in all"),
        (None, None, "70 % of the capacity for a minute"),
    ],
)
def test_the_head_of_the_page_says_what_was_asked_for(rate: float | None, seconds: float | None, head: str) -> None:
    """Not what the profile would have been."""
    assert shaped(PROFILES["steady"], rate, seconds, no_peers=True).meaning == head
