"""Whatever bytes a record holds, the decoder makes a message of them or says why not, from a closed list."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.message import Message, TextSource
from moderator.contracts.record import Headers, Record
from moderator.errors import ContractError, DeadLetterCode, DecodeError, OversizedMessage, PoisonRecord
from tests.unit.contracts.records import MAX_CHARACTERS, as_json, decode

CANARY = "do-not-quote-me"
OK = {"id": "m-1", "text": "Good morning!"}


def refusal(value: bytes | None, headers: Headers = (), **pointers: str) -> PoisonRecord:
    """The error that `value` ends in."""
    with pytest.raises(PoisonRecord) as raised:
        decode(value, headers, MAX_CHARACTERS, **pointers)
    return raised.value


def test_a_message_with_every_field() -> None:
    """Each field arrives under its own name."""
    message = decode(
        as_json({
            **OK, "author_id": "u-1", "channel": "lobby", "tenant": "eu", "created_at": "2026-03-01T10:30:00+01:00",
            "language": "en", "source": "ai", "reply_to": "m-0", "likes": 3,
        })
    )  # fmt: skip
    assert message.model_dump(mode="json") == {
        **OK, "author_id": "u-1", "channel": "lobby", "tenant": "eu", "created_at": "2026-03-01T10:30:00+01:00",
        "language": "en", "source": "ai", "reply_to": "m-0",
    }  # fmt: skip


def test_a_record_that_no_client_can_read() -> None:
    """It is no tombstone, though nothing but its place is known."""
    unread = Record("messages", 3, 41, -1, None, None, readable=False)
    with pytest.raises(DecodeError) as raised:
        MessageDecoder({}, MAX_CHARACTERS).decode(unread)
    assert (raised.value.code, raised.value.where) == (DeadLetterCode.INVALID_ENCODING, "headers")


def test_only_id_and_text_are_needed() -> None:
    """A platform that knows nothing else can use the service."""
    message = decode(as_json(OK))
    assert message.source is TextSource.USER
    assert message.model_dump(exclude_none=True, exclude={"source"}) == OK


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param(None, DeadLetterCode.TOMBSTONE, id="tombstone"),
        pytest.param(b"", DeadLetterCode.INVALID_JSON, id="nothing"),
        pytest.param(b"\xff\xfe{}", DeadLetterCode.INVALID_ENCODING, id="UTF-16 mark"),
        pytest.param(as_json(OK).replace(b"Good", b"G\xf6\xf6d"), DeadLetterCode.INVALID_ENCODING, id="Latin-1"),
        pytest.param(b'{"id":"1","text":"\xed\xa0\x80"}', DeadLetterCode.INVALID_ENCODING, id="surrogate in UTF-8"),
        pytest.param(rb'{"id":"1","text":"\ud800"}', DeadLetterCode.INVALID_JSON, id="escaped lone surrogate"),
        pytest.param(rb'{"id":"1","text":"\udc00\ud800"}', DeadLetterCode.INVALID_JSON, id="escaped reversed pair"),
        pytest.param(rb'{"id":"1","\ud800":1,"text":"a"}', DeadLetterCode.INVALID_JSON, id="lone surrogate in a key"),
        pytest.param(b"\xef\xbb\xbf" + as_json(OK), DeadLetterCode.INVALID_JSON, id="byte order mark"),
        pytest.param(b"Good morning!", DeadLetterCode.INVALID_JSON, id="no JSON"),
        pytest.param(as_json(OK)[:-1], DeadLetterCode.INVALID_JSON, id="cut off"),
        pytest.param(as_json(OK) * 2, DeadLetterCode.INVALID_JSON, id="two documents"),
        pytest.param(b'{"id":"1","text":"a","score":NaN}', DeadLetterCode.INVALID_JSON, id="NaN"),
        pytest.param(b'{"id":"1","text":"a","score":-Infinity}', DeadLetterCode.INVALID_JSON, id="Infinity"),
        pytest.param(b'{"id":"1","text":"a\nb"}', DeadLetterCode.INVALID_JSON, id="raw control character"),
        pytest.param(b'{"a":' * 100_000, DeadLetterCode.INVALID_JSON, id="bottomless"),
        pytest.param(b"[" * 1_000 + b"]" * 1_000, DeadLetterCode.INVALID_JSON, id="nested a thousand deep"),
        pytest.param(
            b'{"id":"1","text":"a","n":' + b"9" * 5_000 + b"}", DeadLetterCode.INVALID_JSON, id="huge integer"
        ),
    ],
)
def test_bytes_that_are_no_document(value: bytes | None, code: DeadLetterCode) -> None:
    """Each way to be no JSON document has its code, and names no field."""
    error = refusal(value)
    assert isinstance(error, DecodeError)
    assert (error.code, error.where) == (code, "")


@pytest.mark.parametrize("document", [[OK], "Good morning!", 7, 1.5, True, None])
def test_documents_that_are_no_object(document: Any) -> None:
    """A message is a JSON object."""
    error = refusal(as_json(document))
    assert isinstance(error, ContractError)
    assert (error.code, error.where) == (DeadLetterCode.NOT_AN_OBJECT, "")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"id": None}, DeadLetterCode.MISSING_FIELD, "/id"),
        ({"id": ""}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"id": True}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"id": 1.5}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"id": ["m-1"]}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"id": "x" * 513}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"id": 10**4_000}, DeadLetterCode.INVALID_FIELD, "/id"),
        ({"text": None}, DeadLetterCode.MISSING_FIELD, "/text"),
        ({"text": ""}, DeadLetterCode.EMPTY_TEXT, "/text"),
        ({"text": " \t\r\n\u00a0\u3000"}, DeadLetterCode.EMPTY_TEXT, "/text"),
        ({"text": {"en": "Good morning!"}}, DeadLetterCode.INVALID_FIELD, "/text"),
        ({"text": True}, DeadLetterCode.INVALID_FIELD, "/text"),
        ({"author_id": {}}, DeadLetterCode.INVALID_FIELD, "/author_id"),
        ({"channel": False}, DeadLetterCode.INVALID_FIELD, "/channel"),
        ({"tenant": []}, DeadLetterCode.INVALID_FIELD, "/tenant"),
        ({"created_at": "yesterday evening"}, DeadLetterCode.INVALID_FIELD, "/created_at"),
        ({"created_at": 10**30}, DeadLetterCode.INVALID_FIELD, "/created_at"),
        ({"created_at": True}, DeadLetterCode.INVALID_FIELD, "/created_at"),
        ({"created_at": "2026-02-30T00:00:00Z"}, DeadLetterCode.INVALID_FIELD, "/created_at"),
        ({"language": "x" * 65}, DeadLetterCode.INVALID_FIELD, "/language"),
        ({"source": "bot"}, DeadLetterCode.INVALID_FIELD, "/source"),
        ({"reply_to": "x" * 513}, DeadLetterCode.INVALID_FIELD, "/reply_to"),
    ],
)
def test_objects_that_are_no_message(change: dict[str, Any], code: DeadLetterCode, where: str) -> None:
    """The code says why and the pointer where, so that a platform's engineer need not see the text."""
    error = refusal(as_json({**OK, **change}))
    assert isinstance(error, ContractError)
    assert (error.code, error.where) == (code, where)


def test_an_exponent_is_no_id() -> None:
    """1e999 would become 'inf', and so would 2e999: two messages of one id."""
    assert refusal(b'{"id":1e999,"text":"a"}').code is DeadLetterCode.INVALID_FIELD


def test_a_missing_field_comes_before_a_bad_one() -> None:
    """The first thing to mend is what is not there."""
    assert refusal(as_json({"created_at": "yesterday"})).code is DeadLetterCode.MISSING_FIELD


@pytest.mark.parametrize(("value", "text"), [(7, "7"), (2**64, "18446744073709551616"), (0, "0")])
def test_integers_are_identifiers(value: int, text: str) -> None:
    """Many platforms number their messages; no digit is lost."""
    message = decode(
        as_json({**OK, "id": value, "author_id": value, "channel": value, "tenant": value, "reply_to": value})
    )
    assert {message.id, message.author_id, message.channel, message.tenant, message.reply_to} == {text}


@pytest.mark.parametrize("moment", ["2026-03-01T09:30:00Z", "2026-03-01T09:30:00", 1772357400, 1772357400000])
def test_times_have_an_offset(moment: object) -> None:
    """A time without an offset is UTC, so what is published of it holds to the schema."""
    message = decode(as_json({**OK, "created_at": moment}))
    assert json.loads(message.model_dump_json())["created_at"] == "2026-03-01T09:30:00Z"


def test_of_a_repeated_key_the_last_counts() -> None:
    """One text is moderated and published; which one is settled."""
    assert decode(b'{"id":"1","text":"first","text":"last"}').text == "last"


def test_text_up_to_the_limit() -> None:
    """The limit counts characters, not bytes."""
    assert len(decode(as_json({**OK, "text": "ä" * 10}), max_characters=10).text) == 10


@pytest.mark.parametrize("size", [100_001, 2_000_000])
def test_text_over_the_limit(size: int) -> None:
    """Two megabytes of text are a dead letter, not a stall."""
    error = refusal(as_json({**OK, "text": "a" * size}))
    assert isinstance(error, OversizedMessage)
    assert (error.code, error.where) == (DeadLetterCode.TEXT_TOO_LONG, "/text")


def test_pointers_find_another_shape() -> None:
    """A platform keeps its own JSON; escapes and array elements work as RFC 6901 has them."""
    document = {"event": {"m~id": 7, "a/b": {"": [{"body": "Good morning!"}]}}, "who": [{"n": "u-1"}], "text": 5}
    message = decode(
        as_json(document), id="/event/m~0id", text="/event/a~1b//0/body", author_id="/who/0/n", channel="/who/1/n"
    )
    assert (message.id, message.text, message.author_id, message.channel) == ("7", "Good morning!", "u-1", None)


def test_errors_name_the_platforms_own_place() -> None:
    """The engineer who reads the dead letter knows the platform's JSON, not our names."""
    assert refusal(as_json(OK), text="/payload/body").where == "/payload/body"
    assert refusal(as_json({**OK, "kind": "bot"}), source="/kind").where == "/kind"


def test_an_emptied_pointer_is_not_read() -> None:
    """A platform whose `source` means something else can say so."""
    assert refusal(as_json({**OK, "source": "ios"})).where == "/source"
    assert decode(as_json({**OK, "source": "ios"}), source="").source is TextSource.USER


def test_errors_quote_nothing() -> None:
    """No error's text, nor its chain, holds what a user wrote: errors are logged and traced."""
    for value in (
        f'{{"id":"1","text":"{CANARY}'.encode(),
        as_json({"text": CANARY}),
        as_json({"id": [CANARY], "text": CANARY}),
        as_json({**OK, "source": CANARY}),
        as_json({**OK, "created_at": CANARY}),
        b'{"id":"1","text":"' + CANARY.encode() + b'\xff"}',
    ):
        error = refusal(value)
        assert CANARY not in repr(error) + str(error)
        assert error.__suppress_context__ or error.__context__ is None


json_documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=10,
)
near_messages = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        [*Message.model_fields, "specversion", "type", "data", "data_base64", "time"], json_documents
    ),
)
header_values = st.none() | st.binary(max_size=8) | st.sampled_from([b"1.0", b"application/cloudevents+json"])
header_names = st.sampled_from(["ce_specversion", "ce_id", "ce_time", "content-type", "Content-Type", "traceparent"])


@given(
    value=st.none() | st.binary() | json_documents.map(as_json) | near_messages.map(as_json),
    headers=st.lists(st.tuples(header_names, header_values), max_size=4).map(tuple),
)
def test_any_bytes_become_a_message_or_a_coded_error(value: bytes | None, headers: Headers) -> None:
    """The agent lives on whatever arrives: any other exception would end it, again and again, on the same record."""
    try:
        message = decode(value, headers)
    except PoisonRecord as error:
        DeadLetterCode(error.code)  # raises where a code is not in the list
        return
    assert message.id
    assert message.text.strip()
