"""What a second worker brings, and what partitions cost, on a real Kafka on this machine.

`python -m load.scaling --rounds 5`. One agent pinned to one core against `moderator agent --workers 2` on two, and one
agent on topics of 1 to 64 partitions, in turn. All messages are sent when the agents are ready, distinct texts each.
The broker and this program run on the same cores: a pinned agent leaves them the other core and two workers do not, so
the ratio of the rates is less than agents alone would have; processor time shows what the workers themselves cost.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
import psutil
from confluent_kafka import KafkaException

from load.agent_process import ENDS_WITHIN_S, READY_WITHIN_S, environment
from load.classifier import runnable_providers
from load.clients import new_producer, read_topic, send
from load.end_to_end import FLUSH_TIMEOUT_S, LOOK_S, STALLED_S, answers, fresh_topics
from load.machine import describe_machine
from load.site import Site
from load.texts import generated_texts
from moderator.config import TopicSettings
from moderator.inference.manifest import default_model_directory, load_model_directory
from tests.support.real_kafka import KAFKA_VERSION
from tests.support.running_kafka import running_kafka

PARTITIONS = 4  # of the topics, where not they are measured


@dataclass(frozen=True, slots=True)
class Case:
    """Workers on the first so many cores, on topics of so many partitions."""

    name: str
    workers: int
    cores: int
    partitions: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Messages a second from the first sent to the last verdict; processor time of the agents for 1,000 messages."""

    rate: float
    cpu_s: float


class Fleet:
    """`moderator agent --workers N` and its processes."""

    def __init__(self, process: psutil.Popen, log: Path) -> None:
        self.process = process
        self._log = log

    def until_shared(self, site: Site, case: Case, group: str) -> None:
        """Return when every worker has its part of the partitions. Raises RuntimeError when that takes a minute."""
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            with suppress(KafkaException):  # a fresh broker knows of no groups yet
                described = site.kafka.admin.describe_consumer_groups([group])[group].result()
                shares = [len(member.assignment.topic_partitions) for member in described.members]
                if len(shares) == case.workers and all(shares) and sum(shares) == case.partitions:
                    return
            self.require_running()
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self._log.name}: not ready within {READY_WITHIN_S:.0f} s")
            time.sleep(LOOK_S)

    def require_running(self) -> None:
        """Raise RuntimeError if it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the agents ended with {self.process.returncode}: {self._log}")

    def cpu_s(self) -> float:
        """Processor time until now."""
        times = [each.cpu_times() for each in (self.process, *self.process.children(recursive=True))]
        return float(sum(each.user + each.system for each in times))


@contextmanager
def agents(site: Site, topics: TopicSettings, case: Case) -> Iterator[Fleet]:
    """Running, on the case's cores alone."""
    variables = environment(
        KAFKA__BOOTSTRAP_SERVERS=site.kafka.bootstrap_servers,
        KAFKA__GROUP_ID=topics.verdicts,
        MODEL__PROVIDER=site.provider,
        HTTP__PORT="0",
        **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
    )
    log = site.folder / f"{topics.verdicts}.log"
    command = [sys.executable, "-m", "moderator", "agent", "--workers", str(case.workers)]
    mine = os.sched_getaffinity(0)
    with log.open("wb") as output:
        os.sched_setaffinity(0, sorted(mine)[: case.cores])  # what is started inherits it
        try:
            process = psutil.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
        finally:
            os.sched_setaffinity(0, mine)
    try:
        yield Fleet(process, log)
        process.send_signal(signal.SIGTERM)
        if process.wait(ENDS_WITHIN_S):
            raise RuntimeError(f"the agents ended with {process.returncode}: {log}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def measure(site: Site, texts: Sequence[str], case: Case) -> Measured:
    """All `texts` sent at once to ready agents. Raises RuntimeError when one has no verdict."""
    topics = fresh_topics(site.kafka, case.partitions)
    with agents(site, topics, case) as fleet:
        fleet.until_shared(site, case, topics.verdicts)
        before = fleet.cpu_s()
        started_ms = time.time() * 1000
        producer = new_producer(site.kafka, queue_buffering_max_messages=1_000_000)
        for number, text in enumerate(texts):
            partition = number % case.partitions  # so that workers have the same work
            send(producer, topics.messages, f"m{number}", text, partition)
        if producer.flush(FLUSH_TIMEOUT_S):
            raise RuntimeError("the broker did not take the messages")
        _until_answered(site, fleet, topics, len(texts))
        cpu_s = fleet.cpu_s() - before
    verdicts = read_topic(site.kafka, topics.verdicts)
    if len({identity for identity, _ in verdicts}) != len(texts):
        raise RuntimeError(f"{case.name}: not every message has a verdict")
    took_ms = max(at for _, at in verdicts) - started_ms
    return Measured(len(texts) * 1000 / took_ms, cpu_s * 1000 / len(texts))


def _until_answered(site: Site, fleet: Fleet, topics: TopicSettings, count: int) -> None:
    answered, last = 0, time.monotonic()
    while answered < count:
        time.sleep(LOOK_S)
        fleet.require_running()
        now = answers(site.kafka, topics)
        if now > answered:
            answered, last = now, time.monotonic()
        elif time.monotonic() - last > STALLED_S:
            raise RuntimeError(f"stuck at {answered} of {count} answers")


def in_turn(
    cases: Sequence[Case], rounds: int, measured: Callable[[Case], Measured], say: Callable[[str], object]
) -> dict[Case, list[Measured]]:
    """Each case once a round, another one first each time, so that a machine that slows down slows all."""
    found: dict[Case, list[Measured]] = {case: [] for case in cases}
    for number in range(rounds):
        first = number % len(cases)
        for case in (*cases[first:], *cases[:first]):
            found[case].append(measured(case))
            last = found[case][-1]
            say(f"round {number + 1} of {rounds}: {case.name}: {last.rate:,.0f}/s, {last.cpu_s:.2f} CPU s per 1,000")
    return found


def table(found: dict[Case, list[Measured]]) -> list[str]:
    """Markdown: medians, and the median of each round's ratio to the first case, with the least and the most."""
    lines = ["| | messages/s | ratio | CPU seconds per 1,000 messages | ratio |", "|---|---|---|---|---|"]
    base = next(iter(found.values()))
    for case, rounds in found.items():
        rates = [own.rate / first.rate for own, first in zip(rounds, base, strict=True)]
        costs = [own.cpu_s / first.cpu_s for own, first in zip(rounds, base, strict=True)]
        rate = statistics.median(own.rate for own in rounds)
        cost = statistics.median(own.cpu_s for own in rounds)
        lines.append(f"| {case.name} | {rate:,.0f} | {_spread(rates)} | {cost:.2f} | {_spread(costs)} |")
    return lines


def _spread(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} x ({min(ratios):.2f} to {max(ratios):.2f})"


@click.command()
@click.option("--messages", default=5_000, show_default=True, help="Sent to each case in each round")
@click.option("--rounds", default=3, show_default=True, help="Of every case in turn")
@click.option("--partitions", default="1,4,16,64", show_default=True, help="Empty: without the second table")
@click.option("--output", type=click.Path(path_type=Path), help="Also write JSON here")
def main(*, messages: int, rounds: int, partitions: str, output: Path | None) -> None:
    """Measure one worker on one core against two on two, then one agent on topics of several numbers of partitions, on
    a real Apache Kafka on the same cores.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and agents end too
    model = load_model_directory(default_model_directory())
    texts = generated_texts(messages)
    tables = {
        "workers": [
            Case("one agent on one core", 1, 1, PARTITIONS),
            Case("`--workers 2` on two cores", 2, 2, PARTITIONS),
            Case("one agent on two cores", 1, 2, PARTITIONS),
        ],
        "partitions": [
            Case(f"{count} partition{'s' if count > 1 else ''}", 1, 2, count)
            for count in map(int, filter(None, partitions.split(",")))
        ],
    }
    written: dict[str, object] = {"machine": describe_machine(model.manifest, KAFKA_VERSION), "messages": len(texts)}
    with tempfile.TemporaryDirectory() as folder, running_kafka(Path(folder)) as kafka:
        site = Site(kafka, runnable_providers(model)[0], Path(folder), lambda line: click.echo(line, err=True))
        for title, cases in tables.items():
            if cases:
                found = in_turn(cases, rounds, lambda case: measure(site, texts, case), site.say)
                click.echo("\n".join([*table(found), ""]))
                written[title] = {
                    case.name: [[each.rate, each.cpu_s] for each in measured] for case, measured in found.items()
                }
    if output:
        output.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m load.scaling")
