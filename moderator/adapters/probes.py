"""One port for the orchestrator and Prometheus: /metrics, /livez, /readyz, /startupz."""

import errno

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from moderator.config import HttpSettings
from moderator.errors import ConfigError
from moderator.pipeline.lifecycle import Lifecycle

GONE_AFTER_S = 1.0  # open connections get this long at the stop: a scrape is done by then


class Probes:
    """Answers 200 or 503 from the lifecycle alone; never asks the broker."""

    def __init__(self, settings: HttpSettings, lifecycle: Lifecycle, registry: CollectorRegistry) -> None:
        self._settings = settings
        self._lifecycle = lifecycle
        self._registry = registry
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen and return the port. Raises ConfigError when it cannot be had."""
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/livez", self._livez)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/startupz", self._startupz)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=GONE_AFTER_S)
        await runner.setup()
        site = web.TCPSite(runner, self._settings.host, self._settings.port)
        try:
            await site.start()
        except (OSError, UnicodeError) as error:  # the latter of a host that cannot even be looked up
            await runner.cleanup()
            raise ConfigError([self._problem(error)]) from None
        self._runner = runner
        port: int = runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def _problem(self, error: OSError | UnicodeError) -> str:
        of_the_port = isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES)
        reason = error.strerror if isinstance(error, OSError) else "no name of a host"
        where = f"{self._settings.host}:{self._settings.port}"
        return f"MODERATOR_HTTP__{'PORT' if of_the_port else 'HOST'}: cannot listen on {where}: {reason}"

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _livez(self, _request: web.Request) -> web.Response:
        return _answer(self._lifecycle.live, self._lifecycle)

    async def _readyz(self, _request: web.Request) -> web.Response:
        return _answer(self._lifecycle.ready, self._lifecycle)

    async def _startupz(self, _request: web.Request) -> web.Response:
        return _answer(self._lifecycle.started, self._lifecycle)


def _answer(good: bool, lifecycle: Lifecycle) -> web.Response:  # noqa: FBT001
    return web.Response(status=200 if good else 503, text=f"{lifecycle.state.name.lower()}\n")
