"""The exception tree, as its module's docstring draws it."""

import inspect
import re

import pytest

from moderator import errors
from moderator.errors import ConfigError, DeadLetterCode, ModelError, ModeratorError, PoisonRecord, TransientError

CLASSES = {
    name: found
    for name, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, Exception) and found.__module__ == errors.__name__
}


def test_the_docstring_draws_every_error() -> None:
    """Whoever adds an error says what the program does on seeing it."""
    drawn = re.findall(r"^[│├└─ ]*([A-Z]\w+)", (errors.__doc__ or "").split("ModeratorError", 1)[1], re.MULTILINE)
    assert set(CLASSES) - {"ModeratorError"} <= set(drawn)
    assert all(found.__doc__ for found in CLASSES.values())


def test_every_error_has_one_fate() -> None:
    """Each ends the start, one record, or one attempt; never two of them."""
    fates = (ConfigError, ModelError, PoisonRecord, TransientError)
    for found in CLASSES.values():
        assert issubclass(found, ModeratorError)
        assert sum(issubclass(found, fate) for fate in fates) == (found is not ModeratorError)


@pytest.mark.parametrize("kind", [ConfigError, ModelError])
def test_every_problem_has_its_line(kind: type[ConfigError | ModelError]) -> None:
    """What is wrong at start is printed a line each."""
    assert str(kind(["one", "two"])) == "one\ntwo"


def test_a_poison_record_says_code_and_place() -> None:
    """That is all it says."""
    assert str(PoisonRecord(DeadLetterCode.EMPTY_TEXT, "/text")) == "empty_text at /text"
    assert str(PoisonRecord(DeadLetterCode.TOMBSTONE)) == "tombstone"


def test_codes_are_words_for_headers_and_labels() -> None:
    """They stand in header values and metric labels."""
    assert all(re.fullmatch(r"[a-z_]+", code) for code in DeadLetterCode)
