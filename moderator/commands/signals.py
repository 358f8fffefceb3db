"""Programs that run until SIGTERM or SIGINT."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from moderator.telemetry.log import get_logger

log = get_logger(__name__)


async def until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work`, whose event is set at the first of these signals."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _told, stop, number)
    await work(stop)


def _told(stop: asyncio.Event, number: signal.Signals) -> None:
    log.info("stopping", signal=number.name)
    stop.set()
