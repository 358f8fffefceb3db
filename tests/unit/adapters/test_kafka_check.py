"""`check` says of each thing that an agent needs whether it is there, and changes nothing."""

import asyncio
import socket

import pytest

from moderator.adapters import kafka_check
from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.adapters.kafka_check import CheckLine, Finding, check_broker
from moderator.config import TopicSettings
from moderator.kafka_settings import KafkaSettings
from tests.support.real_kafka import RealKafka
from tests.unit.adapters.brokers import NOBODY_LISTENS, settings

TOPICS = TopicSettings()
AGENTS = {"messages", "verdicts", "escalations", "dead_letters"}
NAMES = [*TopicSettings.model_fields]


def _bad(lines: list[CheckLine]) -> list[tuple[str, str]]:
    return [(line.name, line.detail) for line in lines if line.finding is Finding.FAIL]


@pytest.mark.kafka
async def test_all_well_and_nothing_written(kafka: RealKafka, topics: TopicSettings) -> None:
    """On a real Kafka with all topics every line is good, and the topics are as empty as before."""
    asked = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, group_id="nobody yet")
    lines = await check_broker(asked, topics, AGENTS)
    assert _bad(lines) == []
    assert [line.name for line in lines] == ["broker", *NAMES, "group", "publishing"]
    assert kafka.end_offsets(topics.verdicts) == [0, 0, 0]


async def test_missing_topics_are_named_and_not_created() -> None:
    """Each missing topic has its line; asking twice shows that asking did not create it. An agent runs without the
    topics of decisions and of a shadow, so their lines say who needs them and are notes.
    """
    with EmbeddedBroker({TOPICS.messages: 1, TOPICS.verdicts: 1}) as broker:
        for _ in range(2):
            lines = await check_broker(settings(broker.bootstrap_servers), TOPICS, AGENTS)
            assert _bad(lines) == [
                (name, f"topic {getattr(TOPICS, name)} does not exist; `moderator topics apply` makes it")
                for name in ("escalations", "dead_letters")
            ]
            unused = {line.name: line.detail for line in lines if line.finding is Finding.NOTE}
            assert unused == {
                "decisions": f"topic {TOPICS.decisions} does not exist; needed by reviewers",
                "shadow": f"topic {TOPICS.shadow} does not exist; needed by a shadow",
            }
            tried = await check_broker(settings(broker.bootstrap_servers), TOPICS, {*AGENTS, "shadow"})
            assert "shadow" in dict(_bad(tried))


async def test_no_broker_is_one_line() -> None:
    """Without a broker there is nothing to say of topics."""
    assert await check_broker(settings(NOBODY_LISTENS), TOPICS, AGENTS) == [
        CheckLine("broker", Finding.FAIL, "127.0.0.1:1: Connection refused")
    ]


async def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that takes connections and never answers does not keep the check from ending."""
    monkeypatch.setattr(kafka_check, "LIMIT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        async with asyncio.timeout(30):
            lines = await check_broker(settings(f"127.0.0.1:{port}"), TOPICS, AGENTS)
    assert [(line.name, line.finding) for line in lines] == [("broker", Finding.FAIL)]
    assert "did not answer" in lines[0].detail
