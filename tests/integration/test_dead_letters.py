"""`moderator dead-letters` against a real Kafka: looked at without text, mended, sent back, and moderated then."""

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from tests.e2e.program import run
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, Sent
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

GROUP = "group"
CANARY = "a sentence that nobody else may read"
MISNAMED = [
    Sent(b"author", json.dumps({"id": f"m{n}", "body": f"{CANARY} {n}"}).encode(), [("app", b"7")]) for n in range(5)
]
NO_JSON = Sent(b"author", b"no JSON")
TOMBSTONE = Sent(b"author", None)

Command = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def dead_letters(kafka: RealKafka, topics: TopicSettings) -> Command:
    """The command on the test's topics."""
    named = {f"TOPICS__{name.upper()}": topic for name, topic in topics.model_dump().items()}
    settings = {"KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers, **named}
    return lambda *arguments: run("dead-letters", *arguments, settings=settings)


@pytest.fixture
def failed(platform: Platform, agent: StartAgent) -> Platform:
    """A platform whose messages are all dead letters: misnamed fields, no JSON, a tombstone."""
    platform.send([*MISNAMED, NO_JSON, TOMBSTONE])
    moderate(platform, agent)
    return platform


def moderate(platform: Platform, agent: StartAgent) -> None:
    """Until everything that was sent has an answer."""
    with agent(GROUP) as process:
        platform.all_answered()
        assert process.stop() == 0


def groups(dead_letters: Command, *options: str) -> dict[str, int]:
    """Letters by code."""
    result = dead_letters("list", "--json", *options)
    assert result.returncode == ExitCode.OK, result.stderr.decode()
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return {group["code"]: group["count"] for group in found}


def test_letters_are_listed_and_shown_without_text(failed: Platform, dead_letters: Command) -> None:
    """By code and topic; the text only to those who ask for it."""
    assert groups(dead_letters) == {"missing_field": 5, "invalid_json": 1, "tombstone": 1}
    assert groups(dead_letters, "--code", "missing_field", "--since", "1h") == {"missing_field": 5}
    assert groups(dead_letters, "--since", "0s") == {}
    listed = dead_letters("list", "--code", "missing_field").stdout.decode()
    assert failed.topics.messages in listed
    place = listed.partition("latest ")[2].split()[0]
    shown = dead_letters("show", place).stdout.decode()
    assert "missing_field" in shown
    assert "app: 1 bytes" in shown
    assert CANARY not in listed + shown
    assert CANARY in dead_letters("show", place, "--value").stdout.decode()
    missing = dead_letters("show", "0:999999")
    assert (missing.returncode, b"no dead letter" in missing.stderr) == (ExitCode.CONFIG, True)


def test_an_export_is_whole_and_its_owners_alone(failed: Platform, dead_letters: Command, tmp_path: Path) -> None:
    """And overwrites nothing."""
    file = tmp_path / "letters.jsonl"
    assert dead_letters("export", file).returncode == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text().splitlines()) == len(failed.sent)
    again = dead_letters("export", file)
    assert (again.returncode, b"exists already" in again.stderr) == (ExitCode.CONFIG, True)


def test_mended_letters_get_their_verdicts(
    failed: Platform, dead_letters: Command, agent: StartAgent, tmp_path: Path
) -> None:
    """A dry run changes nothing; the fix is applied on the way; what it does not fit stays, and is told."""
    fix, report = tmp_path / "fix.json", tmp_path / "report.jsonl"
    fix.write_text('{"/text": "/body"}')
    chosen = ("replay", "--transform", fix, "--rate", "1000")
    dry = dead_letters(*chosen, "--code", "missing_field", "--dry-run")
    assert (dry.returncode, dry.stdout) == (ExitCode.OK, b"5 would be replayed\n")
    result = dead_letters(*chosen, "--yes", "--report", report)
    assert result.returncode == ExitCode.FAILED  # not all could be
    fates = [json.loads(line) for line in report.read_text().splitlines()]
    assert sorted((fate["code"], fate["fate"].partition(":")[0]) for fate in fates) == [
        ("invalid_json", "skipped"),
        *[("missing_field", "replayed")] * 5,
        ("tombstone", "skipped"),
    ]
    assert CANARY not in report.read_text() + result.stdout.decode() + result.stderr.decode()
    with agent(GROUP) as process:
        failed.answered(len(failed.sent) + len(MISNAMED))
        assert process.stop() == 0
    verdicts = [answers[0] for answers in failed.answers.values() if answers[0].is_verdict]
    assert {answer.verdict["message_id"] for answer in verdicts} == {f"m{n}" for n in range(5)}


def test_a_letter_that_always_fails_is_not_replayed_for_ever(
    failed: Platform, dead_letters: Command, agent: StartAgent
) -> None:
    """It counts its replays, through every failure."""

    def replay_the_latest() -> subprocess.CompletedProcess[bytes]:
        (group,) = json.loads(dead_letters("list", "--json", "--code", "invalid_json").stdout)
        return dead_letters("replay", "--at", group["example"], "--max-attempts", "2", "--yes")

    for replays in (1, 2):
        assert replay_the_latest().returncode == ExitCode.OK
        with agent(GROUP) as process:
            failed.answered(len(failed.sent) + replays)
            assert process.stop() == 0
    refused = replay_the_latest()
    assert (refused.returncode, b"too often" in refused.stdout) == (ExitCode.FAILED, True)
