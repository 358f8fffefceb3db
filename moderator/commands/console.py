"""`moderator console`: people decide what the models could not, until told to stop."""

import asyncio
import signal

import click

from moderator.bootstrap_console import run_console
from moderator.commands.failures import reported_failures
from moderator.config import Settings, load_settings
from moderator.telemetry import get_logger, set_up_logging

log = get_logger(__name__)


@click.command()
def console() -> None:
    """Keep a queue of escalations for people, and publish what they decide.

    Settings: MODERATOR_CONSOLE__* (`moderator config show`). SIGTERM and SIGINT finish what is in hand and stop.
    Exit codes: 0 stopped, 1 a bug, 2 settings or policy documents, 4 broker unavailable.
    """
    with reported_failures():
        settings = load_settings()
        set_up_logging(settings.log.level)
        asyncio.run(_until_signalled(settings))


async def _until_signalled(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _told, stop, number)
    await run_console(settings, stop)


def _told(stop: asyncio.Event, number: signal.Signals) -> None:
    log.info("stopping", signal=number.name)
    stop.set()
