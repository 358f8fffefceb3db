"""The consumer in docs/delivery.md, which people copy, sees each verdict once."""

import json
import re
import sys
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.e2e.program import ENDS_WITHIN_S, Running
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, message
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

PAGE = Path(__file__).parents[2] / "docs" / "delivery.md"
SNIPPET = re.compile(r"\n## Removing duplicates\n.*?\n```python\n(.*?)\n```\n", re.DOTALL)
BOOTSTRAP_SERVERS, VERDICTS = "127.0.0.1:9092", "moderation.verdicts"
SOME = 200


def adapted(replacements: dict[str, str]) -> str:
    """The snippet for the test's broker and topic, each of which it must name."""
    found = SNIPPET.search(PAGE.read_text(encoding="utf-8"))
    assert found
    snippet = found[1]
    for documented, ours in replacements.items():
        assert f'"{documented}"' in snippet
        snippet = snippet.replace(f'"{documented}"', f'"{ours}"')
    return snippet


def mark_the_ends(kafka: RealKafka, topic: str) -> list[str]:
    """A last verdict in each partition of `topic`, and their lines: who has printed these has seen all others."""
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers, "log_level": 0})
    names = [f"end-{number}" for number in range(len(kafka.end_offsets(topic)))]
    for number, name in enumerate(names):
        value = json.dumps({"id": name, "message_id": name, "outcome": "allow"})
        producer.produce(topic, value.encode(), partition=number)
    assert producer.flush(ENDS_WITHIN_S) == 0
    return [f"{name} allow" for name in names]


def test_the_documented_consumer_prints_each_verdict_once(
    platform: Platform, agent: StartAgent, kafka: RealKafka, tmp_path: Path
) -> None:
    """Of a topic where each stands twice, as two groups have moderated the same messages."""
    platform.send(map(message, range(SOME)))
    for times, group in enumerate(("first", "second"), start=1):
        with agent(group) as process:
            platform.all_answered(times)
            assert process.stop() == 0
    ends = mark_the_ends(kafka, platform.topics.verdicts)

    (tmp_path / "consumer.py").write_text(
        adapted({BOOTSTRAP_SERVERS: kafka.bootstrap_servers, VERDICTS: platform.topics.verdicts})
    )
    # In a folder of its own; unbuffered, since it never ends by itself.
    with Running(["sh", "-c", f"cd '{tmp_path}' && exec '{sys.executable}' -u consumer.py"]) as consumer:
        for end in ends:
            consumer.until(end)
        printed = consumer.output.splitlines()

    expected = [
        f"{answer.verdict['message_id']} {answer.verdict['outcome']}" for (answer, _) in platform.answers.values()
    ]
    assert sorted(printed) == sorted([*expected, *ends])
