"""`moderator audit`: has every message its answer?"""

import asyncio
import re
import sys
from dataclasses import asdict

import click
from pydantic_core import to_json

from moderator.audit.audit import AuditReport
from moderator.audit.audit import audit as run_audit
from moderator.audit.books import PartitionReport, Range
from moderator.commands.durations import Duration, time_ago
from moderator.commands.failures import reported_failures
from moderator.config import load_settings
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import set_up_logging

COLUMNS = ("partition", "messages", "answered", "pending", "duplicates", "missing", "orphans", "disagreeing")
LISTED = 10  # runs of offsets of each finding; the JSON has a hundred


# No more digits than Kafka's own numbers have, and Python reads.
OFFSETS = re.compile(r"[0-9]{1,9}:[0-9]{1,18}(,[0-9]{1,9}:[0-9]{1,18})*")


class Offsets(click.ParamType):
    """`0:1500,1:1498` as offsets by partition."""

    name = "offsets"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dict[int, int]:
        """Fails the command when they are none."""
        if isinstance(value, dict):
            return value
        if not OFFSETS.fullmatch(str(value)):
            self.fail(f"{value!r} is not PARTITION:OFFSET[,PARTITION:OFFSET...]", param, ctx)
        pairs = (part.split(":") for part in str(value).split(","))
        return {int(partition): int(offset) for partition, offset in pairs}


@click.command()
@click.option("--since", type=Duration(), help="Messages of the last 90s, 30m, 1h, 7d; by default all that are kept")
@click.option("--from-offsets", type=Offsets(), help="Messages from PARTITION:OFFSET[,...] on, of these partitions")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table")
def audit(*, since: int | None, from_offsets: dict[int, int] | None, as_json: bool) -> None:
    """Read the topics, whatever the agents say: every message has its verdict or dead letter, every answer its message,
    and answers to one message agree.

    Messages that the group has not committed are pending, not missing. Kafka and topics are those of the settings.
    Exit codes: 0 sound, 1 not so, 2 settings, or the group has committed nothing so that it cannot be told, 4 broker
    unavailable.
    """
    if since is not None and from_offsets is not None:
        raise click.UsageError("--since and --from-offsets exclude each other")
    with reported_failures():
        settings = load_settings()
        set_up_logging("CRITICAL", console=True)  # the report says it all
        with click.progressbar(length=1, label="reading", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = max(1, total)
                bar.update(done - bar.pos)

            report = asyncio.run(run_audit(settings, time_ago(since), from_offsets, progress))
    click.echo(to_json({"sound": report.sound, **asdict(report)}, indent=2) if as_json else table(report))
    sys.exit(ExitCode.OK if report.sound else ExitCode.FAILED)


def table(report: AuditReport) -> str:
    """For people: a line a partition, then what is wrong, then the result."""
    rows = [
        (part.partition, part.messages, part.answered, part.pending, part.duplicates, *findings(part))
        for part in report.partitions
    ]
    total = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])) if rows else ()
    lines = ["  ".join(f"{name:>11}" for name in COLUMNS)]
    lines += ["  ".join(f"{cell:>11,}" for cell in row) for row in rows]
    lines += ["  ".join(f"{cell:>11,}" if isinstance(cell, int) else f"{cell:>11}" for cell in total)] if total else []
    for part in report.partitions:
        for what, found in (
            ("no answer", part.missing),
            ("answers without a message", part.orphans),
            ("answers that contradict each other", part.disagreements),
        ):
            if found:
                lines.append(f"{report.messages} partition {part.partition}, {what}: {listed(found)}")
    lines.append(
        f"sound: every message that group {report.group} has committed is answered"
        if report.sound
        else f"NOT SOUND: see above; group {report.group} on {report.messages}"
    )
    return "\n".join(lines)


def findings(part: PartitionReport) -> tuple[int, int, int]:
    """What should be 0."""
    return part.missing_records, part.orphan_answers, part.disagreeing_records


def listed(found: tuple[Range, ...]) -> str:
    """The first runs of offsets."""
    shown = [str(run.first) if run.first == run.last else f"{run.first}-{run.last}" for run in found[:LISTED]]
    return ", ".join([*shown, "..."] if len(found) > LISTED else shown)
