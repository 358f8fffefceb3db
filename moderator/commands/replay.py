"""`moderator replay`: a verdict computed once more (`moderator dead-letters replay` sends records back)."""

import asyncio
import json
import sys

import click
from prometheus_client import CollectorRegistry

from moderator.bootstrap import message_decoder
from moderator.commands.durations import Duration, time_ago
from moderator.commands.failures import reported_failures
from moderator.commands.places import Place
from moderator.comparison.finding import Hint, find
from moderator.comparison.reproduction import Reproduction, other_versions
from moderator.config import Settings, load_settings
from moderator.contracts.record import Record
from moderator.contracts.verdict import Verdict
from moderator.errors import ConfigError, PoisonRecord
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import default_model_directory, load_model_directory
from moderator.judgement import Judgement, load_judgement
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics


@click.command()
@click.option("--verdict", "verdict_id", required=True, metavar="ID", help="The id of a verdict")
@click.option("--since", type=Duration(), help="Look through the last 90s, 30m, 1h, 7d; by default all that is kept")
@click.option("--at", type=Place(), help="PARTITION:OFFSET of the verdict on its topic: no need to look for it")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines")
def replay(*, verdict_id: str, since: int | None, at: tuple[int, int] | None, as_json: bool) -> None:
    """Recompute a verdict from its record, with the model and the policy in force, and say whether it is the same: id,
    outcome, labels, and scores within the tolerance of the model's golden set.

    Kafka and topics are those of the settings; nothing is published, no text shown. Exit codes: 0 it reproduces, 1 it
    does not, 2 settings or it cannot be told (no such verdict, a reviewer's, its record gone, other versions in force),
    3 model, 4 broker unavailable.
    """
    if since is not None and at is not None:
        raise click.UsageError("--since and --at exclude each other")
    hint = Hint(*at) if at else None
    with reported_failures():
        settings = load_settings()
        set_up_logging("CRITICAL", console=True)  # the result says it all
        with click.progressbar(length=1, label="looking", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = max(1, total)
                bar.update(done - bar.pos)

            published, record = asyncio.run(find(settings, verdict_id, time_ago(since), hint, progress))
        reproduction = _reproduction(settings, published, record)
    differences = reproduction.differences()
    if as_json:
        click.echo(_json(reproduction, differences))
    else:
        _show(reproduction, differences)
    sys.exit(ExitCode.FAILED if differences else ExitCode.OK)


def _reproduction(settings: Settings, published: Verdict, record: Record) -> Reproduction:
    judgement = load_judgement(settings, Metrics(CollectorRegistry()))
    try:
        if others := other_versions(published.versions, judgement.versions):
            raise ConfigError([f"verdict {published.id} is of other versions than those in force:", *others])
        recomputed = _recomputed(settings, judgement, published, record)
    finally:
        judgement.classifier.close()
    model = load_model_directory(settings.model.directory or default_model_directory())
    return Reproduction(published, recomputed, model.manifest.golden_tolerance)


def _recomputed(settings: Settings, judgement: Judgement, published: Verdict, record: Record) -> Verdict:
    """The verdict that an agent would publish now. Raises ConfigError where it would publish a dead letter."""
    try:
        message = message_decoder(settings).decode(record)
    except PoisonRecord as error:
        raise ConfigError([f"MODERATOR_INPUT__*: the record is no message any more: {error}"]) from None
    (tokens,) = judgement.classifier.tokenize([message.text])
    (scores,) = judgement.classifier.classify([tokens])
    return judgement.answers(settings).verdict(
        message,
        scores,
        truncated=tokens.truncated,
        unreadable=tokens.unreadable,
        unsupported_language=tokens.unsupported_language,
        origin=published.origin,
    )


def _show(reproduction: Reproduction, differences: list[str]) -> None:
    published = reproduction.published
    for line in differences:
        click.echo(line)
    scores = f"largest difference of a score {reproduction.largest_difference:.5f}, tolerance {reproduction.tolerance}"
    if differences:
        click.secho(f"DOES NOT REPRODUCE: verdict {published.id}; {scores}", fg="red", bold=True)
    else:
        click.secho(f"reproduces: verdict {published.id}, {published.outcome}; {scores}", fg="green", bold=True)


def _json(reproduction: Reproduction, differences: list[str]) -> str:
    published, recomputed = reproduction.published, reproduction.recomputed
    content = {
        "reproduces": not differences,
        "verdict": published.id,
        "outcome": published.outcome,
        "recomputed_outcome": recomputed.outcome,
        "largest_difference": round(reproduction.largest_difference, 6),
        "tolerance": reproduction.tolerance,
        "differences": differences,
    }
    return json.dumps(content, indent=2)
