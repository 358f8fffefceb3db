"""Processor time of threads that Python has not made: a provider may run the model in some of its own."""

import threading
import time
from collections.abc import Iterable
from pathlib import Path

TASKS = Path("/proc/self/task")  # Linux's: a folder a thread


def native_threads() -> set[int]:
    """Ids of the threads of this process that Python does not know; none where the kernel does not tell."""
    try:
        every = {int(task.name) for task in TASKS.iterdir()}
    except OSError:
        return set()
    return every - {thread.native_id for thread in threading.enumerate()}


class NativeThreads:
    """Some of them. Safe for several threads."""

    def __init__(self, threads: Iterable[int]) -> None:
        """What they have computed so far does not count."""
        self._lock = threading.Lock()
        self._computed = {thread: computed(thread) for thread in threads}

    def gained(self) -> float:
        """Seconds of processor time that they have taken since this was last asked, by whomever."""
        with self._lock:
            before = self._computed
            self._computed = {thread: max(seconds, computed(thread)) for thread, seconds in before.items()}
            return sum(self._computed.values()) - sum(before.values())


def computed(thread: int) -> float:
    """Seconds of processor time of one thread; 0 once it has ended."""
    try:
        return time.clock_gettime(~thread << 3 | 0b110)  # as pthread_getcpuclockid names a thread's clock
    except OSError:
        return 0.0
