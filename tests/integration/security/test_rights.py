"""The rights that docs/operations.md lists are enough, and each that is missing is named."""

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import POLICY_FILE, default_model_directory
from tests.e2e.program import run
from tests.integration.platform import LIMIT_S, Platform, Sent, message
from tests.integration.security.conftest import NewTopics
from tests.integration.security.identities import ByToken
from tests.integration.security.programs import SHORT, Ended, agent, agent_and_check, agent_rights, on
from tests.integration.topic import records_of
from tests.support.secure_kafka import Grant, SecureKafka, describe, describe_group, read, read_group, write

pytestmark = pytest.mark.kafka

GROUP = "group"
# One that is answered by a verdict, one by an escalation too, one by a dead letter.
RECORDS = [
    message(0),
    Sent(b"author", '{"id": "m1", "text": "El tiempo es bueno y la comida está en la mesa para todos."}'.encode()),
    Sent(b"author", b"no JSON"),
]
VERDICTS = 2
POLICY = default_model_directory() / POLICY_FILE
TRIAL = "group on trial"


@pytest.fixture(scope="module")
def moderated(
    secure: SecureKafka, new_topics: NewTopics, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TopicSettings]:
    """Topics on each of which an agent with all its rights, and a policy on trial, has written."""
    topics = new_topics()
    identity = ByToken(secure, tmp_path_factory.mktemp("moderated"), "agent")
    secure.grant(identity.user, [*agent_rights(topics, GROUP), write(topics.shadow)])
    platform = Platform(secure.broker, topics)
    platform.send(RECORDS)
    with agent(identity.settings | on(topics, GROUP) | {"SHADOW__POLICY_FILE": str(POLICY)}) as running:
        platform.all_answered()
        deadline = time.monotonic() + LIMIT_S
        while sum(secure.broker.end_offsets(topics.shadow)) < VERDICTS:
            assert time.monotonic() < deadline
            time.sleep(0.1)  # no event of another process tells
        assert running.stop() == 0
    assert sum(secure.broker.end_offsets(topics.escalations)) == 1
    yield topics
    platform.close()


def listed(topics: TopicSettings, command: str) -> list[Grant]:
    """What docs/operations.md lists."""
    rights = {
        "agent with a policy on trial": [*agent_rights(topics, GROUP), write(topics.shadow)],
        "agent --shadow": [read(topics.messages), read_group(TRIAL), write(topics.shadow)],
        "audit": [*map(read, (topics.messages, topics.verdicts, topics.dead_letters)), describe_group(GROUP)],
        "compare": [read(topics.verdicts), read(topics.shadow)],
        "replay --verdict": [read(topics.messages), read(topics.verdicts)],
        "list": [read(topics.dead_letters)],
        "replay": [read(topics.dead_letters), write(topics.messages)],
    }
    return rights[command]


ON_TRIAL = {
    "agent with a policy on trial": {"SHADOW__POLICY_FILE": str(POLICY)},
    "agent --shadow": {"SHADOW__MODEL_DIRECTORY": str(default_model_directory()), "SHADOW__GROUP_ID": TRIAL},
}
COMMANDS = {
    "audit": ("audit",),
    "compare": ("compare",),
    "list": ("dead-letters", "list"),
    "replay": ("dead-letters", "replay", "--yes"),
    "agent with a policy on trial": ("check",),
    "agent --shadow": ("check", "--shadow"),
}


@pytest.fixture
def identity(secure: SecureKafka, tmp_path: Path) -> ByToken:
    """Somebody new."""
    return ByToken(secure, tmp_path, f"user-{uuid.uuid4().hex[:8]}")


def failed(check: Ended) -> list[str]:
    """The lines of what is not in order."""
    return [line for line in check.stdout.decode().splitlines() if line.startswith("FAIL")]


@pytest.mark.parametrize(
    ("number", "resource", "right", "word"),
    [
        (0, "messages", "read", "read"),
        (1, "group", "be a member of", "joined"),
        (2, "verdicts", "write", "written"),
        (3, "escalations", "write", "written"),
        (4, "dead_letters", "write", "written"),
    ],
)
def test_a_right_that_an_agent_lacks_is_named(
    number: int,
    resource: str,
    right: str,
    word: str,
    secure: SecureKafka,
    moderated: TopicSettings,
    identity: ByToken,
) -> None:
    """By check with exit code 5, by the agent itself with 2."""
    group_id = identity.user  # which has committed nothing, so the agent meets every record
    grants = [each if each.name != GROUP else read_group(group_id) for each in agent_rights(moderated, GROUP)]
    left = [describe(grants[number].name)] if resource != "group" else []
    secure.grant(identity.user, [*grants[:number], *left, *grants[number + 1 :]])
    name = getattr(moderated, resource, group_id)
    agent_ended, check = agent_and_check(identity.settings | on(moderated, group_id))
    assert (agent_ended.returncode, check.returncode) == (ExitCode.CONFIG, ExitCode.RIGHTS), agent_ended.stderr
    assert f"no right to {right} {name}" in agent_ended.stderr.decode()
    (line,) = failed(check)
    assert name in line
    assert word in line


def test_everything_that_an_agent_lacks_is_named_together(
    secure: SecureKafka, moderated: TopicSettings, identity: ByToken
) -> None:
    """Somebody without any right: each topic by both, the group and publishing by check, which asks on."""
    agent_ended, check = agent_and_check(identity.settings | on(moderated))
    assert (agent_ended.returncode, check.returncode) == (ExitCode.CONFIG, ExitCode.RIGHTS), agent_ended.stderr
    needed = [moderated.messages, moderated.verdicts, moderated.escalations, moderated.dead_letters]
    assert [topic for topic in needed if topic not in agent_ended.stderr.decode()] == []
    named = [line.split()[1] for line in failed(check)]
    assert named == ["messages", "verdicts", "escalations", "dead_letters", "group", "publishing"]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_listed_rights_are_enough(
    command: str, secure: SecureKafka, moderated: TopicSettings, identity: ByToken
) -> None:
    """For each row of the table; an agent's is held by test_credentials.py."""
    secure.grant(identity.user, listed(moderated, command))
    ended = run(*COMMANDS[command], settings=identity.settings | on(moderated, GROUP) | ON_TRIAL.get(command, {}))
    assert ended.returncode == ExitCode.OK, ended.stdout + ended.stderr


def test_the_listed_rights_are_enough_to_replay(
    secure: SecureKafka, moderated: TopicSettings, identity: ByToken
) -> None:
    """A verdict, by its id."""
    secure.grant(identity.user, listed(moderated, "replay --verdict"))
    verdict = json.loads(records_of(secure.broker, moderated.verdicts)[0].value() or b"")
    ended = run("replay", "--verdict", verdict["id"], settings=identity.settings | on(moderated, GROUP))
    assert ended.returncode == ExitCode.OK, ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("number", "resource", "word"), [(0, "messages", "read"), (1, "group", "joined"), (2, "shadow", "written")]
)
def test_a_right_that_a_model_on_trial_lacks_is_named(
    number: int, resource: str, word: str, secure: SecureKafka, moderated: TopicSettings, identity: ByToken
) -> None:
    """By `check --shadow`, which asks for nothing else: a shadow needs no topic of verdicts."""
    grants = listed(moderated, "agent --shadow")
    left = [describe(grants[number].name)] if resource != "group" else []
    secure.grant(identity.user, [*grants[:number], *left, *grants[number + 1 :]])
    ended = run("check", "--shadow", settings=identity.settings | on(moderated, GROUP) | ON_TRIAL["agent --shadow"])
    assert ended.returncode == ExitCode.RIGHTS, ended.stdout
    line, *others = failed(ended)
    assert [each.split()[1] for each in others] == (["publishing"] if resource == "shadow" else [])  # may write nothing
    assert getattr(moderated, resource, TRIAL) in line
    assert word in line


@pytest.mark.parametrize(
    ("command", "number", "resource", "told"),
    [
        ("audit", 0, "messages", "no right to read messages."),
        ("audit", 1, "verdicts", "no right to read verdicts."),
        ("audit", 2, "dead_letters", "no right to read dead-letters."),
        ("audit", 3, "group", "no right to look at group"),
        ("compare", 0, "verdicts", "no right to read verdicts."),
        ("compare", 1, "shadow", "no right to read shadow."),
        ("list", 0, "dead_letters", "no right to read dead-letters."),
        ("replay", 0, "dead_letters", "no right to read dead-letters."),
        ("replay", 1, "messages", "no right to write any topic"),
    ],
)
def test_a_right_that_a_command_lacks_is_named(
    command: str,
    number: int,
    resource: str,
    told: str,
    secure: SecureKafka,
    moderated: TopicSettings,
    identity: ByToken,
) -> None:
    """With exit code 2."""
    grants = listed(moderated, command)
    left = [describe(grants[number].name)] if resource != "group" else []
    secure.grant(identity.user, [*grants[:number], *left, *grants[number + 1 :]])
    ended = run(*COMMANDS[command], settings=identity.settings | on(moderated, GROUP) | SHORT)
    assert ended.returncode == ExitCode.CONFIG, ended.stderr
    assert told in ended.stderr.decode()
