"""`moderator audit` against a real Kafka: it says sound where all is well, and finds what was taken away by hand."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from confluent_kafka import Consumer, TopicPartition

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from tests.e2e.program import run
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, Sent, message
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka

pytestmark = pytest.mark.kafka

GROUP = "group"
SOME = 300
POISON = Sent(b"poison", b"no JSON")

Audit = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def audit(kafka: RealKafka, topics: TopicSettings) -> Audit:
    """The command on the test's topics."""
    named = {f"TOPICS__{name.upper()}": topic for name, topic in topics.model_dump().items()}
    settings = {"KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "KAFKA__GROUP_ID": GROUP, **named}
    return lambda *arguments: run("audit", *arguments, settings=settings)


@pytest.fixture
def moderated(platform: Platform, agent: StartAgent) -> Platform:
    """A platform whose messages, poison among them, all have their answers, committed."""
    platform.send([*map(message, range(SOME)), POISON])
    with agent(GROUP) as process:
        platform.all_answered()
        assert process.stop() == 0
    return platform


def read(result: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """The JSON report."""
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def total(report: dict[str, Any], figure: str) -> int:
    """Over all partitions."""
    return sum(part[figure] for part in report["partitions"])


def commit(kafka: RealKafka, topics: TopicSettings, offsets: dict[int, int]) -> None:
    """As somebody who resets a group by hand does."""
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap_servers, "group.id": GROUP})
    try:
        consumer.commit(
            offsets=[TopicPartition(topics.messages, number, offset) for number, offset in offsets.items()],
            asynchronous=False,
        )
    finally:
        consumer.close()


def test_all_answered_is_sound(moderated: Platform, audit: Audit, kafka: RealKafka) -> None:
    """Counted once each; what was sent since is pending, and so it says."""
    sound = audit("--json")
    assert sound.returncode == ExitCode.OK, sound.stderr
    assert total(read(sound), "answered") == SOME + 1
    moderated.send([message(SOME)])
    later = audit()
    assert later.returncode == ExitCode.OK
    *_, totals, verdict = later.stdout.decode().splitlines()
    assert totals.split()[:4] == ["all", f"{SOME + 2}", f"{SOME + 1}", "1"]
    assert verdict == f"sound: every message that group {GROUP} has committed is answered"


def test_a_verdict_that_was_deleted_is_missed(moderated: Platform, audit: Audit, kafka: RealKafka) -> None:
    """Its message is named by partition and offset."""
    verdicts = moderated.topics.verdicts
    partition = next(number for number, end in enumerate(kafka.end_offsets(verdicts)) if end)
    wanted = [TopicPartition(verdicts, partition, 1)]
    kafka.admin.delete_records(wanted)[wanted[0]].result(ADMIN_TIMEOUT_S)
    result = audit("--json")
    assert result.returncode == ExitCode.FAILED
    report = read(result)
    assert not report["sound"]
    assert total(report, "missing_records") == 1
    (missing,) = [run for part in report["partitions"] for run in part["missing"]]
    assert missing["first"] == missing["last"]
    table = audit()
    assert table.returncode == ExitCode.FAILED
    assert f"no answer: {missing['first']}\n" in table.stdout.decode()


def test_a_record_that_was_skipped_is_missed(
    moderated: Platform, audit: Audit, kafka: RealKafka, topics: TopicSettings
) -> None:
    """A group that was moved past messages has not moderated them."""
    before = kafka.end_offsets(topics.messages)
    moderated.send(map(message, range(SOME, 2 * SOME)))
    after = kafka.end_offsets(topics.messages)
    commit(kafka, topics, dict(enumerate(after)))
    report = read(audit("--json"))
    assert total(report, "missing_records") == SOME
    for part in report["partitions"]:
        first, end = before[part["partition"]], after[part["partition"]]
        assert part["missing"] == ([{"first": first, "last": end - 1}] if first < end else [])
    # From behind the gap on, all is well.
    offsets = ",".join(f"{number}:{end}" for number, end in enumerate(after))
    assert audit("--from-offsets", offsets).returncode == ExitCode.OK


def test_the_messages_of_a_time_are_audited_by_themselves(moderated: Platform, audit: Audit) -> None:
    """With the answers to them; what is older is not looked at."""
    report = read(audit("--since", "1h", "--json"))
    assert (report["sound"], total(report, "messages")) == (True, SOME + 1)
    report = read(audit("--since", "0s", "--json"))
    assert (report["sound"], total(report, "messages")) == (True, 0)


def test_a_group_that_has_committed_nothing_is_not_sound(platform: Platform, audit: Audit) -> None:
    """As one that was mistyped: all would be pending, and nothing could be missing."""
    platform.send([message(0)])
    result = audit("--json")
    assert (result.returncode, result.stdout) == (ExitCode.CONFIG, b"")
    told = f"group {GROUP} has committed nothing on {platform.topics.messages}, so nothing was audited"
    assert told in result.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--from-offsets", "9:0"), "has no partition 9"),
        (("--from-offsets", "nonsense"), "is not PARTITION:OFFSET"),
        (("--since", "soon"), "is no duration"),
        (("--since", "1h", "--from-offsets", "0:0"), "exclude each other"),
    ],
)
def test_wrong_usage_is_told(moderated: Platform, audit: Audit, arguments: tuple[str, ...], problem: str) -> None:
    """With the option, and exit code 2."""
    result = audit(*arguments)
    assert result.returncode == ExitCode.CONFIG
    assert problem in result.stderr.decode()
