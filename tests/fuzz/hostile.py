"""An agent on a real Kafka that is full of hostile records: each is answered, and the agent outlives them."""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from confluent_kafka import Consumer, KafkaException, TopicPartition

from moderator.config import TopicSettings
from tests.e2e.program import COMMAND, environment
from tests.fuzz.measured_agent import MeasuredAgent
from tests.fuzz.records import hostile_records
from tests.fuzz.writer import Writer
from tests.soak.fleet import agent_settings
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka
from tests.support.running_kafka import running_kafka

GROUP = "hostile"
PARTITIONS = 3
STALLED_S = 180.0  # longer than an agent waits before it takes itself for hung
AUDITED_WITHIN_S = 600.0
LOOK_S = 1.0


@dataclass(slots=True)
class Outcome:
    """What came of it. `report` is the audit's, `dead_letters` are by code."""

    written: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    exit_code: int | None = None
    report: dict[str, Any] = field(default_factory=dict)
    dead_letters: dict[str, int] = field(default_factory=dict)

    def total(self, figure: str) -> int:
        """Of the audit, over all partitions."""
        return sum(part[figure] for part in self.report["partitions"])

    @property
    def passed(self) -> bool:
        """Every record that the topic took is answered, nothing else is, and the agent ended as it should."""
        answered = self.report["sound"] and self.total("answered") == self.total("messages") == self.written.total()
        return bool(answered) and self.exit_code == 0


def hostilities(kafka: RealKafka, folder: Path, records: int, seed: int, tell: Callable[[str], None]) -> Outcome:
    """Write so many hostile records with an agent running, wait until it has committed them all, stop it and audit.

    Raises AssertionError when it ends by itself or stalls.
    """
    topics = TopicSettings()
    kafka.create_topics(dict.fromkeys(topics.model_dump().values(), PARTITIONS))
    settings = agent_settings(kafka.bootstrap_servers, topics, GROUP)
    outcome = Outcome()
    started = time.monotonic()
    with MeasuredAgent(settings, folder / "agent.log") as agent:
        writer = Writer(kafka, topics.messages)
        writer.write(hostile_records(seed, records))
        outcome.written, outcome.refused = writer.written, writer.refused
        tell(f"{time.monotonic() - started:7.1f} s  {outcome.written.total():,} written, {outcome.refused:,} refused")
        _all_committed(kafka, topics.messages, agent, tell)
        outcome.seconds = time.monotonic() - started
        outcome.exit_code, outcome.peak_mb = agent.stop()
    outcome.report = _asked(settings, "audit", "--json")
    groups = _asked(settings, "dead-letters", "list", "--json")
    outcome.dead_letters = {group["code"]: group["count"] for group in groups}
    return outcome


def _all_committed(kafka: RealKafka, topic: str, agent: MeasuredAgent, tell: Callable[[str], None]) -> None:
    consumer = Consumer({"bootstrap.servers": kafka.bootstrap_servers, "group.id": GROUP, "log_level": 0})
    ends = kafka.end_offsets(topic)
    wanted = [TopicPartition(topic, number) for number in range(len(ends))]
    moved, before = time.monotonic(), -1
    told = 0.0
    try:
        while before < sum(ends):
            agent.require_running()
            committed = _committed(consumer, wanted)
            if committed > before:
                moved, before = time.monotonic(), committed
            assert time.monotonic() - moved < STALLED_S, f"stalled at {committed} of {sum(ends)}"
            if time.monotonic() - told > 10 * LOOK_S:
                told = time.monotonic()
                tell(f"           {committed:,} of {sum(ends):,} committed")
            time.sleep(LOOK_S)
    finally:
        consumer.close()


def _committed(consumer: Consumer, wanted: list[TopicPartition]) -> int:
    """Records that the group has committed; none while a fresh broker does not know who keeps its offsets."""
    try:
        return sum(max(0, part.offset) for part in consumer.committed(wanted, ADMIN_TIMEOUT_S))
    except KafkaException:
        return 0


def _asked(settings: dict[str, str], *arguments: str) -> Any:
    """What a command says in JSON."""
    asked = subprocess.run(
        [*COMMAND, *arguments], env=environment(settings), capture_output=True, timeout=AUDITED_WITHIN_S, check=False
    )
    assert asked.stdout, asked.stderr.decode()
    return json.loads(asked.stdout)


@click.command()
@click.option("--records", default=100_000, show_default=True, help="How many are written.")
@click.option("--seed", default=1, show_default=True, help="Decides what is wrong with each.")
def main(records: int, seed: int) -> None:
    """An agent on a real Kafka full of hostile records. Exit code 1 when one was not answered, or the agent ended."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name, running_kafka(Path(name)) as kafka:
        outcome = hostilities(kafka, Path(name), records, seed, click.echo)
    click.echo(summary(outcome))
    sys.exit(0 if outcome.passed else 1)


def summary(outcome: Outcome) -> str:
    """What happened, a line each."""
    letters = sum(outcome.dead_letters.values())
    verdicts = outcome.total("answered") + outcome.total("duplicates") - letters
    return "\n".join(
        [
            f"{outcome.written.total():,} records in {outcome.seconds:.0f} s, {outcome.refused:,} refused by the topic",
            *(f"  {count:>9,} {kind}" for kind, count in outcome.written.most_common()),
            f"{verdicts:,} verdicts, {letters:,} dead letters",
            *(f"  {count:>9,} {code}" for code, count in outcome.dead_letters.items()),
            (
                f"missing {outcome.total('missing_records')}, orphans {outcome.total('orphan_answers')},"
                f" contradictions {outcome.total('disagreeing_records')}, duplicates {outcome.total('duplicates')}"
            ),
            f"the agent ended with {outcome.exit_code}; its memory's peak {outcome.peak_mb:,.0f} MB",
            "passed" if outcome.passed else "FAILED",
        ]
    )


if __name__ == "__main__":
    main()
