"""Letters are recognised, chosen and grouped."""

from dataclasses import replace

import pytest

from moderator.contracts.dead_letter import Stage
from moderator.contracts.record import Headers, Record
from moderator.dead_letters.letter import REPLAY_ATTEMPTS, Choice, Groups, Letter, open_letter
from moderator.errors import DeadLetterCode, PoisonRecord
from tests.unit.pipeline.fakes import TOPIC, answers, record

JSON = DeadLetterCode.INVALID_JSON
FIELD = DeadLetterCode.INVALID_FIELD


def written(
    offset: int, code: DeadLetterCode = JSON, headers: Headers = (), value: bytes | None = b"no JSON"
) -> Record:
    """The record of a dead letter at `offset` of partition 1, published `offset` seconds after the epoch."""
    failed = replace(record(offset), headers=headers, value=value)
    publication = answers().dead_letter(failed, Stage.DECODE, PoisonRecord(code)).publications[0]
    return Record("dead-letters", 1, offset, offset * 1000, publication.key, publication.value, publication.headers)


def letter(offset: int, code: DeadLetterCode = JSON, headers: Headers = (), value: bytes | None = b"no JSON") -> Letter:
    """The same, opened."""
    opened = open_letter(written(offset, code, headers, value))
    assert opened is not None
    return opened


def test_a_letter_has_the_records_own_headers_and_a_count_of_its_replays() -> None:
    """What this program added is told apart."""
    own = ("app", b"1")
    again = letter(7, headers=(own, (REPLAY_ATTEMPTS, b"2"), ("moderator.error.code", b"empty_text")))
    assert (again.headers, again.replays, again.place) == ((own,), 2, "1:7")
    assert again.error.code is JSON  # the last header counts
    assert letter(7).replays == 0


def test_a_foreign_record_is_no_letter() -> None:
    """Another program may write to the topic."""
    assert open_letter(record(0)) is None


@pytest.mark.parametrize(
    ("meant", "places"),
    [
        (Choice(), ["1:1", "1:2"]),
        (Choice(codes=frozenset({FIELD})), ["1:2"]),
        (Choice(topic=TOPIC), ["1:1", "1:2"]),
        (Choice(topic="another"), []),
        (Choice(places=frozenset({"1:1", "0:2"})), ["1:1"]),
        (Choice(codes=frozenset({FIELD}), places=frozenset({"1:1"})), []),
    ],
)
def test_what_is_not_asked_for_does_not_matter(meant: Choice, places: list[str]) -> None:
    """And all that is asked for must fit."""
    assert [each.place for each in (letter(1), letter(2, FIELD)) if each in meant] == places


def test_groups_by_code_and_topic() -> None:
    """How many, when first and last, where the latest is; the largest group first."""
    groups = Groups()
    groups.add([written(5), written(2, FIELD), written(3), record(0)], Choice())
    largest, other = groups.largest_first
    assert (largest.code, largest.count, largest.example) == (JSON, 2, "1:5")
    assert (largest.first.second, largest.last.second) == (3, 5)
    assert (other.code, other.count, groups.unknown) == (FIELD, 1, 1)
