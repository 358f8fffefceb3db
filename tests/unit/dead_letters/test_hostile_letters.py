"""Letters and fixes made to break the program that mends: headers that speak for it, patches that are none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.commands.dead_letters import dead_letters
from moderator.dead_letters.letter import REPLAY_ATTEMPTS
from moderator.exit_codes import ExitCode
from tests.fuzz.nasty import DOCUMENTS, MESSAGE, VALUES
from tests.fuzz.properties import MANY, transform_is_applied_or_refused
from tests.unit.dead_letters.test_letter import JSON, letter

places = st.sampled_from(["", "/", "/id", "/text", "/a/b", "/~", "/~2", "/-", "/0", "/" + "9" * 5_000, "text"])
steps: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {},
    optional={
        "op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test", "paint"]) | st.none(),
        "path": places | st.integers() | st.none(),
        "from": places | st.integers() | st.none(),
        "value": st.none() | st.integers() | st.text() | st.lists(st.integers()) | st.just({"b": {}}),
    },
)
fixes = st.lists(steps, max_size=4) | st.dictionaries(places, places | st.integers(), max_size=3) | st.text()


@settings(max_examples=MANY)
@given(fix=fixes, value=st.binary() | st.sampled_from([MESSAGE, b"[]", b"7", b"null", b'"tea"', b'{"a":{"b":[1]}}']))
def test_any_fix_is_applied_or_refused(fix: object, value: bytes) -> None:
    """A step that fits no value makes that value unfit; it does not end the replay."""
    transform_is_applied_or_refused(json.dumps(fix).encode(), value)


@settings(max_examples=MANY)
@given(fix=st.binary(), value=st.binary())
def test_any_bytes_are_a_fix_or_refused(fix: bytes, value: bytes) -> None:
    """With the file's name."""
    transform_is_applied_or_refused(fix, value)


@pytest.mark.parametrize("value", [*VALUES.values(), *filter(None, DOCUMENTS.values())])
def test_what_parsers_stumble_over(value: bytes) -> None:
    """As a fix, inside one, and as the value that it is for."""
    transform_is_applied_or_refused(value, MESSAGE)
    transform_is_applied_or_refused(b'[{"op":"add","path":"/text","value":%s}]' % value, MESSAGE)
    transform_is_applied_or_refused(b'{"/text":"/id"}', value)


@pytest.mark.parametrize("fix", [VALUES["bottomless"], VALUES["10^5000"], b"\xff", b"", b"[1]"])
def test_a_fix_that_is_none_ends_the_command_in_words(tmp_path: Path, fix: bytes) -> None:
    """Before Kafka is asked for anything."""
    path = tmp_path / "fix.json"
    path.write_bytes(fix)
    result = CliRunner().invoke(dead_letters, ["replay", "--transform", str(path)])
    assert result.exit_code == ExitCode.CONFIG
    assert result.output.startswith(str(path))


def test_a_report_that_cannot_be_written_ends_the_command_before_it_replays(tmp_path: Path) -> None:
    """Else the fate of each letter would be lost once all have gone."""
    result = CliRunner().invoke(dead_letters, ["replay", "--report", str(tmp_path / "nowhere" / "report.jsonl")])
    assert result.exit_code == ExitCode.CONFIG
    assert "cannot be written: No such file" in result.output


@pytest.mark.parametrize("count", [b"9" * 5_000, "٣".encode(), "²".encode(), b"-1", b"1.5", b"\xff"])
def test_a_count_of_replays_that_is_none_of_ours(count: bytes) -> None:
    """A producer may write any header; the letter can still be shown, exported and replayed."""
    assert letter(7, headers=((REPLAY_ATTEMPTS, count),)).replays == 0


def test_a_record_cannot_say_why_it_failed() -> None:
    """Headers of our names that a producer wrote are none of the letter's, not even where we say nothing: as the
    contract has it, the last header of a name counts.
    """
    forged = letter(7, headers=(("moderator.error.where", b"/forged"), ("moderator.error.code", b"tombstone")))
    assert (forged.error.code, forged.error.where, forged.headers) == (JSON, "", ())
