"""The parts of a console live and end together."""

import asyncio
import time

import pytest

from moderator import bootstrap_console
from moderator.errors import BrokerUnavailable
from moderator.pipeline.lifecycle import Lifecycle, State

DEADLINE_S = 20


@pytest.fixture
def lifecycle() -> Lifecycle:
    """Of a console that is ready."""
    lifecycle = Lifecycle(time.monotonic)
    lifecycle.advance(State.RUNNING)
    return lifecycle


async def test_a_part_that_fails_takes_the_others_along(lifecycle: Lifecycle) -> None:
    """They end in good order: half a console would look well and do nothing. What went wrong is told."""
    ended = []

    async def goes_on(stop: asyncio.Event) -> None:
        await stop.wait()
        ended.append("in order")

    async def fails(stop: asyncio.Event) -> None:
        raise BrokerUnavailable("away")

    async with asyncio.timeout(DEADLINE_S):
        with pytest.raises(BrokerUnavailable):
            await bootstrap_console._together([goes_on, fails], asyncio.Event(), lifecycle, DEADLINE_S)
    assert ended == ["in order"]


async def test_who_waits_for_a_store_at_a_stop_is_cut_off(
    lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the drain timeout; the console is unready at once."""
    monkeypatch.setattr(bootstrap_console, "GOODBYE_S", 0.0)
    stop = asyncio.Event()
    unready: list[bool] = []

    async def waits(stop: asyncio.Event) -> None:
        await asyncio.Event().wait()

    async def looks(stop: asyncio.Event) -> None:
        await stop.wait()
        while lifecycle.ready:  # noqa: ASYNC110  nobody is told
            await asyncio.sleep(0)
        unready.append(True)

    running = asyncio.create_task(bootstrap_console._together([waits, looks], stop, lifecycle, 0.2))
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(DEADLINE_S):
        await running
    assert unready
