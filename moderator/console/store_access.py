"""Work on the store from the event loop: in a thread, and again until the store answers."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from moderator.errors import StoreUnavailable
from moderator.pipeline.lifecycle import Lifecycle
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero

FIRST_DELAY_S = 0.1
LONGEST_DELAY_S = 5.0

Result = TypeVar("Result")

log = get_logger(__name__)


class StoreAccess:
    """While anybody waits for the store, the console is not ready."""

    def __init__(self, lifecycle: Lifecycle, metrics: Metrics) -> None:
        self._lifecycle = lifecycle
        self._metrics = metrics
        from_zero(metrics.retries, "store")
        self._waiting = 0

    async def done(self, work: Callable[[], Result]) -> Result:
        """What `work` returns; it begins anew when it raises StoreUnavailable, so doing it twice must be harmless."""
        delay = FIRST_DELAY_S
        waits = False
        try:
            while True:
                try:
                    return await asyncio.to_thread(work)
                except StoreUnavailable as error:
                    log.warning("waiting for the store", reason=str(error), delay_s=delay)
                self._metrics.retries.labels("store").inc()
                if not waits:
                    waits = True
                    self._waiting += 1
                    self._lifecycle.hold(held=True)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY_S)
        finally:
            if waits:
                self._waiting -= 1
                self._lifecycle.hold(held=self._waiting > 0)
