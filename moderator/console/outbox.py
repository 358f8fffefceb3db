"""People's decisions and their final verdicts, from the store to the topics."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from moderator.console.store.outbox import Outgoing
from moderator.console.store_access import StoreAccess
from moderator.contracts.verdict import Verdict, VerdictSource
from moderator.errors import ConfigError
from moderator.pipeline.counting import count_final, count_overturn
from moderator.pipeline.ports import Publisher
from moderator.pipeline.spans import sending
from moderator.review.final import final_id
from moderator.telemetry.metrics import Metrics, from_zero
from moderator.telemetry.tracing import UNTRACING, Tracing

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
        metrics: Metrics,
        now: Callable[[], datetime],
        delivery_timeout_s: float,
        tracing: Tracing = UNTRACING,
    ) -> None:
        """What is for the topic `first`, the decisions', goes first: no final verdict without its decision."""
        self._pick = pick
        self._mark = mark
        self._publisher = publisher
        self._access = access
        self._first = first
        self._metrics = metrics
        from_zero(metrics.review_overturns, VerdictSource.HUMAN)
        self._now = now
        self._tracing = tracing
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
        publications = [one.publication for one in due]
        with sending(self._tracing, publications):
            refused = await self._publisher.publish(publications)
        if refused:
            raise ConfigError([f"topic {refused[0].topic}: refuses a record for its size; raise its max.message.bytes"])
        await self._access.done(lambda: self._mark([one.number for one in due], self._now()))
        self._count(due)  # after the mark: whatever a bug does here, nothing is published again and again for it

    def _count(self, published: Sequence[Outgoing]) -> None:
        """A verdict that is published twice, in the place of another the second time, follows from one decision."""
        for one in published:
            if one.publication.topic != self._first:
                final = Verdict.model_validate_json(one.publication.value or b"")
                count_final(final, self._metrics)
                if final.id == final_id(one.decision_id):
                    count_overturn(final, self._metrics)
            elif one.waits_since is not None:
                waited = (self._now() - one.waits_since).total_seconds()
                self._metrics.review_turnaround.labels(VerdictSource.HUMAN.value).observe(waited)


async def _wait(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(INTERVAL_S):
            await stop.wait()
    except TimeoutError:
        return
