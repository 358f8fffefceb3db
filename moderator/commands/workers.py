"""Several agents as the processes of one program: members of one group, who share its cores, ports and signals."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess

from moderator.config import Settings
from moderator.errors import ConfigError
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import get_logger

HIGHEST_PORT = 65_535
STOPPING = frozenset({signal.SIGTERM, signal.SIGINT})
FORWARDED = (*STOPPING, signal.SIGUSR1)

log = get_logger(__name__)


def divided(settings: Settings, count: int, cores: int) -> list[Settings]:
    """The settings of each of `count` workers: its part of the threads, its own port, its own static name.

    Raises ConfigError when there are not enough ports.
    """
    first = settings.http.port
    if first + count - 1 > HIGHEST_PORT:
        raise ConfigError([f"MODERATOR_HTTP__PORT: {first}: {count} workers take as many ports from there on"])
    threads, name = settings.model.threads or cores, settings.kafka.group_instance_id
    return [
        settings.model_copy(
            update={
                "model": settings.model.model_copy(
                    update={"threads": max(1, threads // count + (number < threads % count))}
                ),
                "http": settings.http.model_copy(update={"port": first + number if first else 0}),
                "kafka": settings.kafka.model_copy(update={"group_instance_id": name and f"{name}-{number}"}),
            }
        )
        for number in range(count)
    ]


def run_workers(work: Callable[[Settings, bool], object], settings: Sequence[Settings], *, shadow: bool) -> int:
    """Have a process do `work` with each of `settings`, until all have ended; the exit status.

    Signals go on to all. The end of one is the end of all: the others drain, and whoever started the program starts it
    anew.
    """
    fresh = multiprocessing.get_context("spawn")  # a fork would inherit threads' locks without the threads
    workers = [fresh.Process(target=work, args=(each, shadow), name=str(n)) for n, each in enumerate(settings)]
    return asyncio.run(_Supervision(workers).status())


def stop_without_parent(stop: asyncio.Event) -> None:
    """In a worker: set `stop` when the process that supervises it is gone, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    loop = asyncio.get_running_loop()

    def gone() -> None:
        loop.remove_reader(parent.sentinel)
        stop.set()

    loop.add_reader(parent.sentinel, gone)


class _Supervision:
    def __init__(self, workers: Sequence[BaseProcess]) -> None:
        self._workers = workers
        self._running: list[BaseProcess] = []
        self._told: set[int] = set()
        self._status = int(ExitCode.OK)
        self._all_ended = asyncio.Event()

    async def status(self) -> int:
        """Start all; return when all have ended: the first status that was not 0."""
        loop = asyncio.get_running_loop()
        for worker in self._workers:
            worker.start()
            self._running.append(worker)
            loop.add_reader(worker.sentinel, self._ended, worker)
        for number in FORWARDED:
            loop.add_signal_handler(number, self._tell, number)
        await self._all_ended.wait()
        return self._status

    def _tell(self, number: int) -> None:
        self._told.add(number)
        for worker in self._running:  # nobody but this loop waits for them, so their ids are still theirs
            if worker.pid:
                os.kill(worker.pid, number)

    def _ended(self, worker: BaseProcess) -> None:
        asyncio.get_running_loop().remove_reader(worker.sentinel)
        worker.join()
        self._running.remove(worker)
        code = worker.exitcode or 0
        if -code in self._told & STOPPING:
            code = int(ExitCode.OK)  # told before it could drain: it had nothing yet
        if code:
            log.error("worker ended", member=worker.name, exit_code=code)
            self._status = self._status or (code if code > 0 else int(ExitCode.FAILED))
        if not self._told & STOPPING:
            self._tell(signal.SIGTERM)
        if not self._running:
            self._all_ended.set()
