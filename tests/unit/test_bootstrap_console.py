"""The parts of a console live and end together."""

import asyncio
import time
from functools import partial

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


async def test_parts_begin_when_all_is_prepared() -> None:
    """And the address of the pages is told then: whoever follows it can work."""
    told: list[str] = []
    began = asyncio.Event()
    ready = asyncio.Event()
    preparing = asyncio.create_task(_waits_for(ready))
    bootstrap_console._once_prepared(preparing, told.append)("http://there")

    async def part(_stop: asyncio.Event) -> None:
        began.set()

    running = asyncio.create_task(bootstrap_console._after(preparing, part, asyncio.Event()))
    await asyncio.sleep(0)
    assert not told
    assert not began.is_set()
    ready.set()
    async with asyncio.timeout(DEADLINE_S):
        await running
    assert told == ["http://there"]
    assert began.is_set()


async def test_a_stop_before_all_is_prepared_begins_nothing() -> None:
    """As when the store stays away."""
    stop = asyncio.Event()
    preparing = asyncio.create_task(_waits_for(asyncio.Event()))
    running = asyncio.create_task(bootstrap_console._after(preparing, _never, stop))
    await asyncio.sleep(0)
    stop.set()
    async with asyncio.timeout(DEADLINE_S):
        await running
    preparing.cancel()


async def test_what_cannot_be_prepared_ends_the_console(lifecycle: Lifecycle) -> None:
    """Pages that listen already do not keep it up, and their address is told to nobody."""
    told: list[str] = []
    preparing = asyncio.create_task(_fails())
    bootstrap_console._once_prepared(preparing, told.append)("http://there")
    after = partial(bootstrap_console._after, preparing, _never)
    parts: list[bootstrap_console.Part] = [_goes_on, after, after]
    async with asyncio.timeout(DEADLINE_S):
        with pytest.raises(BrokerUnavailable):
            await bootstrap_console._together(parts, asyncio.Event(), lifecycle, DEADLINE_S)
    assert told == []


async def _waits_for(event: asyncio.Event) -> None:
    await event.wait()


async def _goes_on(stop: asyncio.Event) -> None:
    await stop.wait()


async def _fails() -> None:
    raise BrokerUnavailable("away")


async def _never(_stop: asyncio.Event) -> None:
    raise AssertionError("it began")
