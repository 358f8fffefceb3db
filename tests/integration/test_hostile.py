"""Hostile records end to end: each has its answer, the agent outlives them, and the tools read what is left."""

import json
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from moderator.errors import DeadLetterCode
from moderator.exit_codes import ExitCode
from tests.e2e.program import run
from tests.fuzz.hostile import GROUP, Outcome, hostilities, summary
from tests.fuzz.records import Kind
from tests.soak.fleet import agent_settings
from tests.support.real_kafka import RealKafka, real_kafka

pytestmark = pytest.mark.kafka

RECORDS = 3_000
SEED = 1  # which brings a batch of bombs

# Of a record alone, whatever the model and the broker do with it.
OF_RECORDS = set(DeadLetterCode) - {DeadLetterCode.INFERENCE_FAILED, DeadLetterCode.OUTPUT_TOO_LARGE}


@pytest.fixture(scope="module")
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKafka]:
    """A broker whose topics have their default names."""
    folder = tmp_path_factory.mktemp("hostile")
    kafka = real_kafka(folder / "kafka")
    kafka.start()
    yield kafka
    kafka.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def outcome(own_kafka: RealKafka, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One run for all tests of this file."""
    told: list[str] = []
    return hostilities(own_kafka, tmp_path_factory.mktemp("agent"), RECORDS, SEED, told.append)


def test_every_hostile_record_is_answered(outcome: Outcome) -> None:
    """By an agent that was never started again, whatever they were packed with."""
    assert outcome.passed, summary(outcome)
    assert set(Kind) <= set(outcome.written)
    assert outcome.total("answered") > sum(outcome.dead_letters.values()) > 0
    assert set(outcome.dead_letters) >= OF_RECORDS
    assert DeadLetterCode.INFERENCE_FAILED not in outcome.dead_letters


@pytest.mark.usefixtures("outcome")
def test_no_hostile_record_breaks_the_tools_nor_the_terminal(own_kafka: RealKafka, tmp_path: Path) -> None:
    """Letters with forged counts of replays, huge keys and names of headers full of controls are shown and exported."""
    settings = agent_settings(own_kafka.bootstrap_servers, TopicSettings(), GROUP)
    exported = run("dead-letters", "export", tmp_path / "letters.jsonl", settings=settings)
    assert exported.returncode == ExitCode.OK, exported.stderr.decode()
    nowhere = run("dead-letters", "export", tmp_path / "nowhere" / "letters.jsonl", settings=settings)
    assert (nowhere.returncode, b"cannot be written" in nowhere.stderr) == (ExitCode.CONFIG, True)
    replayed = run("dead-letters", "replay", "--dry-run", "--rate", "100000", settings=settings)
    assert b"would be replayed" in replayed.stdout, replayed.stderr.decode()
    shown = run("dead-letters", "show", odd_header(tmp_path / "letters.jsonl"), settings=settings)
    assert shown.returncode == ExitCode.OK, shown.stderr.decode()
    controls = {character for character in shown.stdout.decode() if unicodedata.category(character) in ("Cc", "Cf")}
    assert controls == {"\n"}


def odd_header(letters: Path) -> str:
    """The place of a letter one of whose headers would clear a terminal."""
    with letters.open(encoding="utf-8") as lines:
        for line in lines:
            letter = json.loads(line)
            if any("\x1b" in name for name, _ in letter["headers"]):
                place: str = letter["place"]
                return place
    raise AssertionError("no such letter")
