"""`moderator compare`: what a model or policy on trial would change."""

import asyncio
import sys
from pathlib import Path

import click

from moderator.commands.durations import Duration, time_ago
from moderator.commands.failures import reported_failures
from moderator.commands.numbers import Number
from moderator.comparison.comparison import OUTCOMES, looser
from moderator.comparison.comparison import compare as compared
from moderator.comparison.pictures import flip_matrix, score_grids
from moderator.comparison.reading import read_sides
from moderator.comparison.report import Report, Table, flip_name
from moderator.config import load_settings
from moderator.errors import ConfigError
from moderator.exit_codes import ExitCode
from moderator.planning.report import plain_lines
from moderator.telemetry.log import set_up_logging

LOOSER = {flip_name(first, shadow) for first in OUTCOMES for shadow in OUTCOMES if looser(first, shadow)}


@click.command()
@click.option("--since", type=Duration(), help="Messages of the last 90s, 30m, 1h, 7d; by default all that are kept")
@click.option(
    "--most-flips",
    type=Number(0, 1, min_open=True),
    help="Advise against it where more than this part of messages may flip",
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Also write pictures and JSON here")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of tables")
def compare(*, since: int | None, most_flips: float | None, output: Path | None, as_json: bool) -> None:
    """Read what was answered and what a model or policy on trial would have answered (moderation.shadow), and show what
    would change: outcomes that flip, escalations, labels and scores, with 95 % intervals. No text is read or shown.

    Kafka and topics are those of the settings. Exit codes: 0 done, and within --most-flips; 1 above it, or nothing to
    compare; 2 settings, 4 broker unavailable.
    """
    with reported_failures():
        settings = load_settings()
        set_up_logging("CRITICAL", console=True)  # the report says it all
        with click.progressbar(length=1, label="reading", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = max(1, total)
                bar.update(done - bar.pos)

            first, shadow = asyncio.run(read_sides(settings, time_ago(since), progress))
        report = Report(compared(first, shadow), most_flips)
        if output is not None:
            _write(report, output)
        if as_json:
            click.echo(report.to_json(), nl=False)
        else:
            _show(report)
    sys.exit(ExitCode.FAILED if report.advised is False else ExitCode.OK)


def _show(report: Report) -> None:
    """Tables for people; colours on a terminal only."""
    comparison = report.comparison
    click.echo(f"{comparison.compared:,} messages compared\n")
    if comparison.compared:
        for table in (report.flip_table(), report.outcome_table(), report.label_table()):
            _table(table)
    *remarks, result = report.remarks()
    for line in remarks:
        click.echo(line)
    colour = {True: "green", False: "red", None: None}[report.advised]
    click.secho(result, fg=colour, bold=True)


def _table(table: Table) -> None:
    heading, *rows = plain_lines(table)
    click.secho(heading, bold=True)
    for line, row in zip(rows, table[1:], strict=True):
        seen = row[1] != "0"
        click.secho(line, fg="red" if seen and row[0] in LOOSER else None, dim=not seen)
    click.echo()


def _write(report: Report, folder: Path) -> None:
    files = {
        "flips.svg": flip_matrix(report.comparison),
        "scores.svg": score_grids(report.comparison),
        "comparison.json": report.to_json(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise ConfigError([f"--output {folder}: cannot be written: {error.strerror}"]) from None
