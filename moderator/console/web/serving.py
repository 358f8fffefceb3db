"""The pages on a port, served in the console's event loop."""

import asyncio
import errno
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from moderator.errors import ConfigError
from moderator.telemetry.log import get_logger

GOODBYE_S = 5  # for requests in hand at the stop; a page takes milliseconds
KEEP_ALIVE_S = 75  # longer than proxies keep an idle connection: who sends must be who closes
BACKLOG = 128  # connections that nobody has taken yet

log = get_logger(__name__)


class _Server(uvicorn.Server):
    """One that leaves signals to the program."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """None."""
        yield


async def serve(app: FastAPI, host: str, port: int, opened: Callable[[str], object], stop: asyncio.Event) -> None:
    """Answer on `host` and `port` until `stop` is set; `opened` is told the address. Raises ConfigError where the port
    cannot be had.
    """
    listening = _listen(host, port)
    bound = listening.getsockname()[1]
    log.info("pages", address=host, port=bound)
    opened(f"http://{f'[{host}]' if ':' in host else host}:{bound}")
    server = _Server(
        uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="warning",  # its own words at info are for its authors
            access_log=False,
            server_header=False,
            proxy_headers=False,  # who asks is in a token, not in an address
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GOODBYE_S,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
    finally:
        stopping.cancel()
        serving.cancel()
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except (OSError, UnicodeError) as error:
        raise ConfigError([_problem(host, port, error)]) from None
    return listening


def _problem(host: str, port: int, error: OSError | UnicodeError) -> str:
    of_the_port = isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES)
    reason = error.strerror if isinstance(error, OSError) else "no name of a host"
    return f"MODERATOR_CONSOLE__{'PORT' if of_the_port else 'HOST'}: cannot listen on {host}:{port}: {reason}"
