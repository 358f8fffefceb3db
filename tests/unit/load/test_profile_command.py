"""`python -m load.profile` before anything is measured."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from load.profile import main
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


def test_without_a_broker_the_packages_to_install_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh machine is told what it lacks."""
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["steady"])
    assert result.exit_code == 1
    assert "openjdk-17-jre-headless maven" in result.output
