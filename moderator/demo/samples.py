"""The messages that the demo sends: harmless ones, rude ones, and records that hold no message at all."""

from dataclasses import dataclass
from importlib import resources

from pydantic_core import from_json

from moderator.contracts.record import Publication


@dataclass(frozen=True, slots=True)
class Sample:
    """One record to send; `text` is what the screen shows of it."""

    key: bytes
    value: bytes | None
    text: str

    def to(self, topic: str) -> Publication:
        """The record for `topic`."""
        return Publication(topic, self.key, self.value)


# What every real topic holds sooner or later; each becomes a dead letter and its neighbours go on.
BROKEN = (
    Sample(b"broken-tombstone", None, "a tombstone"),
    Sample(b"broken-bytes", b"\xff\xfe\x00not text", "bytes that are not UTF-8"),
    Sample(b"broken-json", b'{"id": "broken-json", "text": ', "half a JSON document"),
    Sample(b"broken-shape", b'{"id": "broken-shape", "body": "the text is elsewhere"}', "JSON without a text"),
)


def load_samples() -> list[Sample]:
    """All samples, the broken ones among the others."""
    lines = resources.files("moderator.demo").joinpath("messages.jsonl").read_bytes().splitlines()
    samples = [
        Sample(document["id"].encode(), line, document["text"]) for line in lines if (document := from_json(line))
    ]
    for place, broken in enumerate(BROKEN, start=1):
        samples.insert(place * len(samples) // (len(BROKEN) + 1), broken)
    return samples
