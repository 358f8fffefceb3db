"""`moderator demo`: see the whole service work, with nothing else installed."""

import asyncio
import logging
import shutil
import signal
import sys
import time
from pathlib import Path

import click
from rich.console import Console

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.commands.failures import reported_failures
from moderator.config import Settings, load_settings
from moderator.demo.reviewing import Programs, Reviewers
from moderator.demo.samples import Sample, load_samples
from moderator.demo.screen import LiveScreen, PlainScreen, Screen
from moderator.demo.session import PARTITIONS, DemoSession
from moderator.demo.settings import for_demo
from moderator.demo.tally import Tally
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import set_up_logging

NAME = "moderator"


@click.command()
@click.option("--once", is_flag=True, help="Send every sample once and end when all are answered")
@click.option(
    "--review/--no-review",
    default=None,
    help="With a stub of a large model and the console for people, or without; without is the default with --once",
)
@click.option("--rate", type=click.FloatRange(1, 100_000), default=20.0, show_default=True, help="Messages a second")
def demo(*, once: bool, review: bool | None, rate: float) -> None:
    """Watch sample messages become verdicts, and decide the uncertain ones: everything runs in this process.

    An embedded broker, a feeder, an agent; a reviewer that asks a stub of a large model; the console, whose address is
    shown. Without a terminal it runs as with --once; with --once --review it ends when all is decided.
    Exit code 0 only if records in = first verdicts + dead letters.
    """
    with reported_failures():
        settings = load_settings()
        _log_little()
        console = Console()
        once = once or not console.is_terminal
        reviewers = Reviewers(_programs) if (review if review is not None else not once) else None
        samples = load_samples()
        names = tuple(settings.topics.model_dump().values())
        tally = Tally(time.monotonic, lambda: time.time() * 1000)
        with EmbeddedBroker(dict.fromkeys(names, PARTITIONS)) as broker:
            settings = for_demo(settings, broker)
            screen = _screen(console, samples, settings)
            session = DemoSession(settings, samples, screen, tally, rate, reviewers)
            asyncio.run(_until_interrupted(session, once=once))
        sys.exit(ExitCode.OK if tally.complete or not once else ExitCode.FAILED)


def _log_little() -> None:
    """A line would tear the table, and what matters ends the demo. aiokafka calls it an error when a commit meets a
    rebalance, as it does when the console's second member joins.
    """
    set_up_logging("ERROR", console=True)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)


def _programs() -> Programs:
    """Imported when they are wanted: they take a second, and extras of their own."""
    from moderator.bootstrap_console import run_console  # noqa: PLC0415
    from moderator.bootstrap_reviewer import run_reviewer  # noqa: PLC0415

    return Programs(run_reviewer, run_console)


def _screen(console: Console, samples: list[Sample], settings: Settings) -> Screen:
    texts = {sample.key: sample.text for sample in samples}
    if console.is_terminal:
        return LiveScreen(console, texts, _program(), settings.kafka.bootstrap_servers)
    return PlainScreen(console, texts, _program())


def _program() -> str:
    """How this program was called, where its bare name would not find it: in a virtual environment's folder, say."""
    called = Path(sys.argv[0])
    return str(called) if called.name == NAME and shutil.which(NAME) is None else NAME


async def _until_interrupted(session: DemoSession, *, once: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await session.run(stop, once=once)
