"""Records made to break a parser: each is a message or a coded dead letter, and no header of theirs speaks for us."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.message import MESSAGE_FIELDS
from moderator.contracts.record import Headers
from moderator.errors import DeadLetterCode, OversizedMessage
from tests.fuzz.nasty import DOCUMENTS, VALUES
from tests.fuzz.properties import MANY, record_is_answered
from tests.fuzz.records import Kind, hostile, record_of
from tests.unit.contracts.records import decode, record

ENVELOPE = ("specversion", "id", "source", "type", "time", "data", "data_base64")
OURS = [field.alias or "" for field in DeadLetter.model_fields.values()]

fragments = st.sampled_from(sorted(VALUES.values()))
scalars = st.one_of(
    st.integers().map(lambda number: b"%d" % number),
    st.floats().map(lambda number: str(number).encode()),
    st.text(max_size=20).map(lambda text: b'"%s"' % text.encode("utf-8", "replace")),
    st.binary(max_size=20),
)
objects = st.lists(st.tuples(st.sampled_from([*MESSAGE_FIELDS, *ENVELOPE, "/b"]), fragments | scalars), max_size=6).map(
    lambda pairs: b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name, value in pairs) + b"}"
)
headers = st.lists(
    st.tuples(
        st.sampled_from(["ce_specversion", "CE_ID", "ce_time", "content-type", "traceparent", *OURS])
        | st.text(max_size=8),
        st.none()
        | st.binary(max_size=20)
        | st.sampled_from(
            [b"1.0", b"application/cloudevents+json", b"application/cloudevents-batch+json", b"9" * 5_000]
        ),
    ),
    max_size=6,
).map(tuple)


@settings(max_examples=MANY)
@given(value=st.binary() | objects | st.sampled_from(list(DOCUMENTS.values())), headers=headers)
def test_any_record_is_answered(value: bytes | None, headers: Headers) -> None:
    """With a message that can be published and read again, or with a code and a place, never a text."""
    record_is_answered(record(value, headers=headers))


@pytest.mark.parametrize("field", [*MESSAGE_FIELDS, "likes"])
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_what_parsers_stumble_over_in_any_field(field: str, value: bytes) -> None:
    """Each, in each: a field that nobody reads breaks no message either."""
    fields = {"id": b'"m"', "text": b'"tea"', field: value}
    record_is_answered(record(b"{" + b",".join(b'"%s":%s' % (k.encode(), v) for k, v in fields.items()) + b"}"))


@pytest.mark.parametrize("value", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_what_parsers_stumble_over_as_a_whole(value: bytes | None) -> None:
    """Each, as all that a record holds."""
    record_is_answered(record(value))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_hostile_record(kind: Kind) -> None:
    """Those that the agent is tried with on a real Kafka, first without one."""
    draw = random.Random(7)
    for number in range(20):
        record_is_answered(record_of(hostile(kind, number, draw)))


def test_a_number_is_no_way_round_the_limit() -> None:
    """A text of digits is as long as it looks."""
    with pytest.raises(OversizedMessage) as refusal:
        decode(b'{"id":"m","text":12345678901}', max_characters=10)
    assert refusal.value.code is DeadLetterCode.TEXT_TOO_LONG
    assert decode(b'{"id":"m","text":1234567890}', max_characters=10).text == "1234567890"


def test_an_index_of_any_length_is_a_place() -> None:
    """One that no array has is absent, whatever its number of digits; one with a leading zero is none."""
    for index in ("9" * 5_000, "9" * 19, "00"):
        assert decode(b'{"id":"m","text":"tea","sent":[7]}', created_at=f"/sent/{index}").created_at is None
    assert decode(b'{"id":"m","text":"tea","sent":[7]}', created_at="/sent/0").created_at is not None
