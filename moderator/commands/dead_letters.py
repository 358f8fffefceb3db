"""`moderator dead-letters`: what got no verdict, and what to do about it."""

import asyncio
import hashlib
import math
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from prometheus_client import CollectorRegistry
from pydantic_core import to_json

from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.commands.durations import Duration, time_ago
from moderator.commands.failures import reported_failures
from moderator.commands.places import Place
from moderator.config import Settings, load_settings
from moderator.dead_letters.as_json import exported, told
from moderator.dead_letters.letter import Choice, Letter, tally
from moderator.dead_letters.replay import Fate, Replayed, Terms, replay
from moderator.dead_letters.topic import group_letters, read_letters
from moderator.dead_letters.transform import load_transform
from moderator.errors import ConfigError, DeadLetterCode
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import set_up_logging
from moderator.telemetry.metrics import Metrics

Result = TypeVar("Result")


class Rate(click.FloatRange):
    """Letters a second; `nan` and `inf` are numbers, but none that can be kept."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Fails the command when it is none."""
        rate = float(super().convert(value, param, ctx))
        if not math.isfinite(rate):
            self.fail(f"{rate} is no rate", param, ctx)
        return rate


@click.group(name="dead-letters")
def dead_letters() -> None:
    """Look at what got no verdict; send it back once it is mended. Kafka and topics are those of the settings.

    Exit codes: 0 done, 1 not all of it, 2 settings or no such letter, 4 broker unavailable.
    """


def chosen(command: Callable[..., None]) -> Callable[..., None]:
    """Options that say which letters are meant."""
    for option in (
        click.option("--at", type=Place(), multiple=True, help="This letter; may be repeated"),
        click.option("--since", type=Duration(), help="Published in the last 90s, 30m, 1h, 7d"),
        click.option("--topic", help="Of records that came from this topic"),
        click.option(
            "--code",
            multiple=True,
            type=click.Choice([code.value for code in DeadLetterCode]),
            help="Of this code; may be repeated",
        ),
    ):
        command = option(command)
    return command


def choice(code: Sequence[DeadLetterCode], topic: str | None, at: Sequence[tuple[int, int]]) -> Choice:
    """What the options mean."""
    places = frozenset(f"{partition}:{offset}" for partition, offset in at)
    return Choice(frozenset(map(DeadLetterCode, code)), topic, places)


@dead_letters.command(name="list")
@chosen
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a table")
def list_(
    *,
    code: Sequence[DeadLetterCode],
    topic: str | None,
    since: int | None,
    at: Sequence[tuple[int, int]],
    as_json: bool,
) -> None:
    """Groups of letters by code and topic: how many, first and last seen, the place of the latest."""
    meant = choice(code, topic, at)
    groups = run(lambda settings: group_letters(settings, meant, time_ago(since)))
    found = groups.largest_first
    if as_json:
        click.echo(to_json([{name: getattr(group, name) for name in group.__slots__} for group in found], indent=2))
        return
    for group in found:
        click.echo(
            f"{group.count:>9,}  {group.code:<20}  {group.topic}  {group.first:%Y-%m-%d %H:%M:%S} to"
            f" {group.last:%Y-%m-%d %H:%M:%S} UTC  latest {group.example}"
        )
    click.echo(
        counted(sum(group.count for group in found))
        + (f", {groups.unknown:,} other record{'' if groups.unknown == 1 else 's'}" if groups.unknown else "")
    )


@dead_letters.command()
@click.argument("place", type=Place(), metavar="PARTITION:OFFSET")
@click.option("--value", is_flag=True, help="The record's own bytes: in a pager on a terminal, else on stdout alone")
def show(*, place: tuple[int, int], value: bool) -> None:
    """One letter: what was wrong, where it came from. Of key, value and headers only the sizes, unless asked."""
    meant = choice((), None, (place,))
    letters = run(lambda settings: read_letters(settings, meant, None))
    if not letters:
        with reported_failures():
            raise ConfigError([f"{place[0]}:{place[1]}: no dead letter"])
    (letter,) = letters
    content = letter.record.value
    if value:
        if sys.stdout.isatty():
            click.echo_via_pager((content or b"").decode("utf-8", "backslashreplace"))  # leaves nothing on the screen
        else:
            click.get_binary_stream("stdout").write(content or b"")
        return
    for name, text in letter.error.model_dump(mode="json").items():
        if text:
            click.echo(f"{name:<16} {text}")
    click.echo(f"{'replays':<16} {letter.replays}")
    click.echo(f"{'key':<16} {size(letter.record.key)}")
    digest = f", sha256 {hashlib.sha256(content).hexdigest()}" if content is not None else ""
    click.echo(f"{'value':<16} {size(content)}{digest}")
    for header, own in letter.headers:
        name = header.encode("unicode_escape").decode()  # a producer chose it; a terminal obeys controls
        click.echo(f"{'header':<16} {name}: {size(own)}")


@dead_letters.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@chosen
def export(
    *, file: Path, code: Sequence[DeadLetterCode], topic: str | None, since: int | None, at: Sequence[tuple[int, int]]
) -> None:
    """Write letters to FILE, which only you can read, one JSON object a line; key, value and headers in base64."""
    meant = choice(code, topic, at)
    letters = run(lambda settings: read_letters(settings, meant, time_ago(since)))
    with reported_failures():
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise ConfigError([f"{file}: exists already"]) from None
        except OSError as error:
            raise ConfigError([f"{file}: cannot be written: {error.strerror}"]) from None
        with os.fdopen(descriptor, "wb") as out:
            for letter in letters:
                out.write(to_json(exported(letter)) + b"\n")
    click.echo(f"{counted(len(letters))} in {file}")


@dead_letters.command(name="replay")
@chosen
@click.option("--transform", type=click.Path(path_type=Path), help="JSON Patch, or mapping of new to old JSON Pointers")
@click.option("--rate", type=Rate(min=0.1), default=100.0, show_default=True, help="Letters a second")
@click.option("--max-attempts", type=click.IntRange(min=1), default=3, show_default=True, help="Replays of one record")
@click.option("--dry-run", is_flag=True, help="Say what would happen")
@click.option("--yes", is_flag=True, help="Do not ask")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Each letter's fate, a JSON line each")
def replay_(
    *,
    code: Sequence[DeadLetterCode],
    topic: str | None,
    since: int | None,
    at: Sequence[tuple[int, int]],
    transform: Path | None,
    rate: float,
    max_attempts: int,
    dry_run: bool,
    yes: bool,
    report: Path | None,
) -> None:
    """Send letters back to the topic that they came from, in the order in which they failed.

    A record that fails again is a new dead letter, which counts its replays; after --max-attempts it stays.
    """
    meant = choice(code, topic, at)
    with reported_failures():
        terms = Terms(rate, max_attempts, load_transform(transform) if transform else None, dry_run)
        if report is not None:
            require_writable(report)  # before anything is replayed
    letters = run(lambda settings: read_letters(settings, meant, time_ago(since)))
    if letters and not (dry_run or yes):
        click.confirm(f"Replay {counted(len(letters))} at {rate:g} a second?", abort=True, err=True)
    fates: list[Replayed] = []
    try:
        run(lambda settings: replay_into(fates, settings, letters, terms))
    finally:  # also of a replay that broke off: those without a fate may have been published
        if report is not None:
            report.write_bytes(b"".join(to_json(told(each)) + b"\n" for each in fates))
    click.echo(tally(each.fate for each in fates) or "no dead letter is meant")
    done = (Fate.REPLAYED, Fate.WOULD_REPLAY)
    sys.exit(ExitCode.OK if all(each.fate in done for each in fates) else ExitCode.FAILED)


def run(work: Callable[[Settings], Coroutine[Any, Any, Result]]) -> Result:
    """Run `work` with the settings, its failures reported."""
    with reported_failures():
        settings = load_settings()
        set_up_logging("CRITICAL", console=True)
        return asyncio.run(work(settings))


def require_writable(file: Path) -> None:
    """Raises ConfigError when it is not."""
    try:
        file.open("ab").close()
    except OSError as error:
        raise ConfigError([f"{file}: cannot be written: {error.strerror}"]) from None


async def replay_into(fates: list[Replayed], settings: Settings, letters: Sequence[Letter], terms: Terms) -> None:
    """Replay with a progress bar; `fates` grows by what is confirmed."""
    publisher = KafkaPublisher(settings.kafka, Metrics(CollectorRegistry()))
    await publisher.start()
    try:
        with click.progressbar(length=len(letters), label="replaying", file=sys.stderr) as bar:
            async for part in replay(letters, publisher, terms):
                fates += part
                bar.update(len(part))
    finally:
        await publisher.stop()


def size(content: bytes | None) -> str:
    """How long it is."""
    return "null" if content is None else f"{len(content):,} bytes"


def counted(letters: int) -> str:
    """How many, in words."""
    return f"{letters:,} dead letter{'' if letters == 1 else 's'}"
