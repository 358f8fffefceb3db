"""`python -m load.reviewing`: does a reviewer on a real Kafka keep a large model as busy as a plain loop does?"""

import asyncio
import json
import signal
import sys
import tempfile
import time
from pathlib import Path

import click

from load.clients import new_producer, read_topic
from load.end_to_end import LOOK_S, STALLED_S, fresh_topics
from load.large_model import MODEL, Asked, endpoint, plainly_asked
from load.machine import cpu_model
from load.rates import steady_rate
from load.report import Goal, Row, exit_code, table
from load.scraped import scraped
from moderator.config import TopicSettings
from moderator.contracts.codec import to_bytes
from moderator.contracts.review import Escalation
from tests.e2e.program import COMMAND, Running
from tests.support.real_kafka import KAFKA_VERSION, RealKafka
from tests.support.running_kafka import running_kafka
from tests.unit.review.reviewed import escalation

SHARE_GOAL = Goal(95, at_least=True)
FLUSH_TIMEOUT_S = 60.0
TEXT_CHARACTERS = 400
KEYS = 1_000


def write_backlog(kafka: RealKafka, topic: str, like: Escalation, count: int) -> None:
    """Escalations that wait when the reviewer starts."""
    producer = new_producer(kafka)
    for number in range(count):
        one = like.model_copy(update={"id": f"{number:032x}", "message_id": f"m-{number}"})
        producer.produce(topic, to_bytes(one), b"author %d" % (number % KEYS))
    if producer.flush(FLUSH_TIMEOUT_S):
        raise RuntimeError("the broker did not take the backlog")


def until_decided(kafka: RealKafka, topic: str, count: int) -> None:
    """Wait for so many decisions. Raises RuntimeError when no more come."""
    decided, last = 0, time.monotonic()
    while decided < count:
        time.sleep(LOOK_S)
        now = sum(kafka.end_offsets(topic))
        if now > decided:
            decided, last = now, time.monotonic()
        elif time.monotonic() - last > STALLED_S:
            raise RuntimeError(f"stuck at {decided} of {count} decisions")


def mean_review_ms(port: int) -> float:
    """How long one escalation took with the large model, by the reviewer's own metric."""
    samples = {sample.name: sample.value for sample in scraped(port) if "le" not in sample.labels}
    return 1000 * samples["moderator_review_seconds_sum"] / samples["moderator_review_seconds_count"]


def reviewed(kafka: RealKafka, base_url: str, like: Escalation, in_flight: int, count: int) -> Asked:
    """One `moderator reviewer`, from its start to its last decision, by the broker's clock."""
    topics: TopicSettings = fresh_topics(kafka)
    write_backlog(kafka, topics.escalations, like, count)
    settings = {
        "KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "HTTP__PORT": "0",
        "REVIEWER__GROUP_ID": topics.escalations,
        "REVIEWER__BASE_URL": base_url,
        "REVIEWER__MODEL": MODEL,
        "REVIEWER__CONCURRENCY": str(in_flight),
        "REVIEWER__CANARY_EVERY": "0",  # they would count as decisions
        **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
    }
    with Running((*COMMAND, "reviewer"), settings) as reviewer:
        port = json.loads(reviewer.until('"probes"'))["port"]
        until_decided(kafka, topics.decisions, count)
        took_ms = mean_review_ms(port)
        if reviewer.stop():
            raise RuntimeError(f"the reviewer did not end well:\n{reviewer.output}{reviewer.errors}")
    return Asked(sorted(float(at) for _, at in read_topic(kafka, topics.decisions)), took_ms)


@click.command()
@click.option("--latency-ms", default=500.0, show_default=True, help="That the endpoint takes for each answer")
@click.option("--in-flight", default=16, show_default=True, help="Requests at a time")
@click.option("--turns", default=60, show_default=True, help="Answers in a row of each request's place")
@click.option("--repeat", default=3, show_default=True, help="Rounds")
def main(*, latency_ms: float, in_flight: int, turns: int, repeat: int) -> None:
    """Measure a plain loop, then the reviewer, in each round, against one endpoint. Exit code 1 if a goal is missed."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and reviewer end too
    like, count = escalation("x" * TEXT_CHARACTERS, insult=0.4), in_flight * turns
    plain: list[Asked] = []
    over_kafka: list[Asked] = []
    with (
        tempfile.TemporaryDirectory(prefix="moderator-reviewing-") as folder,
        endpoint(latency_ms / 1000) as base_url,
        running_kafka(Path(folder)) as kafka,
    ):
        for number in range(repeat):
            plain.append(asyncio.run(plainly_asked(base_url, like, in_flight, count)))
            over_kafka.append(reviewed(kafka, base_url, like, in_flight, count))
            click.echo(f"round {number + 1} of {repeat} is over", err=True)
    rows = list(report(plain, over_kafka, in_flight))
    click.echo(f"{cpu_model()}; Apache Kafka {KAFKA_VERSION} and the endpoint on the same cores")
    click.echo(f"{in_flight} requests in flight, {latency_ms:g} ms each: at most {in_flight * 1000 / latency_ms:.1f}/s")
    click.echo(table(rows))
    sys.exit(exit_code(rows))


def report(plain: list[Asked], over_kafka: list[Asked], in_flight: int) -> list[Row]:
    """Rates, their ratio round by round, and where a request's place in flight spends its time."""
    alone = tuple(steady_rate(each.times_ms) for each in plain)
    rates = tuple(steady_rate(each.times_ms) for each in over_kafka)
    shares = tuple(100 * rate / best for rate, best in zip(rates, alone, strict=True))
    turns = tuple(in_flight * 1000 / rate for rate in rates)
    empty = tuple(turn - each.took_ms for turn, each in zip(turns, over_kafka, strict=True))
    return [
        Row("plain loop of the same client", "answers/s", alone),
        Row("reviewer over Kafka", "answers/s", rates),
        Row("reviewer / plain loop", "%", shares, SHARE_GOAL),
        Row("one answer, plain loop", "ms", tuple(each.took_ms for each in plain)),
        Row("one answer, reviewer", "ms", tuple(each.took_ms for each in over_kafka)),
        Row("until its place is taken again, reviewer", "ms", empty),
    ]


if __name__ == "__main__":
    main(prog_name="python -m load.reviewing")
