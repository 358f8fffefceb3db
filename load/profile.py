"""`python -m load.profile steady`: an open-loop load on one agent on a real Kafka, and the peers on the same texts."""

import json
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from load.baseline import BASELINES, baseline_document, compared, read_baseline, write_baseline
from load.classifier import runnable_providers
from load.judged import Judged, exit_code
from load.load_report import LoadReport
from load.machine import describe_machine
from load.measured_load import MeasuredLoad
from load.measuring import measure_load
from load.page import page
from load.profiles import PROFILES, Phase, Profile
from load.report import table
from load.site import Site
from moderator.inference.manifest import ModelDirectory, default_model_directory, load_model_directory
from tests.support.real_kafka import KAFKA_VERSION
from tests.support.running_kafka import running_kafka

RESULTS = Path("build") / "load"


@click.command(epilog="\n\n".join(f"{profile.name}: {profile.meaning}." for profile in PROFILES.values()))
@click.argument("name", metavar="PROFILE", type=click.Choice(list(PROFILES)))
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Highest rate in messages/s, not by capacity")
@click.option("--seconds", type=click.FloatRange(min=5), help="How long the load lasts, its shape kept")
@click.option("--no-peers", is_flag=True, help="Leave the peers out")
@click.option(
    "--out", type=click.Path(path_type=Path), default=RESULTS, show_default=True, help="Folder of the results"
)
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Default: load/baselines/PROFILE.json if there is one"
)
@click.option("--write-baseline", "writes", is_flag=True, help="Make this run the baseline instead")
@click.option("--no-goals", is_flag=True, help="Exit with 0 whatever is missed")
def main(
    *,
    name: str,
    rate: float | None,
    seconds: float | None,
    no_peers: bool,
    out: Path,
    baseline: Path | None,
    writes: bool,
    no_goals: bool,
) -> None:
    """Load one agent over a real Apache Kafka: each message at a time fixed ahead, its latency counted from then.

    Exit codes: 0, or of the gravest breach: 3 messages lost, 4 other outcomes than without a broker, 5 rate not
    reached, 6 latency, 7 speed against the classifier or a peer, 8 worse than the baseline.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that broker and agent end too
    profile = shaped(PROFILES[name], rate, seconds, no_peers=no_peers)
    model = load_model_directory(default_model_directory())
    provider = runnable_providers(model)[0]
    machine = describe_machine(model.manifest, KAFKA_VERSION) | {"provider": provider}
    path = baseline or BASELINES / f"{name}.json"
    try:
        before = None if writes or (baseline is None and not path.is_file()) else read_baseline(path)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    report = LoadReport(_measured(model, profile, provider, rate))
    judged = report.judged()
    held = compared(before, machine, report.ratios()) if before else []
    document = report.document(machine, judged, held)
    _write(out, name, document)
    if writes:
        write_baseline(path, baseline_document(machine, name, report.ratios()))
        click.echo(f"{path} is this run now")
    _tell(document, judged, held)
    sys.exit(0 if no_goals else exit_code([*judged, *held]))


def _measured(model: ModelDirectory, profile: Profile, provider: str, rate: float | None) -> MeasuredLoad:
    """Raises ClickException where no broker can be started, or one or the agent fails."""
    click.echo("starting Apache Kafka", err=True)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="moderator-load-") as folder,
            running_kafka(Path(folder)) as kafka,
        ):
            site = Site(kafka, provider, Path(folder), lambda line: click.echo(line, err=True))
            return measure_load(site, model, profile, rate)
    except (RuntimeError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def shaped(profile: Profile, rate: float | None, seconds: float | None, *, no_peers: bool) -> Profile:
    """As it was asked for, and so it says."""
    stretch = seconds / profile.seconds if seconds else 1.0
    phases = tuple(Phase(stretch * phase.seconds, phase.begin, phase.end) for phase in profile.phases)
    meaning = f"up to {rate:,.10g} messages/s, asked for in place of {profile.meaning}" if rate else profile.meaning
    return replace(
        profile,
        meaning=f"{meaning}; in {seconds:,.10g} s in all" if seconds else meaning,
        phases=phases,
        peer_goal=None if no_peers else profile.peer_goal,
    )


def _write(out: Path, name: str, document: dict[str, object]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    (out / f"{name}.html").write_text(page(document), encoding="utf-8")
    click.echo(f"{out / name}.html, {out / name}.json")


def _tell(document: dict[str, object], judged: list[Judged], held: list[Judged]) -> None:
    click.echo(table([each.row for each in judged]))
    if held:
        click.echo("\nAgainst the baseline:")
        click.echo(table([each.row for each in held]))
    if document["impossible"]:
        click.echo(f"\n{document['impossible']}", err=True)


if __name__ == "__main__":
    main(prog_name="python -m load.profile")
