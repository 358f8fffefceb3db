"""`python -m load.recovery`: delivery's speed and memory when things change."""

import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click

from load.backlog import catching_up, feed
from load.classifier import runnable_providers
from load.large_messages import large_messages
from load.machine import describe_machine
from load.rebalances import rebalances
from load.report import Row, exit_code, table
from load.sigterm import stopping
from load.site import Site
from load.texts import generated_texts
from moderator.inference.manifest import default_model_directory, load_model_directory
from tests.support.real_kafka import KAFKA_VERSION
from tests.support.running_kafka import running_kafka

TEXTS = 4_000  # different ones; the backlog repeats them


class Part(StrEnum):
    """What `--only` takes."""

    BACKLOG = "backlog"
    LARGE = "large"
    SIGTERM = "sigterm"
    REBALANCE = "rebalance"


@click.command()
@click.option("--backlog", "backlog", default=1_000_000, show_default=True, help="Messages that wait at the start")
@click.option("--large", "large", default=300, show_default=True, help="Messages of 1 MB")
@click.option("--rate", default=300.0, show_default=True, help="Messages a second while agents join and leave")
@click.option("--repeat", default=5, show_default=True, help="SIGTERMs, and rounds of rebalances")
@click.option(
    "--only", type=click.Choice([part.value for part in Part]), multiple=True, help="Only this part; may be repeated"
)
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the table and the machine here")
def main(*, backlog: int, large: int, rate: float, repeat: int, only: tuple[str, ...], target: Path | None) -> None:
    """Measure how soon an agent works at full speed, what it holds in memory, how long it takes to stop, and how long
    partitions stand still in a rebalance; on a real Apache Kafka on the same cores. Exit code 1 if a goal is missed.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and agents end too
    model = load_model_directory(default_model_directory())
    provider = runnable_providers(model)[0]
    machine = describe_machine(model.manifest, KAFKA_VERSION) | {"provider": provider, "brokers": 1}
    parts = frozenset(map(Part, only)) or frozenset(Part)
    with (
        tempfile.TemporaryDirectory(prefix="moderator-recovery-") as folder,
        running_kafka(Path(folder)) as kafka,
    ):
        site = Site(kafka, provider, Path(folder), lambda line: click.echo(line, err=True))
        rows = list(measured(site, parts, backlog, large, rate, repeat))
    if target:
        sizes = {"backlog": backlog, "large": large, "rate": rate, "repeat": repeat}
        document = {"machine": machine, "sizes": sizes, "table": [row.document() for row in rows]}
        target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']} before; {machine['model']}")
    click.echo(f"One broker, Apache Kafka {KAFKA_VERSION}, the clients and all agents on the same cores; {provider}")
    click.echo(table(rows))
    sys.exit(exit_code(rows))


def measured(site: Site, parts: frozenset[Part], backlog: int, large: int, rate: float, repeat: int) -> Iterator[Row]:
    """The table's lines, part by part."""
    texts = generated_texts(TEXTS)
    if Part.LARGE in parts:
        yield from large_messages(site, large)
    if Part.REBALANCE in parts:
        yield from rebalances(site, texts, rate, repeat)
    if parts & {Part.BACKLOG, Part.SIGTERM}:
        site.say(f"feeding {backlog:,} messages")
        topic = feed(site, texts, backlog)
        if Part.BACKLOG in parts:
            yield from catching_up(site, topic)
        if Part.SIGTERM in parts:
            yield from stopping(site, topic, repeat)


if __name__ == "__main__":
    main(prog_name="python -m load.recovery")
