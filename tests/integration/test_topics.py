"""`moderator topics` on a real Kafka: from nothing, and after somebody's hand."""

import json
import subprocess
import uuid
from collections.abc import Mapping

import pytest
from confluent_kafka.admin._config import AlterConfigOpType, ConfigEntry, ConfigResource
from confluent_kafka.admin._resource import ResourceType

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from moderator.topics.wanted import DAY_MS
from tests.e2e.program import run
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka

pytestmark = pytest.mark.kafka

SMALL = ("--partitions", "2", "--replication", "1")
Told = list[tuple[str, str, str]]  # state, topic, detail


class Desk:
    """Whoever runs the command on topics of their own."""

    def __init__(self, kafka: RealKafka) -> None:
        suffix = uuid.uuid4().hex[:8]
        nouns = [noun for noun in TopicSettings.model_fields if noun != "shadow"]
        self.kafka = kafka
        self.topics = {noun: f"{noun.replace('_', '-')}.{suffix}" for noun in nouns}

    def asks(self, command: str, *arguments: str) -> tuple[int, Told]:
        """The exit code, and the lines."""
        ended = self.runs(command, "--json", *arguments)
        assert ended.returncode in (ExitCode.OK, ExitCode.RIGHTS), ended.stderr
        answer = json.loads(ended.stdout)
        assert answer["as_wanted"] is (ended.returncode == ExitCode.OK)
        return ended.returncode, [(line["state"], line["name"], line["detail"]) for line in answer["lines"]]

    def runs(self, command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """To its end."""
        named = {f"TOPICS__{noun.upper()}": name for noun, name in self.topics.items()}
        settings = {"KAFKA__BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers, **named}
        return run("topics", command, *arguments, settings=settings)

    def configs(self, noun: str) -> dict[str, str]:
        """What the broker says of a topic."""
        resource = ConfigResource(ResourceType.TOPIC, self.topics[noun])
        entries = self.kafka.admin.describe_configs([resource])[resource].result(ADMIN_TIMEOUT_S)
        return {name: entry.value for name, entry in entries.items()}

    def changes_by_hand(self, noun: str, values: Mapping[str, str]) -> None:
        """Past the program."""
        entries = [
            ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in values.items()
        ]
        resource = ConfigResource(ResourceType.TOPIC, self.topics[noun], incremental_configs=entries)
        self.kafka.admin.incremental_alter_configs([resource])[resource].result(ADMIN_TIMEOUT_S)


@pytest.fixture
def desk(kafka: RealKafka) -> Desk:
    """With no topic yet."""
    return Desk(kafka)


def test_from_nothing_to_nothing_to_do(desk: Desk) -> None:
    """The plan creates nothing; apply makes all of it, so that a plan and an apply find nothing to do after it."""
    for _ in range(2):
        code, told = desk.asks("plan", *SMALL)
        assert (code, {state for state, _, _ in told}) == (ExitCode.RIGHTS, {"to do"})
    assert desk.asks("apply", *SMALL)[0] == ExitCode.OK
    for command in ("plan", "apply"):
        code, told = desk.asks(command, *SMALL)
        assert (code, {state for state, _, _ in told}) == (ExitCode.OK, {"ok"})
    made = desk.configs("decisions")
    assert (made["retention.ms"], made["cleanup.policy"]) == (str(35 * DAY_MS), "delete")
    assert len(desk.kafka.end_offsets(desk.topics["messages"])) == 2


def test_what_a_hand_has_changed_is_named_and_mended(desk: Desk) -> None:
    """Each difference is named; what would delete records is left alone, and settings of nobody's concern stay."""
    assert desk.asks("apply", *SMALL)[0] == ExitCode.OK
    desk.changes_by_hand("verdicts", {"retention.ms": str(DAY_MS), "segment.bytes": "52428800"})
    desk.changes_by_hand("messages", {"max.message.bytes": "2000000"})
    desk.changes_by_hand("escalations", {"retention.ms": "-1"})

    def differences(command: str) -> dict[str, tuple[str, str]]:
        code, told = desk.asks(command, *SMALL)
        assert code == ExitCode.RIGHTS
        return {f"{name} {detail.split()[0]}": (state, detail) for state, name, detail in told if state != "ok"}

    topics = desk.topics
    short, small = f"{topics['verdicts']} kept", f"{topics['verdicts']} max.message.bytes"
    planned = differences("plan")
    assert planned[short] == ("to do", "kept 1 day, wanted 30 days")
    assert planned[small] == ("to do", "max.message.bytes 1048588, wanted 2000000")
    state, detail = planned[f"{topics['escalations']} kept"]
    assert state == "refused"
    assert "--allow-shorter-retention" in detail
    done = differences("apply")
    assert (done[short][0], done[small][0]) == ("done", "done")
    assert desk.configs("escalations")["retention.ms"] == "-1"
    mended = desk.configs("verdicts")
    assert (mended["retention.ms"], mended["segment.bytes"]) == (str(30 * DAY_MS), "52428800")
    assert desk.asks("apply", *SMALL, "--allow-shorter-retention")[0] == ExitCode.OK
    assert desk.configs("escalations")["retention.ms"] == str(14 * DAY_MS)


def test_partitions_are_added_when_that_is_allowed_and_never_taken_away(desk: Desk) -> None:
    """Both change where keys go; only one of them can be done."""
    assert desk.asks("apply", *SMALL)[0] == ExitCode.OK
    more = (*SMALL, "--partitions", "messages=3")
    code, told = desk.asks("apply", *more)
    assert (code, [name for state, name, _ in told if state == "refused"]) == (
        ExitCode.RIGHTS,
        [desk.topics["messages"]],
    )
    assert desk.asks("apply", *more, "--allow-more-partitions")[0] == ExitCode.OK
    assert len(desk.kafka.end_offsets(desk.topics["messages"])) == 3
    code, told = desk.asks("apply", *SMALL, "--allow-more-partitions")
    assert (code, [name for state, name, _ in told if state == "refused"]) == (
        ExitCode.RIGHTS,
        [desk.topics["messages"]],
    )
    assert len(desk.kafka.end_offsets(desk.topics["messages"])) == 3


def test_topics_that_are_there_say_how_new_ones_are_made(desk: Desk) -> None:
    """Who has topics already need not know how many partitions they have: the rest is made to match, on one broker."""
    desk.kafka.create_topics(
        {desk.topics["messages"]: 3, desk.topics["verdicts"]: 2}, {"retention.ms": str(30 * DAY_MS)}
    )
    code, told = desk.asks("apply", "--retention", "messages=30d")
    assert code == ExitCode.OK, told
    partitions = {noun: len(desk.kafka.end_offsets(name)) for noun, name in desk.topics.items()}
    assert partitions == {**dict.fromkeys(desk.topics, 3), "verdicts": 2}
    assert desk.asks("plan", "--retention", "messages=30d")[0] == ExitCode.OK


def test_what_the_cluster_cannot_do_is_told_by_the_plan(desk: Desk) -> None:
    """Three copies on one broker: the dry run asks it."""
    code, told = desk.asks("plan", "--replication", "3")
    assert (code, {state for state, _, _ in told}) == (ExitCode.RIGHTS, {"failed"})
    assert "replication factor" in told[0][2].lower()


def test_rights_on_a_cluster_that_asks_for_none_are_refused(desk: Desk) -> None:
    """They would look as if they protected something."""
    ended = desk.runs("plan", *SMALL, "--principal", "agent=User:moderator")
    assert ended.returncode == ExitCode.CONFIG
    assert b"--principal: this cluster asks nobody for rights" in ended.stderr


def test_the_lines_are_plain_where_nobody_looks(desk: Desk) -> None:
    """A line each for grep, without colours."""
    ended = desk.runs("plan", *SMALL)
    lines = ended.stdout.decode().splitlines()
    assert lines[0].startswith(f"to do    {desk.topics['messages']} ")
    assert (len(lines), lines[-1]) == (len(desk.topics) + 1, "5 to do")
    assert b"\x1b" not in ended.stdout
