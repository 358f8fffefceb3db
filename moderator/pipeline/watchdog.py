"""Finds a pipeline that hangs, and ends the program: its records come again elsewhere, as nothing of them is committed.

A thread of its own, since what hangs may be the event loop. Polling goes on beside a hung step, so the group would
never notice.
"""

import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from types import FrameType, TracebackType
from typing import Self

from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.progress import Activity, Progress
from moderator.telemetry.log import get_logger

INTERVAL_S = 1.0
LAST_WORDS_S = 3.0  # between the alarm and the end: a probe sees it, a log is shipped
DEEPEST = 30  # frames of a stack, the innermost: enough to see what waits for what

log = get_logger(__name__)


class Watchdog:
    """Runs between `with` and its end. `limits` are in seconds, `limit_s` for the event loop and for work that nobody
    is at; `end` must end the program at once, whatever hangs.
    """

    def __init__(
        self,
        lifecycle: Lifecycle,
        progress: Progress,
        limits: Mapping[Activity, float],
        limit_s: float,
        end: Callable[[], object],
        interval_s: float = INTERVAL_S,
        last_words_s: float = LAST_WORDS_S,
    ) -> None:
        self._lifecycle = lifecycle
        self._progress = progress
        self._limits = limits
        self._limit_s = limit_s
        self._end = end
        self._interval_s = interval_s
        self._last_words_s = last_words_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()

    def hung(self) -> tuple[str, float] | None:
        """What hangs, and its limit in seconds."""
        if self._lifecycle.state is not State.RUNNING:
            return None  # before, nothing is at stake; after, the drain timeout rules
        if self._lifecycle.since_turn > self._limit_s:
            return "event loop", self._limit_s
        for activity, age in self._progress.ages().items():
            if age > self._limits[activity]:
                return activity.value, self._limits[activity]
        if self._progress.standing_still() > self._limit_s:
            return "pipeline", self._limit_s
        return None

    def _watch(self) -> None:
        while not self._over.wait(self._interval_s):
            hung = self.hung()
            if hung is None:
                continue
            stage, limit_s = hung
            self._lifecycle.hang()
            log.critical("hung; the program ends uncommitted", stage=stage, limit_s=limit_s, stacks=stacks())
            if not self._over.wait(self._last_words_s):
                self._end()
            return


def stacks() -> dict[str, list[str]]:
    """Where each thread is, outermost frame first: files, lines and functions, no values."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return {names.get(ident, str(ident)): frames(frame) for ident, frame in sys._current_frames().items()}  # noqa: SLF001  there is no other way


def frames(frame: FrameType) -> list[str]:
    """The innermost frames of one stack."""
    return [
        f"{each.filename}:{each.lineno} {each.name}"
        for each in traceback.StackSummary.extract(traceback.walk_stack(frame), limit=DEEPEST, lookup_lines=False)
    ][::-1]
