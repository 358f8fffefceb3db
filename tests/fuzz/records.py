"""Records from the worst producer there is; a seed decides them."""

import base64
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from moderator.contracts.message import MESSAGE_FIELDS
from moderator.contracts.record import Record
from tests.fuzz.nasty import DOCUMENTS, MESSAGE, TEXTS, VALUES
from tests.integration.platform import Headers, Sent

MANY_HEADERS = 3_000
HUGE_KEY = 200_000  # bytes
BOMB = 900_000  # bytes of one value, which become a thousandth of that
LARGEST = 1_048_400  # bytes of a value that a topic takes even unpacked
BOMBS = 12  # of one author, so of one partition
WORDS = ("tea", "rain", "bus", "late", "fine", "walk", "home", "you", "idiot", "@maria", "https://example.org")

ENVELOPE = {"specversion": "1.0", "id": "e", "source": "/game", "type": "chat.message"}
BINARY: Headers = [("ce_specversion", b"1.0"), ("ce_id", b"e"), ("ce_source", b"/game"), ("ce_type", b"chat.message")]
STRUCTURED: Headers = [("content-type", b"application/cloudevents+json; charset=UTF-8")]
HEADERS: tuple[tuple[str, bytes | None], ...] = (
    ("ce_specversion", b"0.3"),
    ("ce_specversion", None),
    ("ce_id", b"\xff\xfe"),
    ("ce_id", b""),
    ("ce_time", b"10000-01-01"),
    ("ce_time", "\u202e".encode()),
    ("content-type", b"application/cloudevents-batch+json"),
    ("content-type", b"\xff" * 1_000),
    ("traceparent", b"\0" * 100),
    ("", b""),
    ("\x1b[2J\u202e", b"\0"),
    ("n" * 10_000, None),
    ("moderator.error.code", b"tombstone"),
    ("moderator.error.stage", None),
    ("moderator.error.where", b"/forged"),
    ("moderator.replay.attempts", b"9" * 5_000),
    ("__connect.errors.topic", b"elsewhere"),
    ("__connect.errors.partition", b"-1"),
    ("__connect.errors.offset", b"9" * 5_000),
)


class Kind(StrEnum):
    """What is wrong with a record."""

    NOTHING = "nothing"
    VALUE = "one value of a message"
    DOCUMENT = "the whole document"
    BYTES = "random bytes"
    FLIPPED = "a message with bytes changed"
    BINARY_EVENT = "CloudEvent in headers"
    STRUCTURED_EVENT = "CloudEvent in an envelope"
    HEADERS = "headers"
    KEY = "the key"
    TEXT = "the text"
    BOMB = "a value that unpacks to almost a megabyte"


SHARES = dict.fromkeys(Kind, 120) | {
    Kind.NOTHING: 400,
    Kind.HEADERS: 40,
    Kind.KEY: 40,
    Kind.TEXT: 40,
    Kind.BOMB: 1,
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """One record, and what is wrong with it."""

    kind: Kind
    sent: Sent


def hostile_records(seed: int, count: int) -> Iterator[Hostile]:
    """So many, of every kind; bombs come together, so that one batch unpacks to many megabytes."""
    draw = random.Random(seed)
    left = count
    while left:
        (kind,) = draw.choices(list(SHARES), list(SHARES.values()))
        for _ in range(min(left, BOMBS if kind is Kind.BOMB else 1)):
            yield Hostile(kind, hostile(kind, left, draw))
            left -= 1


def hostile(kind: Kind, number: int, draw: random.Random) -> Sent:
    """One record of that kind."""
    return MAKERS[kind](number, draw)


def record_of(sent: Sent) -> Record:
    """The record as an agent fetches it."""
    headers = tuple((name, value.encode() if isinstance(value, str) else value) for name, value in sent.headers)
    return Record("messages", 0, 7, 0, sent.key, sent.value, headers)


def _key(draw: random.Random) -> bytes:
    return b"author %d" % draw.randrange(50)


def _message(number: int, text: str) -> bytes:
    return json.dumps({"id": f"m{number}", "text": text}, ensure_ascii=False).encode()


def _words(draw: random.Random) -> str:
    return " ".join(draw.choices(WORDS, k=draw.randint(3, 30)))


def _nothing(number: int, draw: random.Random) -> Sent:
    return Sent(_key(draw), _message(number, _words(draw)))


def _value(number: int, draw: random.Random) -> Sent:
    fields = {"id": b'"m%d"' % number, "text": b'"%s"' % _words(draw).encode()}
    fields[draw.choice([*MESSAGE_FIELDS, "likes"])] = draw.choice(list(VALUES.values()))
    return Sent(
        _key(draw), b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name, value in fields.items()) + b"}"
    )


def _document(_number: int, draw: random.Random) -> Sent:
    return Sent(_key(draw), draw.choice(list(DOCUMENTS.values())))


def _bytes(_number: int, draw: random.Random) -> Sent:
    return Sent(draw.randbytes(draw.randrange(9)), draw.randbytes(draw.randrange(2_000)))


def _flipped(number: int, draw: random.Random) -> Sent:
    content = bytearray(_message(number, _words(draw)))
    for _ in range(draw.randint(1, 4)):
        content[draw.randrange(len(content))] = draw.randrange(256)
    return Sent(_key(draw), bytes(content))


def _binary_event(number: int, draw: random.Random) -> Sent:
    headers = [*BINARY, *draw.choices(HEADERS, k=draw.randrange(3))]
    draw.shuffle(headers)
    return Sent(None, draw.choice([_message(number, _words(draw)), b'{"text":"tea"}', b"[]", None]), headers)


def _structured_event(number: int, draw: random.Random) -> Sent:
    data = _message(number, _words(draw))
    parts: list[bytes] = [b'"%s":"%s"' % (name.encode(), value.encode()) for name, value in ENVELOPE.items()]
    parts.append(draw.choice([b'"data":' + data, b'"data_base64":"%s"' % base64.b64encode(data)]))
    broken = draw.choice([b"specversion", b"id", b"source", b"time", b"data", b"data_base64"])
    if draw.random() < 0.8:
        parts.append(b'"%s":%s' % (broken, draw.choice(list(VALUES.values()))))
    draw.shuffle(parts)
    return Sent(_key(draw), b"{" + b",".join(parts) + b"}", draw.choice([STRUCTURED, []]))


def _headers(number: int, draw: random.Random) -> Sent:
    headers = draw.choices(HEADERS, k=draw.choice([1, 5, MANY_HEADERS // 10]))
    if draw.random() < 0.3:
        headers = [(f"h{place % 7}", draw.choice([None, b"", b"\xff"])) for place in range(MANY_HEADERS)]
    return Sent(_key(draw), draw.choice([_message(number, _words(draw)), b"no JSON"]), list(headers))


def _odd_key(number: int, draw: random.Random) -> Sent:
    key = draw.choice([None, b"", b"\0", b"\xff" * 10, b"k" * HUGE_KEY, draw.randbytes(1_000)])
    return Sent(key, draw.choice([_message(number, _words(draw)), b"no JSON", None]))


def _text(number: int, draw: random.Random) -> Sent:
    return Sent(_key(draw), _message(number, draw.choice(list(TEXTS.values()))))


def _bomb(number: int, draw: random.Random) -> Sent:
    """Too long a text, a message that is all padding, no JSON; some hardly leave room for what a dead letter adds."""
    size = draw.choice([BOMB, LARGEST])
    padded = MESSAGE[:-1] + b" " * (size - len(MESSAGE)) + b"}"
    return Sent(b"bomber", draw.choice([_message(number, "tea " * (BOMB // 4)), padded, b"x" * size, b"[" * size]))


MAKERS: dict[Kind, Callable[[int, random.Random], Sent]] = {
    Kind.NOTHING: _nothing,
    Kind.VALUE: _value,
    Kind.DOCUMENT: _document,
    Kind.BYTES: _bytes,
    Kind.FLIPPED: _flipped,
    Kind.BINARY_EVENT: _binary_event,
    Kind.STRUCTURED_EVENT: _structured_event,
    Kind.HEADERS: _headers,
    Kind.KEY: _odd_key,
    Kind.TEXT: _text,
    Kind.BOMB: _bomb,
}
