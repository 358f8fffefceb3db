"""Command lines that nobody meant: understood as what Kafka can be asked for, or refused."""

import os

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.__main__ import main as moderator
from moderator.exit_codes import ExitCode
from tests.fuzz.properties import MANY, arguments_are_understood_or_refused

DIGITS = ["0", "7", "007", "9" * 9, "9" * 18, "9" * 19, "9" * 400, "9" * 5_000, "٣", "²", "-1", "+1", "1_0", "1e3", ""]
COMMANDS = ["audit", "list", "show", "export", "replay"]
OPTIONS = ["--since", "--from-offsets", "--at", "--code", "--topic", "--rate", "--max-attempts", "--transform"]

digits = st.sampled_from(DIGITS)
words = st.one_of(
    st.binary(max_size=12).map(lambda word: os.fsdecode(word.replace(b"\0", b""))),  # what a shell can hand over
    st.builds("{}{}".format, digits, st.sampled_from([*"smhdwSM", "", " s", "s\n"])),
    st.builds("{}:{}".format, digits, digits),
    st.lists(st.builds("{}:{}".format, digits, digits), max_size=3).map(",".join),
    st.sampled_from(["nan", "-nan", "inf", "-inf", "1e999", "1e-999", "0", "0.1", "invalid_json", "--help", "--yes"]),
)
pairs = st.builds(lambda option, word: [option, word], st.sampled_from(OPTIONS), words)
lines = st.builds(
    lambda command, parts: [command, *(word for part in parts for word in part)],
    st.sampled_from(COMMANDS),
    st.lists(pairs | words.map(lambda word: [word]), max_size=4),
)


@settings(max_examples=MANY)
@given(lines)
def test_any_command_line_is_understood_or_refused(arguments: list[str]) -> None:
    """Times and offsets that Kafka has a number for, places in digits, a rate that can be kept."""
    arguments_are_understood_or_refused(arguments)


@pytest.mark.parametrize("number", DIGITS)
def test_numbers_of_any_length(number: str) -> None:
    """Each where a number is asked for."""
    for arguments in (
        ["audit", f"--since={number}d"],
        ["audit", f"--from-offsets={number}:{number}"],
        ["list", f"--since={number}s", f"--at={number}:{number}"],
        ["show", f"{number}:{number}"],
        ["replay", f"--rate={number}", f"--max-attempts={number}"],
    ):
        arguments_are_understood_or_refused(arguments)


@pytest.mark.parametrize("place", ["9", "x", "a:b", "1:", ":1", "1:2:3", "1:2 ", "-1:2", "", "9" * 400 + ":1"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("dead-letters", "list", "--at"),
        ("dead-letters", "show", "--"),
        ("dead-letters", "export", "letters.jsonl", "--at"),
        ("dead-letters", "replay", "--at"),
        ("replay", "--verdict", "3f0c", "--at"),
    ],
    ids=" ".join,
)
def test_a_mistyped_place_is_no_bug_of_the_program(arguments: tuple[str, ...], place: str) -> None:
    """It is wrong usage, told with the form of a place before anything else is looked at."""
    ended = CliRunner().invoke(moderator, [*arguments, place])
    assert ended.exit_code == ExitCode.CONFIG
    assert f"{place!r} is not PARTITION:OFFSET" in ended.output
