"""A policy or a model on trial beside agents, on a real Kafka: compared afterwards, and a nuisance to nobody."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moderator.config import TopicSettings
from moderator.contracts.labels import LABELS
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import default_model_directory
from tests.e2e.program import run
from tests.integration.conftest import StartAgent
from tests.integration.platform import LIMIT_S, Platform, Sent, message
from tests.integration.topic import records_of
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka

pytestmark = pytest.mark.kafka

GROUP = "group"
SOME = 200
POISON = Sent(b"poison", b"no JSON")
RUDE = [
    Sent(b"rude %d" % n, json.dumps({"id": f"r{n}", "text": "You are a stupid idiot."}).encode()) for n in range(20)
]

Program = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def program(kafka: RealKafka, topics: TopicSettings) -> Program:
    """Commands on the test's topics."""
    named = {f"TOPICS__{name.upper()}": topic for name, topic in topics.model_dump().items()}
    settings = {"KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "KAFKA__GROUP_ID": GROUP, **named}
    return lambda *arguments, **more: run(*arguments, settings={**settings, **more})


@pytest.fixture
def strict(tmp_path: Path) -> Path:
    """A policy that blocks on the least suspicion."""
    lines = [f"{label.value} = {{ escalate_at = 0.0005, block_at = 0.001 }}" for label in LABELS]
    file = tmp_path / "strict.toml"
    file.write_text("\n".join(['version = "strict"', "[labels]", *lines]), encoding="utf-8")
    return file


def verdicts(kafka: RealKafka, topic: str) -> dict[tuple[int, int], dict[str, Any]]:
    """By the partition and offset of their messages."""
    read = [json.loads(record.value() or b"") for record in records_of(kafka, topic)]
    return {(verdict["origin"]["partition"], verdict["origin"]["offset"]): verdict for verdict in read}


def until_shadowed(kafka: RealKafka, topics: TopicSettings, messages: int) -> dict[tuple[int, int], dict[str, Any]]:
    """The shadow's verdicts, once there are so many."""
    deadline = time.monotonic() + LIMIT_S
    while sum(kafka.end_offsets(topics.shadow)) < messages:
        assert time.monotonic() < deadline
        time.sleep(0.1)  # no event of another process tells
    return verdicts(kafka, topics.shadow)


def test_a_policy_on_trial(
    kafka: RealKafka,
    topics: TopicSettings,
    platform: Platform,
    agent: StartAgent,
    program: Program,
    strict: Path,
    tmp_path: Path,
) -> None:
    """Every message is judged by it too, on the same scores, and `compare` counts what it would change."""
    platform.send([*map(message, range(SOME)), *RUDE, POISON])
    with agent(GROUP, SHADOW__POLICY_FILE=str(strict)) as process:
        platform.all_answered()
        tried = until_shadowed(kafka, topics, SOME + len(RUDE))
        assert process.stop() == 0
    first = verdicts(kafka, topics.verdicts)
    assert tried.keys() == first.keys()
    assert all(tried[origin]["scores"] == first[origin]["scores"] for origin in first)

    folder = tmp_path / "report"
    compared = program("compare", "--json", "--most-flips", "0.01", "--output", str(folder))
    assert compared.returncode == ExitCode.FAILED, compared.stderr
    figures = json.loads(compared.stdout)
    pairs = Counter((first[origin]["outcome"], tried[origin]["outcome"]) for origin in first)
    assert figures["compared"] == SOME + len(RUDE)
    assert {(each["first"], each["shadow"]): each["messages"] for each in figures["outcomes"] if each["messages"]} == (
        pairs
    )
    assert figures["flips"]["messages"] == sum(count for (was, would_be), count in pairs.items() if was != would_be) > 0
    assert {file.name for file in folder.iterdir()} == {"flips.svg", "scores.svg", "comparison.json"}
    table = program("compare", "--since", "1h", "--most-flips", "1")
    assert table.returncode == ExitCode.OK
    assert b"WITHIN" in table.stdout
    assert b"idiot" not in table.stdout + compared.stdout


def test_a_policy_on_trial_that_cannot_publish(
    kafka: RealKafka, topics: TopicSettings, platform: Platform, agent: StartAgent, strict: Path
) -> None:
    """Its topic goes away while it runs: every message has its verdict, and the agent stops as told."""
    platform.send(map(message, range(SOME)))
    with agent(GROUP, SHADOW__POLICY_FILE=str(strict)) as process:
        platform.all_answered()
        for deleted in kafka.admin.delete_topics([topics.shadow], operation_timeout=ADMIN_TIMEOUT_S).values():
            deleted.result(ADMIN_TIMEOUT_S)
        platform.send(map(message, range(SOME, 5 * SOME)))
        platform.all_answered()
        assert process.stop() == 0
    assert sum(platform.committed(GROUP).values()) == len(platform.sent)


def test_a_model_on_trial(
    kafka: RealKafka, topics: TopicSettings, platform: Platform, agent: StartAgent, strict: Path
) -> None:
    """A member of a group of its own, which may hang and be killed; it judges all that it finds, and writes nothing
    but its verdicts.
    """
    tried = {"SHADOW__MODEL_DIRECTORY": str(default_model_directory()), "SHADOW__POLICY_FILE": str(strict)}
    with agent(GROUP, **tried) as process, agent(GROUP, "--shadow", **tried) as shadow:
        platform.send([*map(message, range(SOME)), POISON])
        until_shadowed(kafka, topics, SOME)
        shadow.freeze()
        platform.send(map(message, range(SOME, 2 * SOME)))
        platform.all_answered()
        shadow.kill()
        assert process.stop() == 0
    with agent(GROUP, "--shadow", **tried) as shadow:
        until_shadowed(kafka, topics, 2 * SOME)
        deadline = time.monotonic() + LIMIT_S
        while verdicts(kafka, topics.shadow).keys() != verdicts(kafka, topics.verdicts).keys():
            assert time.monotonic() < deadline
            time.sleep(0.1)  # no event of another process tells
        assert shadow.stop() == 0
    assert platform.duplicates() == 0
    escalated = sum(verdict["outcome"] == "escalate" for verdict in verdicts(kafka, topics.verdicts).values())
    assert sum(kafka.end_offsets(topics.escalations)) == escalated
    assert sum(kafka.end_offsets(topics.dead_letters)) == 1


@pytest.mark.parametrize("command", ["agent", "check"])
def test_a_policy_on_trial_that_is_wrong(program: Program, tmp_path: Path, command: str) -> None:
    """Named by its setting before anything is taken from the topic."""
    ended = program(command, SHADOW__POLICY_FILE=str(tmp_path / "missing.toml"))
    assert ended.returncode == ExitCode.CONFIG
    assert b"MODERATOR_SHADOW__POLICY_FILE: " in ended.stdout + ended.stderr


@pytest.mark.parametrize("command", ["agent", "check"])
@pytest.mark.parametrize(("model", "code"), [(None, ExitCode.CONFIG), ("missing", ExitCode.MODEL)])
def test_a_model_on_trial_that_is_none(
    program: Program, tmp_path: Path, model: str | None, code: ExitCode, command: str
) -> None:
    """Nothing to run, or nothing that can be loaded."""
    ended = program(command, "--shadow", **({"SHADOW__MODEL_DIRECTORY": str(tmp_path / model)} if model else {}))
    assert ended.returncode == code
    assert b"MODERATOR_SHADOW__" in ended.stdout + ended.stderr
