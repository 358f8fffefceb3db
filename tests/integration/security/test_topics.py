"""`moderator topics` grants each role what it needs, and names the right that it lacks itself."""

import json
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from confluent_kafka.admin._acl import AclOperation
from confluent_kafka.admin._resource import ResourceType

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from tests.e2e.program import run
from tests.integration.platform import Platform, message
from tests.integration.security.identities import ByToken
from tests.integration.security.programs import agent, on
from tests.support.secure_kafka import Grant, SecureKafka, describe

pytestmark = pytest.mark.kafka

SMALL = ("--partitions", "1", "--replication", "1")


@pytest.fixture
def unmade() -> TopicSettings:
    """Names of topics that nobody has made."""
    suffix = uuid.uuid4().hex[:8]
    return TopicSettings(**{noun: f"{noun.replace('_', '-')}.{suffix}" for noun in TopicSettings.model_fields})


@pytest.fixture
def identity(secure: SecureKafka, tmp_path: Path) -> ByToken:
    """Somebody new, without a right."""
    return ByToken(secure, tmp_path, f"user-{uuid.uuid4().hex[:8]}")


def lines(settings: Mapping[str, str], command: str, *arguments: str, code: ExitCode) -> Sequence[Mapping[str, str]]:
    """What the command says."""
    ended = run("topics", command, "--json", *SMALL, *arguments, settings=settings)
    assert ended.returncode == code, ended.stdout + ended.stderr
    told: Sequence[Mapping[str, str]] = json.loads(ended.stdout)["lines"]
    return told


def test_an_agent_moderates_with_what_was_granted(
    secure: SecureKafka, unmade: TopicSettings, identity: ByToken
) -> None:
    """From nothing; then there is nothing to do, and a right beyond is named."""
    whom = ("--principal", f"agent=User:{identity.user}")
    everybody = {"KAFKA__BOOTSTRAP_SERVERS": secure.broker.bootstrap_servers, **on(unmade, identity.user)}
    planned = lines(everybody, "plan", *whom, code=ExitCode.RIGHTS)
    assert {line["state"] for line in planned} == {"to do"}
    lines(everybody, "apply", *whom, code=ExitCode.OK)
    platform = Platform(secure.broker, unmade)
    platform.send([message(0)])
    with agent(identity.settings | on(unmade, identity.user)) as running:
        platform.all_answered()
        assert running.stop() == 0
    platform.close()
    assert {line["state"] for line in lines(everybody, "plan", *whom, code=ExitCode.OK)} == {"ok"}
    secure.grant(identity.user, [Grant(ResourceType.TOPIC, unmade.verdicts, AclOperation.ALTER)])
    (note,) = [line for line in lines(everybody, "plan", *whom, code=ExitCode.OK) if line["state"] == "note"]
    assert f"may ALTER on topic {unmade.verdicts}" in note["detail"]


def test_a_right_to_look_that_is_missing_is_named(
    secure: SecureKafka, unmade: TopicSettings, identity: ByToken
) -> None:
    """Exit code 2, as there is no plan."""
    mine = identity.settings | on(unmade)
    ended = run("topics", "plan", *SMALL, settings=mine)
    assert ended.returncode == ExitCode.CONFIG
    assert f"no right to look at {unmade.messages}; it takes DESCRIBE on the topic" in ended.stderr.decode()
    secure.grant(identity.user, map(describe, unmade.model_dump().values()))
    ended = run("topics", "plan", *SMALL, "--principal", "agent=User:x", settings=mine)
    assert ended.returncode == ExitCode.CONFIG
    assert "it takes DESCRIBE on the cluster" in ended.stderr.decode()


@pytest.mark.parametrize(("command", "grants"), [("plan", "to do"), ("apply", "failed")])
def test_a_right_to_change_that_is_missing_is_named(
    command: str, grants: str, secure: SecureKafka, unmade: TopicSettings, identity: ByToken
) -> None:
    """By the plan already, which asks the broker; grants, which cannot be tried, only when they are made."""
    looking = Grant(ResourceType.BROKER, "kafka-cluster", AclOperation.DESCRIBE)
    secure.grant(identity.user, [looking, *map(describe, unmade.model_dump().values())])
    told = lines(identity.settings | on(unmade), command, "--principal", "audit=User:x", code=ExitCode.RIGHTS)
    created = [line for line in told if line["name"] != "User:x"]
    granted = [line for line in told if line["name"] == "User:x"]
    assert {line["state"] for line in created} == {"failed"}
    assert "no right to; it takes CREATE on the topic or the cluster" in created[0]["detail"]
    assert {line["state"] for line in granted} == {grants}
    assert ("it takes ALTER on the cluster" in granted[0]["detail"]) is (command == "apply")
