"""The queue's depth and age as metrics."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from moderator.console import queue_watch
from moderator.console.queue_watch import watch_queue
from moderator.console.store.figures import Queue
from moderator.console.store_access import StoreAccess
from moderator.pipeline.lifecycle import Lifecycle
from moderator.telemetry.metrics import Metrics

DEADLINE_S = 20
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


async def test_what_waits_is_told_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An alert on the oldest age sees that nobody reviews, and that somebody does again: nothing waiting is no age."""
    monkeypatch.setattr(queue_watch, "INTERVAL_S", 0.01)
    metrics = Metrics(CollectorRegistry())
    stop = asyncio.Event()
    told: list[tuple[float | None, float | None]] = []
    to_be_seen = [Queue(3, NOW - timedelta(hours=2)), Queue(0, None), Queue(0, None)]

    def tell() -> tuple[float | None, float | None]:
        names = "moderator_review_queue_size", "moderator_review_queue_oldest_age_seconds"
        depth, oldest = (metrics.registry.get_sample_value(name) for name in names)
        return depth, oldest

    def look() -> Queue:
        told.append(tell())
        if len(to_be_seen) == 1:
            stop.set()
        return to_be_seen.pop(0)

    async with asyncio.timeout(DEADLINE_S):
        await watch_queue(look, StoreAccess(Lifecycle(time.monotonic), metrics), metrics, lambda: NOW, stop)
    assert [*told, tell()] == [(0, 0), (3, 7200), (0, 0), (0, 0)]
