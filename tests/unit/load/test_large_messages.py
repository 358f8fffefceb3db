"""The messages of a megabyte."""

import pytest

from load.large_messages import LONGEST_TEXT, MESSAGE_BYTES, values
from moderator.contracts.codec import MessageDecoder
from moderator.contracts.record import Record
from moderator.errors import DeadLetterCode, PoisonRecord

POINTERS = {"id": "/id", "text": "/text"}


def record(value: bytes) -> Record:
    """As it is fetched."""
    return Record("messages", 0, 0, 1_000, None, value)


def test_each_is_as_large_as_the_figures_say() -> None:
    """To the byte."""
    assert {len(value) for value in values(8)} == {MESSAGE_BYTES}


def test_a_part_is_read_and_the_rest_is_not() -> None:
    """By default: too long, the longest that is read, too long, undecodable."""
    decoder = MessageDecoder(POINTERS, LONGEST_TEXT)
    found: list[DeadLetterCode | int] = []
    for value in values(4):
        try:
            found.append(len(decoder.decode(record(value)).text))
        except PoisonRecord as error:
            found.append(error.code)
    too_long = DeadLetterCode.TEXT_TOO_LONG
    assert found == [too_long, LONGEST_TEXT, too_long, DeadLetterCode.INVALID_ENCODING]


def test_with_a_higher_limit_every_text_is_read() -> None:
    """All but what is no UTF-8."""
    decoder = MessageDecoder(POINTERS, MESSAGE_BYTES)
    *texts, undecodable = values(4)
    assert all(decoder.decode(record(value)).text for value in texts)
    with pytest.raises(PoisonRecord):
        decoder.decode(record(undecodable))
