"""The pages on a port, beside the console's other parts."""

import asyncio
import signal
import socket

import httpx
import pytest
from fastapi import FastAPI

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.serving import serve
from moderator.errors import ConfigError

DEADLINE_S = 30


@pytest.fixture
def app(desk: Desk) -> FastAPI:
    """The console's pages."""
    return build_app(desk)


def nobody(_address: str) -> None:
    """Is told where the pages are."""


async def test_pages_are_served_until_the_console_stops(app: FastAPI) -> None:
    """The console's signals stay the console's: a page's server that took them would end it half."""
    before = signal.getsignal(signal.SIGTERM)
    stop = asyncio.Event()
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(DEADLINE_S), httpx.AsyncClient() as client:
        serving = asyncio.create_task(serve(app, "127.0.0.1", 0, opened.set_result, stop))
        address = await opened
        answer = await client.get(f"{address}/login")
        assert answer.status_code == 200
        assert "server" not in answer.headers
        assert signal.getsignal(signal.SIGTERM) is before
        stop.set()
        await serving
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", httpx.URL(address).port)) != 0


async def test_a_port_that_is_taken_is_a_setting_to_mend(app: FastAPI) -> None:
    """The program ends by its words and exit code, not by the web server's."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match=r"MODERATOR_CONSOLE__PORT: cannot listen on 127\.0\.0\.1"):
            await serve(app, "127.0.0.1", taken.getsockname()[1], nobody, asyncio.Event())


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 80, "203.0.113.7"])
async def test_so_is_a_host_that_is_not_here(app: FastAPI, host: str) -> None:
    """A name that nobody knows, none at all, and another machine's address."""
    with pytest.raises(ConfigError, match="MODERATOR_CONSOLE__HOST: cannot listen on"):
        await serve(app, host, 0, nobody, asyncio.Event())
