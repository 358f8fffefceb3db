"""How much waits for people, and since when, told to whoever watches the metrics."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from moderator.console.store.figures import Queue
from moderator.console.store_access import StoreAccess
from moderator.telemetry.metrics import Metrics

INTERVAL_S = 15.0  # what Prometheus usually takes between two looks


async def watch_queue(
    look: Callable[[], Queue], access: StoreAccess, metrics: Metrics, now: Callable[[], datetime], stop: asyncio.Event
) -> None:
    """Tell what `look` sees, over and over until `stop` is set. It raises StoreUnavailable."""
    while not stop.is_set():
        seen = await access.done(look)
        metrics.review_queue.set(seen.depth)
        metrics.review_oldest.set(0 if seen.oldest is None else (now() - seen.oldest).total_seconds())
        try:
            async with asyncio.timeout(INTERVAL_S):
                await stop.wait()
        except TimeoutError:
            continue
