"""`python -m load.capacity --rate 5000 --p99-ms 250`: what it takes, worked out from measured points."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click

from load.capacity_cost import Texts, fitted
from load.capacity_plan import Assumed, Plan, plan
from load.capacity_points import POINTS, read_points
from load.capacity_sizes import sizes_of
from load.texts import MEDIAN_TOKENS


def _assumption_options(command: Any) -> Any:
    for field in reversed(fields(Assumed)):
        name = f"--{field.name.replace('_', '-')}"
        bounds = {"min": field.metadata["least"], "max": field.metadata["most"]}
        kind = (click.IntRange if isinstance(field.default, int) else click.FloatRange)(**bounds)
        command = click.option(
            name, type=kind, default=field.default, show_default=True, help=field.metadata["meaning"]
        )(command)
    return command


@click.command()
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), required=True, help="Messages a second at the peak"
)
@click.option("--p99-ms", type=click.FloatRange(min=1), default=250.0, show_default=True, help="Latency of 99 in 100")
@click.option(
    "--median-tokens",
    type=click.FloatRange(min=3, max=1_000),
    default=MEDIAN_TOKENS,
    show_default=True,
    help="Length of a text",
)
@click.option(
    "--repeated",
    type=click.FloatRange(min=0, max=0.95),
    default=0.0,
    show_default=True,
    help="Part of the texts whose scores are remembered",
)
@click.option(
    "--measured",
    type=click.Path(path_type=Path),
    default=POINTS,
    help="Points of your machine, of `python -m load.capacity_measured --json FILE`; default: the committed ones",
)
@click.option("--json", "as_json", is_flag=True, help="For machines")
@_assumption_options
def main(
    *, rate: float, p99_ms: float, median_tokens: float, repeated: float, measured: Path, as_json: bool, **assumed: Any
) -> None:
    """Work out agents, partitions, brokers, people and money. Every option below --json is an assumption with a
    default: give what is true of yours.
    """
    try:
        points = read_points(measured).costs
        found = plan(
            fitted(points),
            sizes_of(points, median_tokens),
            Texts(median_tokens, repeated),
            rate,
            p99_ms,
            Assumed(**assumed),
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({"plan": asdict(found), "assumed": assumed}, indent=1))
    else:
        click.echo("\n".join(described(found, Assumed(**assumed))))


def described(found: Plan, assumed: Assumed) -> Iterator[str]:
    """Line by line."""
    cores = found.agents * assumed.cores_per_agent
    members = found.agents // found.groups
    yield f"{found.rate:,.10g} messages/s, {found.message_us:,.0f} µs of a core each"
    yield f"agents      {found.agents:,} of {assumed.cores_per_agent} cores ({cores:,} cores): {found.why}"
    yield (
        f"            each can do {found.agent_capacity:,.0f}/s and is given {found.agent_rate:,.0f}/s at the most; "
        f"p99 {found.p99_ms:.0f} ms with all of them, by the model; one key at most {found.agent_rate:,.0f}/s"
    )
    yield f"memory      {found.agents * assumed.agent_memory_mb / 1_000:,.1f} GB"
    yield (
        f"groups      {found.groups:,} of {members:,} members, each with a topic of messages of its own; "
        f"{found.partitions // found.groups:,} partitions each, {found.partitions:,} in all"
    )
    yield (
        f"brokers     {found.brokers:,}, for their {found.brokers_for}; {found.in_bytes / 1e6:,.1f} MB/s in, "
        f"{found.out_bytes / 1e6:,.1f} MB/s out, {found.disk_tb:,.2f} TB on disk"
    )
    people = "person" if found.people == 1 else "people"
    yield f"review      {found.escalations:,.1f} escalations/s, {found.people:,} {people} at work at a time"
    yield f"a month     {sum(found.money.values()):,.0f} in the currency of the prices: " + ", ".join(
        f"{name} {value:,.0f}" for name, value in found.money.items()
    )


if __name__ == "__main__":
    main(prog_name="python -m load.capacity")
