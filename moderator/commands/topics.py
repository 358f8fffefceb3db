"""`moderator topics`: are topics and rights as they should be? Make them so."""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence

import click
from pydantic_core import to_json

from moderator.adapters.kafka_admin import KafkaAdmin
from moderator.commands.durations import Duration
from moderator.commands.failures import reported_failures
from moderator.config import Settings, TopicSettings, load_settings
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import set_up_logging
from moderator.topics.carrying_out import Wish, carry_out
from moderator.topics.plan import Allowed
from moderator.topics.rights import Role, rights_of
from moderator.topics.steps import Line, State
from moderator.topics.wanted import FOR_EVER, MAX_MESSAGE_BYTES, PARTITIONS, REPLICAS, Terms, wanted_topics

NOUNS = tuple(TopicSettings.model_fields)
LEFT = frozenset({State.TO_DO, State.REFUSED, State.FAILED})  # what is not as it should be
COLOURS = {State.OK: "green", State.DONE: "green", State.TO_DO: "yellow", State.REFUSED: "red", State.FAILED: "red"}
FOLLOWED = "what a topic has, for a new one what that of messages has, or {}"
MOST_PARTITIONS = 10_000
LARGEST_BYTES = 2**31 - 1  # Kafka's number for it


def _spelled(noun: str) -> str:
    """As the settings do; topics' own names have a hyphen."""
    return noun.replace("-", "_")


class Partitions(click.ParamType):
    """`12` for all topics, `messages=48` for one."""

    name = "[topic=]number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Fails the command when it is neither."""
        noun, _, number = str(value).rpartition("=")
        noun = _spelled(noun)
        if noun and noun not in NOUNS:
            self.fail(f"{noun!r} is none of {', '.join(NOUNS)}", param, ctx)
        return noun, click.IntRange(1, MOST_PARTITIONS).convert(number, param, ctx)


class Retention(click.ParamType):
    """`messages=7d`, `decisions=forever`."""

    name = "topic=duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Fails the command when it is none."""
        noun, _, duration = str(value).partition("=")
        noun = _spelled(noun)
        if noun not in NOUNS:
            self.fail(f"{value!r} is not TOPIC=DURATION; topics are {', '.join(NOUNS)}", param, ctx)
        kept_ms = FOR_EVER if duration == "forever" else Duration().convert(duration, param, ctx)
        if not kept_ms:
            self.fail(f"{value!r} keeps nothing", param, ctx)
        return noun, kept_ms


class Principal(click.ParamType):
    """`agent=User:moderator`."""

    name = "role=user:name"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Role, str]:
        """Fails the command when it is none."""
        role, _, principal = str(value).partition("=")
        if role not in set(Role):
            self.fail(f"{role!r} is none of {', '.join(Role)}", param, ctx)
        kind, _, name = principal.partition(":")
        if not kind or not name or name == "*" or not principal.isprintable():
            self.fail(f"{principal!r} is no principal such as User:moderator", param, ctx)
        return Role(role), principal


@click.group()
def topics() -> None:
    """Create or check topics, partitions, retention and rights. Names and Kafka are those of the settings; nothing is
    deleted.

    Exit codes: 0 all as it should be, 2 settings, or no right to look, 4 broker unavailable, 5 something is to do or
    left.
    """


def wishes(command: Callable[..., None]) -> Callable[..., None]:
    """Options that say what should be."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines"),
        click.option("--allow-shorter-retention", is_flag=True, help="Delete what is older than is wanted"),
        click.option("--allow-more-partitions", is_flag=True, help="Move keys to other partitions"),
        click.option(
            "--principal",
            type=Principal(),
            multiple=True,
            help=f"Who has the rights of which role, agent=User:moderator; may be repeated. Roles: {', '.join(Role)}",
        ),
        click.option(
            "--max-message-bytes",
            type=click.IntRange(1024, LARGEST_BYTES),
            default=MAX_MESSAGE_BYTES,
            show_default=True,
        ),
        click.option("--min-insync-replicas", type=click.IntRange(1), help="By default all but one"),
        click.option(
            "--replication", type=click.IntRange(1, 100), help=f"Copies. By default {FOLLOWED.format(REPLICAS)}"
        ),
        click.option(
            "--retention",
            type=Retention(),
            multiple=True,
            help="messages=7d, decisions=forever; may be repeated. By default messages 7, verdicts 30, escalations 14,"
            " decisions 35, dead_letters 30, shadow 7 days",
        ),
        click.option(
            "--partitions",
            type=Partitions(),
            multiple=True,
            help=f"12, messages=48; may be repeated. By default {FOLLOWED.format(PARTITIONS)}",
        ),
    ):
        command = option(command)
    return command


@topics.command()
@wishes
def plan(**options: object) -> None:
    """Show what there is, what differs and what `apply` would do; the broker is asked whether it would take it."""
    _run(options, applied=False)


@topics.command()
@wishes
def apply(**options: object) -> None:
    """Do what `plan` shows, but for what is refused, and wait until it holds."""
    _run(options, applied=True)


def _run(options: dict[str, object], *, applied: bool) -> None:
    with reported_failures():
        set_up_logging("CRITICAL", console=True)  # every finding is a line of its own
        as_json = bool(options.pop("as_json"))
        settings = load_settings()
        wish = _wish(settings, **options)  # type: ignore[arg-type]  # click has checked them
        lines = asyncio.run(_carry_out(settings, wish, applied=applied))
        if as_json:
            shown = [{"state": line.state, "name": line.name, "detail": line.detail} for line in lines]
            click.echo(to_json({"as_wanted": not _left(lines), "lines": shown}, indent=2))
        else:
            _show(lines)
    sys.exit(ExitCode.RIGHTS if _left(lines) else ExitCode.OK)


def _wish(
    settings: Settings,
    *,
    partitions: Sequence[tuple[str, int]],
    retention: Sequence[tuple[str, int]],
    replication: int | None,
    min_insync_replicas: int | None,
    max_message_bytes: int,
    principal: Sequence[tuple[Role, str]],
    allow_more_partitions: bool,
    allow_shorter_retention: bool,
) -> Wish:
    by_noun = dict(partitions)
    of_all = by_noun.pop("", None)
    terms = Terms(by_noun, dict(retention), of_all, replication, min_insync_replicas, max_message_bytes)
    rights = [right for role, name in principal for right in rights_of(role, name, settings)]
    allowed = Allowed(allow_more_partitions, allow_shorter_retention)
    return Wish(wanted_topics(settings, terms), rights, allowed)


async def _carry_out(settings: Settings, wish: Wish, *, applied: bool) -> list[Line]:
    async with KafkaAdmin(settings.kafka) as admin:
        return await carry_out(admin, wish, time.monotonic, applied=applied)


def _left(lines: Sequence[Line]) -> bool:
    return any(line.state in LEFT for line in lines)


def _show(lines: Sequence[Line]) -> None:
    """A table without rules: a line each, aligned; in colour on a terminal only."""
    widest = max(len(line.name) for line in lines)
    for line in lines:
        state = click.style(f"{line.state:<8}", fg=COLOURS.get(line.state))
        click.echo(f"{state} {line.name:<{widest}}  {line.detail}")
    counts = [f"{sum(line.state is state for line in lines)} {state}" for state in State]
    click.echo(", ".join(count for count in counts if not count.startswith("0 ")))
