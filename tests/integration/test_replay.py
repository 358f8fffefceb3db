"""`moderator replay` on a real Kafka: it computes a verdict once more, and says well why it cannot."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Producer, TopicPartition

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import POLICY_FILE, default_model_directory
from tests.e2e.program import run
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, message
from tests.integration.topic import records_of
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka

pytestmark = pytest.mark.kafka

GROUP = "group"
SOME = 60
CPU = "CPUExecutionProvider"

Replay = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def replay(kafka: RealKafka, topics: TopicSettings) -> Replay:
    """The command on the test's topics; settings by the names of their variables without the prefix."""
    named = {f"TOPICS__{name.upper()}": topic for name, topic in topics.model_dump().items()}
    servers = {"KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers, **named}
    return lambda *arguments, **settings: run("replay", *arguments, settings={**servers, **settings})


def write(kafka: RealKafka, topic: str, verdict: dict[str, Any]) -> None:
    """One more verdict."""
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers})
    producer.produce(topic, json.dumps(verdict).encode())
    assert producer.flush(ADMIN_TIMEOUT_S) == 0


def refused(ended: subprocess.CompletedProcess[bytes]) -> str:
    """Why it cannot be told."""
    assert (ended.returncode, ended.stdout) == (ExitCode.CONFIG, b"")
    return ended.stderr.decode()


def test_replay(
    kafka: RealKafka, topics: TopicSettings, platform: Platform, agent: StartAgent, replay: Replay, tmp_path: Path
) -> None:
    """A verdict as it was published reproduces; one that was altered does not; of others it is said why not."""
    platform.send(map(message, range(SOME)))
    with agent(GROUP, MODEL__PROVIDER=CPU) as process:
        platform.all_answered()
        assert process.stop() == 0
    read = next(record for record in records_of(kafka, topics.verdicts) if record.partition() == 0)
    verdict = json.loads(read.value() or b"")
    place = f"{read.partition()}:{read.offset()}"

    ended = replay("--verdict", verdict["id"], "--json")
    assert ended.returncode == ExitCode.OK, ended.stderr
    assert json.loads(ended.stdout)["reproduces"] is True
    assert b"tea" not in ended.stdout + ended.stderr
    policy = tmp_path / "policy.toml"
    policy.write_bytes((default_model_directory() / POLICY_FILE).read_bytes() + b"\n# another\n")
    said = refused(replay("--verdict", verdict["id"], "--at", place, POLICY__FILE=str(policy)))
    assert "policy: the verdict is of" in said
    assert "model: " not in said

    final = verdict | {"id": "final", "source": "human", "replaces": verdict["id"], "outcome": "block"}
    write(kafka, topics.verdicts, final)
    said = refused(replay("--verdict", "final"))
    assert "is final, by a person" in said
    assert f"the first was {verdict['id']}, allow" in said

    altered = verdict | {"id": "altered", "outcome": "block"}
    write(kafka, topics.verdicts, altered)
    ended = replay("--verdict", "altered", "--since", "1h")
    assert ended.returncode == ExitCode.FAILED
    assert b"outcome: block was published, allow comes out" in ended.stdout

    said = refused(replay("--verdict", verdict["id"], INPUT__TEXT_POINTER="/payload/body"))
    assert "MODERATOR_INPUT__*: the record is no message any more: missing_field at /payload/body" in said

    origin = verdict["origin"]
    gone = TopicPartition(topics.messages, origin["partition"], origin["offset"] + 1)
    for deleted in kafka.admin.delete_records([gone]).values():
        deleted.result(ADMIN_TIMEOUT_S)
    assert "deleted by retention" in refused(replay("--verdict", verdict["id"]))
