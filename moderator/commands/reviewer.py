"""`moderator reviewer`: a large model looks at what the small one could not decide, until told to stop."""

import asyncio
import signal

import click

from moderator.bootstrap_reviewer import run_reviewer
from moderator.commands.failures import reported_failures
from moderator.config import Settings, load_settings
from moderator.telemetry import get_logger, set_up_logging

log = get_logger(__name__)


@click.command()
def reviewer() -> None:
    """Have a large model review escalations: a decision for each, or its word that people must decide.

    Settings: MODERATOR_REVIEWER__* (`moderator config show`). SIGTERM and SIGINT finish what is in hand and stop.
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
    await run_reviewer(settings, stop)


def _told(stop: asyncio.Event, number: signal.Signals) -> None:
    log.info("stopping", signal=number.name)
    stop.set()
