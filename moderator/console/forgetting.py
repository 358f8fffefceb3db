"""Texts that were decided long enough ago are deleted, over and over."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from moderator.console.store_access import StoreAccess

INTERVAL_S = 3600.0

Forget = Callable[[datetime, datetime], int]
"""The store's `forget`. Raises StoreUnavailable."""


async def forget_old(
    forget: Forget, access: StoreAccess, kept_for: timedelta, now: Callable[[], datetime], stop: asyncio.Event
) -> None:
    """Forget what was decided longer ago than `kept_for`, until `stop` is set."""
    while not stop.is_set():
        await access.done(lambda: forget(now() - kept_for, now()))
        try:
            async with asyncio.timeout(INTERVAL_S):
                await stop.wait()
        except TimeoutError:
            continue
