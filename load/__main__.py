"""`python -m load`: the program and its peer, measured in one run."""

import json
import signal
import sys
import tempfile
from pathlib import Path

import click

from load.classifier import runnable_providers, token_lengths
from load.machine import describe_machine
from load.report import exit_code, report, table, variant_name
from load.rounds import LONGER, Part, Rounds
from load.texts import generated_texts, read_texts
from moderator.inference.manifest import default_model_directory, load_model_directory
from tests.support.real_kafka import KAFKA_VERSION


@click.command()
@click.option(
    "--texts", "source", type=click.Path(exists=True, path_type=Path), help='JSON Lines {"text"}; default: generated'
)
@click.option("--count", default=4_000, show_default=True, help="How many texts")
@click.option("--repeat", default=3, show_default=True, help="Rounds")
@click.option(
    "--only", type=click.Choice([part.value for part in Part]), multiple=True, help="Only this part; may be repeated"
)
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write all values and the machine here")
@click.option("--no-goals", is_flag=True, help="Exit with 0 even if a goal is missed")
def main(
    *, source: Path | None, count: int, repeat: int, only: tuple[str, ...], target: Path | None, no_goals: bool
) -> None:
    """Measure the classifier alone, `moderator classify`, an agent on a real Apache Kafka and, on the same texts and
    cores, the transformers pipeline. Exit code 1 if a goal is missed.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and agent end too
    model = load_model_directory(default_model_directory())
    machine = describe_machine(model.manifest, KAFKA_VERSION)
    try:
        texts = read_texts(source, LONGER * count) if source else generated_texts(LONGER * count)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    with tempfile.TemporaryDirectory(prefix="moderator-load-") as folder:
        parts = frozenset(map(Part, only)) or frozenset(Part)
        rounds = Rounds(model, texts, count, parts, repeat, Path(folder), lambda line: click.echo(line, err=True))
        series = rounds.run()
    default = variant_name(runnable_providers(model)[0])
    rows = report(series, default)
    texts = texts[:count]
    lengths = token_lengths(model, texts)
    if target:
        document = {
            "machine": machine | {"provider": default},
            "texts": {"source": str(source.name) if source else "generated", "count": len(texts), **lengths},
            "rounds": repeat,
            "figures": series,
            "table": [row.document() for row in rows],
        }
        target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']} before; {machine['model']}")
    click.echo(f"{len(texts):,} texts, median {lengths['p50_tokens']} tokens, 99th percentile {lengths['p99_tokens']}")
    click.echo(table(rows))
    sys.exit(0 if no_goals else exit_code(rows))


if __name__ == "__main__":
    main(prog_name="python -m load")
