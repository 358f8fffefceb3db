"""People's decisions and their final verdicts, from the store to the topics."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from moderator.console.store.outbox import Outgoing
from moderator.console.store_access import StoreAccess
from moderator.errors import ConfigError
from moderator.pipeline.ports import Publisher

MOST_AT_ONCE = 100
INTERVAL_S = 0.5  # between looks at an empty outbox
MARGIN = timedelta(seconds=5)  # for what is round the publishing

Pick = Callable[[datetime, timedelta, int], Sequence[Outgoing]]
"""The store's `pick`. Raises StoreUnavailable."""

Mark = Callable[[Sequence[int], datetime], None]
"""The store's `mark_published`. Raises StoreUnavailable."""


class Outbox:
    """What is due is picked, published, and marked when it is acknowledged. After a crash between these it is picked
    again once the hold is over, so it is published twice at the most, with the same id.
    """

    def __init__(
        self,
        pick: Pick,
        mark: Mark,
        publisher: Publisher,
        access: StoreAccess,
        first: str,
        now: Callable[[], datetime],
        delivery_timeout_s: float,
    ) -> None:
        """What is for the topic `first`, the decisions', goes first: no final verdict without its decision."""
        self._pick = pick
        self._mark = mark
        self._publisher = publisher
        self._access = access
        self._first = first
        self._now = now
        self._hold = 2 * timedelta(seconds=delivery_timeout_s) + MARGIN

    async def run_until(self, stop: asyncio.Event) -> None:
        """Publish until `stop` is set. Raises BrokerUnavailable, ConfigError; what is not published stays in the
        store.
        """
        try:
            await self._publisher.start()
            while not stop.is_set():
                if not await self._publish_some():
                    await _wait(stop)
        finally:
            await self._publisher.stop()

    async def _publish_some(self) -> bool:
        picked = await self._access.done(lambda: self._pick(self._now(), self._hold, MOST_AT_ONCE))
        await self._publish([one for one in picked if one.publication.topic == self._first])
        await self._publish([one for one in picked if one.publication.topic != self._first])
        return bool(picked)

    async def _publish(self, due: Sequence[Outgoing]) -> None:
        if not due:
            return
        if refused := await self._publisher.publish([one.publication for one in due]):
            raise ConfigError([f"topic {refused[0].topic}: refuses a record for its size; raise its max.message.bytes"])
        await self._access.done(lambda: self._mark([one.number for one in due], self._now()))


async def _wait(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(INTERVAL_S):
            await stop.wait()
    except TimeoutError:
        return
