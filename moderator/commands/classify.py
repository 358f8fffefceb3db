"""`moderator classify`: JSON Lines in, verdicts out, no broker."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click
from prometheus_client import CollectorRegistry

from moderator.bootstrap import message_decoder
from moderator.commands.failures import reported_failures
from moderator.config import load_settings
from moderator.contracts.codec import to_bytes
from moderator.exit_codes import ExitCode
from moderator.garbage import exempt_what_is_loaded
from moderator.judgement import load_judgement
from moderator.pipeline.lines import BadLine, LineModeration, OnProgress
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics


@click.command()
@click.option("--input", "source", type=click.File("rb"), default="-", help="JSON Lines, default: standard input")
@click.option(
    "--output", "target", type=click.File("wb", lazy=False), default="-", help="Verdicts, default: standard output"
)
def classify(source: BinaryIO, target: BinaryIO) -> None:
    """Give every line of a file a verdict: {"id": .., "text": ..} in, verdicts out, in the same order.

    A line that holds no message is named on standard error, has no line in the output, and makes the exit code 1.
    """
    with reported_failures():
        settings = load_settings()
        set_up_logging(settings.log.level, console=True)
        judgement = load_judgement(settings, Metrics(CollectorRegistry()))
        exempt_what_is_loaded()
        moderation = LineModeration(message_decoder(settings), judgement.classifier, judgement.answers(settings))
        bad = 0

        def report(line: BadLine) -> None:
            nonlocal bad
            bad += 1
            click.echo(f"line {line.number}: {line.error}", err=True)

        with _progress() as on_done:
            verdicts = moderation.verdicts(source, report, on_done)
            target.writelines(to_bytes(verdict) + b"\n" for verdict in verdicts)
        target.flush()
        judgement.classifier.close()
        sys.exit(ExitCode.FAILED if bad else ExitCode.OK)


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """A counter of lines on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _lines: None
        return
    done = 0

    def show(lines: int) -> None:
        nonlocal done
        done += lines
        click.echo(f"\r{done:,} lines", nl=False, err=True)

    yield show
    click.echo(err=True)
