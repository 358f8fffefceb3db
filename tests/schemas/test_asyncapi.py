"""schemas/asyncapi.yaml says who talks to whom: every topic, its key, its headers and its schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from moderator.config import TopicSettings
from moderator.contracts.cloudevents import event_headers
from moderator.contracts.schemas import CONTRACTS, schema_files
from tests.schemas.folder import SCHEMAS, validator
from tests.unit.contracts.records import NOW, record

BATCH = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
DOCUMENT: dict[str, Any] = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text())
SPECIFICATION = Path(__file__).parent / "asyncapi" / "3.0.0.json"


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in `part`."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def follow(reference: str) -> Any:
    """What a reference means. Raises when it leads nowhere."""
    split = urlsplit(reference)
    target = json.loads((SCHEMAS / split.path).read_bytes()) if split.path else DOCUMENT
    for token in split.fragment.split("/")[1:]:
        target = target[token]
    return target


def resolved(part: Any) -> Any:
    """`part` with references inside this document replaced by what they mean."""
    if isinstance(part, list):
        return [resolved(value) for value in part]
    if not isinstance(part, dict):
        return part
    if str(part.get("$ref", "")).startswith("#"):
        return resolved(follow(part["$ref"]))
    return {key: resolved(value) for key, value in part.items()}


def test_is_asyncapi_3() -> None:
    """The document holds to the specification's own JSON Schema."""
    specification = Draft7Validator(json.loads(SPECIFICATION.read_bytes()))
    assert [f"{error.json_path}: {error.message}" for error in specification.iter_errors(DOCUMENT)] == []


def test_every_topic() -> None:
    """Each topic that can be named in the settings is a channel under its default name, and there is no other."""
    addresses = [channel["address"] for channel in DOCUMENT["channels"].values()]
    assert addresses == list(TopicSettings().model_dump().values())
    assert [channel["bindings"]["kafka"]["topic"] for channel in DOCUMENT["channels"].values()] == addresses


def test_every_reference_leads_somewhere() -> None:
    """A reader or generator can follow every `$ref`."""
    for reference in references(DOCUMENT):
        assert isinstance(follow(reference), dict), reference


def test_every_schema_is_used() -> None:
    """No schema without a topic."""
    files = {urlsplit(reference).path.removeprefix("./") for reference in references(DOCUMENT)} - {""}
    assert files == set(schema_files())


@pytest.mark.parametrize("noun", CONTRACTS)
def test_every_message(noun: str) -> None:
    """Each message tells its key and headers, and a payload that is its own contract's schema."""
    message = next(part for part in DOCUMENT["components"]["messages"].values() if part["name"] == f"{noun}.v1")
    schema = {"$ref": f"./{noun}.v1.schema.json"}
    assert message["headers" if noun == "dead_letter" else "payload"] == schema
    assert message["headers"]
    assert resolved(message["bindings"]["kafka"]["key"])["description"]
    for example in message.get("examples", []):
        validator(noun).validate(example["payload"])


def test_every_operation() -> None:
    """The agent reads messages, and writes what the flow writes."""
    operations = [(part["action"], part["channel"]["$ref"]) for part in DOCUMENT["operations"].values()]
    assert operations == [
        ("receive", "#/channels/messages"),
        ("send", "#/channels/verdicts"),
        ("send", "#/channels/escalations"),
        ("send", "#/channels/deadLetters"),
        ("send", "#/channels/shadow"),
    ]


@pytest.mark.parametrize("noun", ["verdict", "escalation", "decision"])
def test_headers_are_those_that_are_sent(noun: str) -> None:
    """The headers of a published event validate, and there is none that the document does not name."""
    trace = (("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("tracestate", b"vendor=1"))
    headers = event_headers(noun, "v-1", "/moderator/agent", "m-1", NOW, record(b"{}", headers=trace), BATCH)
    described = resolved(DOCUMENT["components"]["schemas"][f"{noun}Headers"])
    sent = {name: value.decode() for name, value in headers if value is not None}
    Draft202012Validator(described).validate(sent)
    named = {name for part in described["allOf"] for name in part["properties"]}
    assert set(sent) == named
    assert any(Draft202012Validator(described).iter_errors({**sent, "ce_type": "moderator.other.v1"}))
