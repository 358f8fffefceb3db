"""What is fuzzed: how an input of any bytes is read, which promise it is held to, and where its mutations begin."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from moderator.contracts.record import Record
from tests.fuzz.nasty import DOCUMENTS, MESSAGE, TEXTS, VALUES
from tests.fuzz.properties import (
    arguments_are_understood_or_refused,
    policy_is_loaded_or_refused,
    record_is_answered,
    settings_are_loaded_or_refused,
    text_is_normalised,
    transform_is_applied_or_refused,
)
from tests.fuzz.records import Kind, hostile_records, record_of

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "schemas" / "examples"
BORDER = b"\n--\n"  # between the parts of an input
SEED_BYTES = 4_096  # a longer one is no good start: whatever is found is found in little
HOSTILE = 300


@dataclass(frozen=True, slots=True)
class Target:
    """`check` raises where the promise is broken; `seeds` are the first inputs."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


def _record(content: bytes) -> None:
    """The value, then names and values of headers in turn; an empty input is a record without value."""
    value, *rest = content.split(BORDER)
    names, values = rest[::2], rest[1::2]
    headers = tuple((name.decode("utf-8", "replace"), part) for name, part in zip(names, values, strict=False))
    record_is_answered(Record("messages", 0, 7, 0, None, value or None, headers))


def _records() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(EXAMPLES.rglob("*.json")))
    for hostile in hostile_records(1, HOSTILE):
        if hostile.kind is not Kind.BOMB:
            record = record_of(hostile.sent)
            headers = [part for name, value in record.headers for part in (name.encode(), value or b"")]
            yield BORDER.join([record.value or b"", *headers])


def _text(content: bytes) -> None:
    text_is_normalised(content.decode("utf-8", "ignore"))


def _texts() -> Iterator[bytes]:
    yield from (text.encode()[:SEED_BYTES] for text in TEXTS.values())
    yield from (path.read_bytes() for path in sorted((EXAMPLES / "message" / "v1" / "valid").iterdir()))


def _policies() -> Iterator[bytes]:
    yield (ROOT / "models" / "policy.toml").read_bytes()
    yield b'[[overrides]]\ntenant = "eu"\nchannel = "lobby"\nsource = "ai"\nunsupported_language = "block"\n'
    yield from VALUES.values()


def _settings(content: bytes) -> None:
    """A NAME=VALUE a line, as an environment has them."""
    lines = [line.partition(b"=") for line in content.replace(b"\0", b"").split(b"\n")]
    environment = {os.fsdecode(name): os.fsdecode(value) for name, _, value in lines if name}
    settings_are_loaded_or_refused(environment)


def _environments() -> Iterator[bytes]:
    yield b"KAFKA__SECURITY_PROTOCOL=SASL_SSL\nKAFKA__SASL_USERNAME=u\nKAFKA__BOOTSTRAP_SERVERS=[::1]:9092, kafka:9092"
    yield b"HTTP__PORT=0\nINPUT__TEXT_POINTER=/a~1b/0\nTOPICS__VERDICTS=v\nDEAD_LETTER_BRAKE__PART=0.5\nLOG__LEVEL=INFO"
    yield b"DRAIN_TIMEOUT_S=nan\nHANG_TIMEOUT_S=inf\nKAFKA=[]\nMODEL__THREADS=2\nPORT=tcp://10.0.0.1:80"


def _transform(content: bytes) -> None:
    """The fix, then the value."""
    fix, _, value = content.partition(BORDER)
    transform_is_applied_or_refused(fix, value)


def _transforms() -> Iterator[bytes]:
    yield b'[{"op":"move","from":"/body","path":"/text"},{"op":"test","path":"/a/0","value":1}]' + BORDER + MESSAGE
    yield b'[{"op":"add","path":"/a/-","value":[]},{"op":"remove","path":"/id"}]' + BORDER + b'{"id":"m","a":[1,{}]}'
    yield b'[{"op":"copy","from":"/id","path":"/a"},{"op":"replace","path":"","value":7}]' + BORDER + MESSAGE
    yield b'{"/text":"/body","/id":"/a~1b"}' + BORDER + b'{"body":"tea","a/b":7}'
    yield from (b'{"/text":"/id"}' + BORDER + (value or b"") for value in DOCUMENTS.values())


def _arguments(content: bytes) -> None:
    """An argument a line."""
    arguments_are_understood_or_refused(os.fsdecode(content.replace(b"\0", b"")).split("\n"))


def _command_lines() -> Iterator[bytes]:
    yield b"audit\n--since\n90s\n--json"
    yield b"audit\n--from-offsets\n0:1500,1:1498"
    yield b"list\n--code\ninvalid_json\n--topic\nmessages\n--since\n1d\n--at\n0:7"
    yield b"show\n0:1234\n--value"
    yield b"replay\n--rate\n0.5\n--max-attempts\n3\n--transform\nfix.json\n--dry-run\n--yes\n--report\nr"


TARGETS = {
    "record": Target(_record, _records),
    "text": Target(_text, _texts),
    "policy": Target(policy_is_loaded_or_refused, _policies),
    "settings": Target(_settings, _environments),
    "transform": Target(_transform, _transforms),
    "arguments": Target(_arguments, _command_lines),
}


def corpus(target: Target) -> list[bytes]:
    """The first inputs that are short enough."""
    return [seed for seed in target.seeds() if len(seed) <= SEED_BYTES]
