"""Verdicts and records are found on their topics, on the embedded broker; what is not there is told."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.adapters.kafka_reader import KafkaReader
from moderator.comparison.comparison import compare
from moderator.comparison.finding import Hint, find
from moderator.comparison.reading import read_sides
from moderator.config import Settings, TopicSettings
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Publication
from moderator.contracts.verdict import Verdict
from moderator.errors import ConfigError
from tests.unit.adapters.brokers import publisher, settings
from tests.unit.comparison.verdicts import verdict
from tests.unit.pipeline.fakes import TOPIC

NAMED = TopicSettings(messages=TOPIC, verdicts="verdicts", shadow="shadow")
VALUE = b"a message"


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """Messages, verdicts, shadow."""
    with EmbeddedBroker({TOPIC: 1, NAMED.verdicts: 2, NAMED.shadow: 2}) as broker:
        yield broker


@pytest.fixture
def on(broker: EmbeddedBroker) -> Settings:
    """Settings for these topics."""
    return Settings(kafka=settings(broker.bootstrap_servers), topics=NAMED)


async def publish(on: Settings, topic: str, values: Sequence[bytes]) -> None:
    """In their order."""
    publishing = publisher(on.kafka.bootstrap_servers)
    await publishing.start()
    await publishing.publish([Publication(topic, b"key", value) for value in values])
    await publishing.stop()


async def origin(on: Settings, offset: int = 0) -> dict[str, Any]:
    """Of a message that is there."""
    await publish(on, TOPIC, [VALUE])
    async with KafkaReader(on.kafka) as reader:
        read = [record async for records in reader.read(await reader.spans(TOPIC)) for record in records]
    return {"topic": TOPIC, "partition": 0, "offset": offset, "timestamp_ms": read[0].timestamp_ms}


async def found(on: Settings, verdict_id: str, hint: Hint | None = None) -> tuple[Verdict, bytes | None]:
    """The verdict, and its message's value."""
    said, record = await find(on, verdict_id, None, hint, lambda _done, _total: None)
    return said, record.value


async def test_both_sides(on: Settings) -> None:
    """Each topic is read to its end, and progress says so."""
    await publish(on, NAMED.verdicts, [to_bytes(verdict(offset)) for offset in range(3)])
    await publish(on, NAMED.shadow, [to_bytes(verdict(offset, 0.95, "new")) for offset in range(2)])
    seen: list[tuple[int, int]] = []
    first, shadow = await read_sides(on, None, lambda done, total: seen.append((done, total)))
    assert compare(first, shadow).compared == 2
    assert seen[-1] == (5, 5)


async def test_a_verdict_and_its_record(on: Settings) -> None:
    """By its id, or where it stands; whatever else is on the topic."""
    wanted = verdict(0, origin=await origin(on))
    await publish(on, NAMED.verdicts, [b"no JSON", wanted.id.encode(), to_bytes(verdict(7)), to_bytes(wanted)])
    assert await found(on, wanted.id) == (wanted, VALUE)
    async with KafkaReader(on.kafka) as reader:
        spans = await reader.spans(NAMED.verdicts)
    (part,) = [part for part, span in spans.items() if span.end]
    assert await found(on, wanted.id, Hint(part.number, 3)) == (wanted, VALUE)
    with pytest.raises(ConfigError, match="not on verdicts, there"):
        await found(on, wanted.id, Hint(part.number, 2))
    with pytest.raises(ConfigError, match="holds no such record"):
        await found(on, wanted.id, Hint(part.number, 4))


async def test_no_such_verdict(on: Settings) -> None:
    """Also where the topic is empty."""
    with pytest.raises(ConfigError, match="not on verdicts, in what the topic holds"):
        await found(on, "nobodys")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"timestamp_ms": 1}, "another record stands there"),
        ({"offset": 9}, "not there"),
        ({"partition": 9}, "not there"),
    ],
)
async def test_a_topic_that_was_made_anew(on: Settings, change: dict[str, int], why: str) -> None:
    """Another message must not be taken for the one that was judged."""
    wanted = verdict(0, origin=await origin(on) | change)
    await publish(on, NAMED.verdicts, [to_bytes(wanted)])
    with pytest.raises(ConfigError, match=why):
        await found(on, wanted.id)


async def test_a_final_verdict(on: Settings) -> None:
    """It follows from no model; what the model had said is named where it is still there."""
    first = verdict(0, 0.6)
    final = verdict(0, id="final", source="human", replaces=first.id)
    namesake = verdict(7, message_id=first.message_id)  # of another record
    await publish(on, NAMED.verdicts, [to_bytes(namesake), to_bytes(final)])
    with pytest.raises(
        ConfigError, match="is final, by a person, and follows from no model here; the first is not found"
    ):
        await found(on, "final")
    await publish(on, NAMED.verdicts, [to_bytes(first)])
    with pytest.raises(ConfigError, match=f"the first was {first.id}, escalate"):
        await found(on, "final")


async def test_a_verdict_without_a_record(on: Settings) -> None:
    """Of `moderator classify`, say."""
    await publish(on, NAMED.verdicts, [to_bytes(verdict(0, origin=None))])
    with pytest.raises(ConfigError, match="names no record"):
        await found(on, verdict(0).id)
