"""A console's pages on a port of this machine."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.serving import serve

DEADLINE_S = 30


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of the pages that stand on `desk`, served by a thread until the block ends."""
    opened: Future[str] = Future()
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serving() -> None:
        stop = asyncio.Event()
        ready.set_result((asyncio.get_running_loop(), stop))
        await serve(build_app(desk), "127.0.0.1", 0, opened.set_result, stop)

    with ThreadPoolExecutor(1) as thread:
        ended = thread.submit(lambda: asyncio.run(serving()))
        ended.add_done_callback(lambda _: opened.cancel())  # who waits for an address waits in vain
        try:
            yield opened.result(DEADLINE_S)
        finally:
            loop, stop = ready.result(DEADLINE_S)
            loop.call_soon_threadsafe(stop.set)
            ended.result(DEADLINE_S)
