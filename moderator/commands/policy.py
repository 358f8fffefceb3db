"""`moderator policy`: how much to escalate."""

import sys
from pathlib import Path
from typing import TextIO

import click
from prometheus_client import CollectorRegistry

from moderator.commands.failures import reported_failures
from moderator.commands.numbers import Number
from moderator.config import Settings, load_settings
from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import POLICY_FILE, default_model_directory
from moderator.judgement import load_judgement
from moderator.planning.plot import svg
from moderator.planning.policy_file import difference, planned_policy
from moderator.planning.report import Report, plain_lines
from moderator.planning.scoring import Scored, score_rows
from moderator.policy.curve import curve, label_curve
from moderator.policy.escalate import Bands, Capacity, plan
from moderator.policy.thresholds import Policy
from moderator.policy.traffic import ANY, Traffic, traffic
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics
from moderator.training.rows import Row, load_rows

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
OUTPUT = click.File("w", "utf-8", lazy=False)
PART = Number(0, 1, min_open=True, max_open=True)


class Share(click.ParamType):
    """`threat=0.002`: the part of the platform's messages that carry a label."""

    name = "label=part"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        """Fails the command when it is none."""
        margin, equals, part = str(value).partition("=")
        if not equals or margin not in {ANY, *LABELS}:
            self.fail(
                f"{value!r} is not LABEL=PART; labels: {', '.join(LABELS)}; {ANY}: one or more of them", param, ctx
            )
        return margin, PART.convert(part, param, ctx)


@click.group()
def policy() -> None:
    """Plan the policy."""


@policy.command("plan")
@click.option("--data", "rows_file", type=FILE, required=True, help="Labelled rows, JSON Lines, may be gzipped")
@click.option(
    "--capacity", type=Number(0, min_open=True), required=True, help="Escalations that people decide in an hour"
)
@click.option("--messages-per-hour", type=Number(0, min_open=True), required=True, help="What the platform sends")
@click.option("--risk", type=PART, required=True, help="Part of the messages with a label that may pass unseen")
@click.option(
    "--harmful-share",
    "shares",
    type=Share(),
    multiple=True,
    help="Of the platform's messages; by default the file's",
)
@click.option(
    "--model-capacity",
    type=Number(0),
    default=0.0,
    show_default=True,
    help="Escalations that a model reads first in an hour",
)
@click.option(
    "--model-settles",
    type=Number(0, 1),
    default=0.0,
    show_default=True,
    help="Part of these that it decides alone",
)
@click.option("--policy", "policy_file", type=FILE, help="The present policy; by default the one of the settings")
@click.option("--model", "directory", type=FOLDER, help="Model directory; by default the one of the settings")
@click.option("--json", "figures", type=OUTPUT, help="Also write the figures here")
@click.option("--plot", "picture", type=OUTPUT, help="Also draw the curves here, as SVG")
@click.option("--write", "target", type=FILE, help="Write a policy file with the planned bands; must not be there")
def plan_(
    rows_file: Path,
    capacity: float,
    messages_per_hour: float,
    risk: float,
    shares: tuple[tuple[str, float], ...],
    model_capacity: float,
    model_settles: float,
    policy_file: Path | None,
    directory: Path | None,
    figures: TextIO | None,
    picture: TextIO | None,
    target: Path | None,
) -> None:
    """From which scores on to escalate, given what reviewers can do and what may be missed.

    Scores the rows as an agent would, and shows for each label the present band and the one that keeps to --risk, or
    the one that reviewers can bear where they are too few. No text is printed. Exit codes: 0 done, 2 rows, policy or
    arguments, 3 model.
    """
    with reported_failures():
        if target is not None and target.exists():
            raise ConfigError([f"{target}: exists already"])
        settings, present_file = _settings(directory, policy_file)
        set_up_logging("CRITICAL", console=True)  # the report says it all
        rows, malformed = load_rows(rows_file)
        for line in malformed:
            click.echo(line, err=True)
        judgement = load_judgement(settings, Metrics(CollectorRegistry()))
        scored = _score(judgement.classifier, rows)
        if not scored.texts:
            raise ConfigError([f"{rows_file}: scores decide no row: in other languages, unreadable or too long"])
        reviewers = Capacity(capacity, model_capacity, model_settles)
        report = _report(
            scored,
            traffic(scored.texts, messages_per_hour, dict(shares)),
            judgement.policy,
            reviewers,
            risk,
            settings.policy.audit_part,
        )
        _show(report)
        if figures is not None:
            figures.write(report.to_json())
        if picture is not None:
            picture.write(svg(report.panels()))
        if target is not None:
            _write(present_file, report, target)


def _settings(directory: Path | None, policy_file: Path | None) -> tuple[Settings, Path]:
    """Those in force, but for this model and policy; and the policy's file."""
    settings = load_settings()
    folder = directory or settings.model.directory or default_model_directory()
    file = policy_file or settings.policy.file or folder / POLICY_FILE
    model = settings.model.model_copy(update={"directory": folder})
    present = settings.policy.model_copy(update={"file": file})
    return settings.model_copy(update={"model": model, "policy": present}), file


def _score(classifier: OnnxClassifier, rows: list[Row]) -> Scored:
    try:
        with click.progressbar(length=len(rows), label="scoring", file=sys.stderr) as bar:
            return score_rows(classifier, [(row.text, row.labels) for row in rows], bar.update)
    finally:
        classifier.close()


def _report(
    scored: Scored, hour: Traffic, present: Policy, reviewers: Capacity, risk: float, audit_part: float
) -> Report:
    bands = Bands(hour, present.thresholds, risk)
    curves = [label_curve(bands.rehearsal, index) for index in range(len(LABELS))]
    planned = plan(bands, reviewers, risk)
    return Report(planned, hour, curve(bands), curves, scored.left_out, len(present.overrides), audit_part)


def _show(report: Report) -> None:
    texts, hourly = len(report.traffic.texts), report.traffic.messages_per_hour
    click.echo(f"An hour of {hourly:,.0f} messages, by {texts:,} rows; reviewers take {report.plan.capacity:,.1f}\n")
    for table in (report.label_table(), report.curve_table()):
        for line in plain_lines(table):
            click.echo(click.style(line.rstrip(), bold="<" in line))
        click.echo()
    for line in report.remarks():
        click.echo(line)


def _write(present_file: Path, report: Report, target: Path) -> None:
    """The policy file, and on the terminal how it differs from the present one."""
    held, limit, hourly = report.plan.held, report.plan.capacity, report.traffic.messages_per_hour
    note = f"risk {held:.3g}, {limit:,.1f} escalations and {hourly:,.0f} messages an hour"
    text = planned_policy(present_file, [each.escalate_at for each in report.plan.planned.labels], held, note)
    try:
        with target.open("x", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise ConfigError([f"{target}: cannot be written: {error.strerror}"]) from None
    click.echo(f"\n{difference(present_file, text, target)}\nwritten: {target}")
