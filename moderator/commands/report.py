"""`moderator report`: what moderation costs."""

import asyncio
import re
from urllib.parse import urlsplit

import click

from moderator.adapters.prometheus import read_pages, read_prometheus
from moderator.commands.durations import UNITS_MS, Duration
from moderator.commands.failures import reported_failures
from moderator.config import Settings, load_settings
from moderator.costs.programs import Program
from moderator.costs.report import Report
from moderator.costs.report import report as reported
from moderator.costs.table import Table, cost_table, heading, large_table, remarks, to_json
from moderator.costs.traffic import count
from moderator.errors import ConfigError
from moderator.planning.report import plain_lines
from moderator.telemetry.log import set_up_logging

DAY_MS = 86_400_000
LONGEST_MS = 3650 * DAY_MS  # Prometheus has no number for a range of more than 292 years
NAMESPACE = r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"  # what Kubernetes takes


class Url(click.ParamType):
    """`http://host:port/path`."""

    name = "url"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Fails the command when it is none."""
        try:
            parts = urlsplit(str(value))
            sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if not sound or not str(value).isprintable():
            self.fail("is no URL such as http://127.0.0.1:9090", param, ctx)
        return str(value)


class Namespace(click.ParamType):
    """A name of Kubernetes'."""

    name = "namespace"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Fails the command when it is none."""
        if not re.fullmatch(NAMESPACE, str(value)):
            self.fail(f"{value!r} is no namespace of Kubernetes", param, ctx)
        return str(value)


@click.command()
@click.option("--prometheus", type=Url(), help="Prometheus that watches the programs, such as http://127.0.0.1:9090")
@click.option("--since", type=Duration(), help="With --prometheus: of the last 90m, 24h, 7d; by default 24h")
@click.option("--namespace", type=Namespace(), help="With --prometheus: of this namespace only")
@click.option(
    "--metrics", type=Url(), multiple=True, help="Without a Prometheus: a program's own page; may be repeated"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables")
def report(
    *, prometheus: str | None, since: int | None, namespace: str | None, metrics: tuple[str, ...], as_json: bool
) -> None:
    """Messages, processor time, money and energy by stage and tier (mini model, large model, people), in all and for a
    million messages; and what the same messages would have cost, had each been sent to the large model.

    Prices and watts are settings (MODERATOR_COSTS__*, MODERATOR_REVIEWER__PRICE_*); what is assumed or not set is
    named. Exit codes: 0 done, 2 settings, or no such figures there, 4 unavailable.
    """
    if (prometheus is None) == (not metrics):
        raise click.UsageError("give --prometheus, or --metrics for the page of each program")
    if prometheus is None and (since is not None or namespace is not None):
        raise click.UsageError("--since and --namespace go with --prometheus; a page counts since its program's start")
    if len(set(metrics)) < len(metrics):
        raise click.UsageError("--metrics: a page that is given twice would count twice")
    with reported_failures():
        settings = load_settings()
        set_up_logging("CRITICAL", console=True)  # the report says it all
        if prometheus is None:
            programs, when = asyncio.run(read_pages(metrics)), "since their programs started"
        else:
            since = DAY_MS if since is None else since
            programs, when = _watched(prometheus, since, namespace), f"in the last {_words(since)}"
        found = reported(count(programs), settings.costs, settings.reviewer)
        if as_json:
            click.echo(to_json(found, settings), nl=False)
        else:
            _show(found, when, settings)


def _watched(url: str, since_ms: int, namespace: str | None) -> list[Program]:
    """Raises ConfigError when there is nothing of ours."""
    if not 0 < since_ms <= LONGEST_MS:
        raise ConfigError(["--since: more than nothing, and at most 3650d"])
    programs = asyncio.run(read_prometheus(url, since_ms, namespace))
    if not programs:
        where = "" if namespace is None else f" in --namespace {namespace}"
        raise ConfigError([f"--prometheus: it has seen no program of ours{where} in --since {_words(since_ms)}"])
    return programs


def _words(since_ms: int) -> str:
    unit = next(unit for unit in ("d", "h", "m", "s") if since_ms % UNITS_MS[unit] == 0)
    return f"{since_ms // UNITS_MS[unit]}{unit}"


def _show(found: Report, when: str, settings: Settings) -> None:
    """Tables for people; colours on a terminal only."""
    currency = settings.costs.currency
    for line in heading(found, when):
        click.echo(line)
    for table in (cost_table(found, currency), large_table(found, currency)):
        click.echo()
        _table(table)
    click.echo()
    for line in remarks(found, settings):
        click.echo(line)


def _table(table: Table) -> None:
    """The first row names, the last one sums up."""
    first, *rows, last = plain_lines(table)
    click.secho(first, bold=True)
    for line in rows:
        click.echo(line)
    click.secho(last, bold=True)
