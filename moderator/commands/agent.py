"""`moderator agent`: messages to verdicts, until told to stop."""

import asyncio
import logging
import os
import signal
import sys
from typing import Any, NoReturn

import click

from moderator.bootstrap import Controls, run_agent
from moderator.commands.failures import reported_failures
from moderator.commands.workers import divided, run_workers, stop_without_parent
from moderator.config import Settings, load_settings
from moderator.exit_codes import ExitCode
from moderator.inference.session import available_cores
from moderator.telemetry.log import get_logger, set_up_logging

log = get_logger(__name__)


@click.command()
@click.option("--shadow", is_flag=True, help="Judge by the model on trial, for the shadow topic only")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    help="Processes of the group, which share the threads; worker K has the HTTP port + K, and they end together",
)
def agent(*, shadow: bool, workers: int) -> None:
    """Moderate a Kafka topic: a verdict or a dead letter for every message.

    Everything is set by the environment; `moderator config show` lists the settings. SIGTERM and SIGINT drain and stop;
    SIGUSR1 resumes fetching after too many dead letters.
    Exit codes: 0 stopped, 1 a bug, 2 settings or policy, 3 model, 4 broker unavailable.
    """
    try:
        with reported_failures():
            settings = load_settings()
            if workers == 1:
                work(settings, shadow)
            set_up_logging(settings.log.level)
            _leave(run_workers(work, divided(settings, workers, available_cores()), shadow=shadow))
    except SystemExit as end:
        _leave(int(end.code or 0))


def work(settings: Settings, shadow: bool) -> NoReturn:  # noqa: FBT001  a process is started by it
    """Be one agent to its end, in a process of its own or the program's."""
    try:
        with reported_failures():
            set_up_logging(settings.log.level)
            asyncio.run(_until_signalled(settings, shadow=shadow))
    except SystemExit as end:
        _leave(int(end.code or 0))
    _leave(0)


def _leave(code: int) -> NoReturn:
    """End at once: the interpreter would wait for ever for an inference call that hangs."""
    logging.shutdown()
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(code)


async def _until_signalled(settings: Settings, *, shadow: bool) -> None:
    controls = Controls(asyncio.Event(), asyncio.Event(), lambda: _leave(ExitCode.FAILED))
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_unawaited)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _told, "stopping", controls.stop, number)
    loop.add_signal_handler(signal.SIGUSR1, _told, "resuming", controls.resume, signal.SIGUSR1)
    stop_without_parent(controls.stop)
    await run_agent(settings, controls, shadow=shadow)


def _told(event: str, control: asyncio.Event, number: signal.Signals) -> None:
    log.info(event, signal=number.name)
    control.set()


def _unawaited(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """In place of asyncio's own words on an error that nobody awaited: they quote it, and it may quote a user."""
    error = context.get("exception")
    log.error("an error that nobody awaited", error=type(error).__name__ if error else None)
