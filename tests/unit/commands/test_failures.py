"""Errors to exit codes and words: a supervisor sees what is the matter, and nobody reads what a user wrote."""

import errno
import os

import pytest

from moderator.commands.failures import reported_failures
from moderator.errors import BrokerUnavailable, ConfigError, DeadLetterCode, DecodeError, ModelError
from moderator.exit_codes import ExitCode

CANARY = "what-a-user-wrote"


def ended(error: BaseException) -> int | str | None:
    """The exit status that `error` becomes."""
    with pytest.raises(SystemExit) as end, reported_failures():
        raise error
    return end.value.code


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (ConfigError(["a: wrong", "b: wrong"]), ExitCode.CONFIG, ["a: wrong", "b: wrong"]),
        (ModelError(["m: altered", "n: missing"]), ExitCode.MODEL, ["m: altered", "n: missing"]),
        (
            BrokerUnavailable("kafka:9092: no answer"),
            ExitCode.UNAVAILABLE,
            ["BrokerUnavailable: kafka:9092: no answer"],
        ),
        (DecodeError(DeadLetterCode.TOMBSTONE), ExitCode.FAILED, ["DecodeError: tombstone"]),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            ExitCode.FAILED,
            ["input or output: No space left on device"],
        ),
        (BrokenPipeError(), ExitCode.FAILED, []),
    ],
)
def test_each_error_has_its_code_and_words(
    capsys: pytest.CaptureFixture[str], error: Exception, code: ExitCode, told: list[str]
) -> None:
    """A line a problem, on standard error."""
    assert ended(error) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err.splitlines()) == ("", told)


@pytest.mark.parametrize("kind", [ValueError, RuntimeError, KeyError, OSError, ExceptionGroup])
def test_a_bug_is_told_without_its_words(capsys: pytest.CaptureFixture[str], kind: type[Exception]) -> None:
    """By its type and the way to it: the words, and those of what caused it, may quote a user."""
    error = ExceptionGroup(CANARY, [ValueError(CANARY)]) if kind is ExceptionGroup else kind(CANARY)
    error.__cause__ = ValueError(CANARY)
    error.add_note(CANARY)
    assert ended(error) == ExitCode.FAILED
    told = capsys.readouterr().err
    assert told.startswith(f"{kind.__name__}, a bug in this program")
    assert "test_failures.py" in told
    assert CANARY not in told


@pytest.mark.parametrize("error", [SystemExit(5), KeyboardInterrupt()])
def test_an_end_on_purpose_is_no_failure(error: BaseException) -> None:
    """It passes."""
    with pytest.raises(type(error)) as passed, reported_failures():
        raise error
    assert passed.value is error


def test_success_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """And ends nothing."""
    with reported_failures():
        pass
    assert capsys.readouterr() == ("", "")
