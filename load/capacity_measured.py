"""`python -m load.capacity_measured`: the points that the capacity model is held against, into measured_points.json.

Costs are processor time, which stays steady while other work shares the machine; latencies want it quiet.
"""

import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from load.capacity_costs_measured import Measured, Point, measured_costs, measured_repetition
from load.capacity_latency_measured import measured_latencies
from load.capacity_points import POINTS
from load.classifier import runnable_providers
from load.machine import describe_machine
from load.site import Site
from moderator.inference.manifest import ModelDirectory, default_model_directory, load_model_directory
from tests.support.real_kafka import KAFKA_VERSION
from tests.support.running_kafka import running_kafka

LENGTHS = (Measured(8, 4_096), Measured(20, 2_560), Measured(128, 768))
FEW = (Measured(8, 256), Measured(20, 256), Measured(128, 256))  # one by one they tell what a batch costs
FULL_BATCH = 512

# Some minutes each on two cores that are shared, and each by itself can be measured anew.
PARTS: Final[Mapping[str, Callable[[Site, ModelDirectory], Iterator[Point]]]] = {
    "full batches": lambda site, model: measured_costs(site, model, FULL_BATCH, LENGTHS),
    "batches of 64": lambda site, model: measured_costs(site, model, 64, LENGTHS),
    "batches of 8": lambda site, model: measured_costs(site, model, 8, LENGTHS),
    "one by one": lambda site, model: measured_costs(site, model, 1, FEW),
    "repetition": lambda site, model: measured_repetition(site, model, FULL_BATCH),
    "latency": lambda site, _model: measured_latencies(site, (0.3, 0.5, 0.7)),
}


@click.command()
@click.option("--only", type=click.Choice(list(PARTS)), multiple=True, help="Only this part; the others stay")
@click.option("--json", "target", type=click.Path(path_type=Path), default=POINTS, help="Default: the committed file")
def main(*, only: tuple[str, ...], target: Path) -> None:
    """Measure processor time, memory and bytes a message at several lengths of texts and sizes of batches, then the
    latency at 30, 50 and 70 % of what one agent can do, on a real Apache Kafka on the same cores.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and agents end too
    model = load_model_directory(default_model_directory())
    provider = runnable_providers(model)[0]
    machine = describe_machine(model.manifest, KAFKA_VERSION) | {"provider": provider}
    document: dict[str, Any] = json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}
    with (
        tempfile.TemporaryDirectory(prefix="moderator-capacity-") as folder,
        running_kafka(Path(folder)) as kafka,
    ):
        site = Site(kafka, provider, Path(folder), lambda line: click.echo(line, err=True))
        for part in only or PARTS:
            command = f'python -m load.capacity_measured --only "{part}"'
            points = list(PARTS[part](site, model))
            document[part] = {"command": command, "machine": machine, "points": points}
            target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m load.capacity_measured")
