"""Stops fetching when too many records become dead letters: then what is wrong is a schema, not this or that record."""

from collections import deque
from dataclasses import dataclass

from moderator.pipeline.ports import Clock


@dataclass(frozen=True, slots=True)
class BrakeLimits:
    """The brake goes on when over `window_s` seconds more than `part` of at least `fewest` records were dead letters.
    It comes off after `pause_s` seconds; None: by command alone.
    """

    window_s: float
    part: float
    fewest: int
    pause_s: float | None


class Brake:
    """Nothing is dropped while it is on: records wait where they are, in Kafka."""

    def __init__(self, limits: BrakeLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._window: deque[tuple[float, int, int]] = deque()
        self._on_since: float | None = None

    def engaged(self) -> bool:
        """Whether fetching must stop. The brake comes off by itself when its time is over."""
        pause_s = self._limits.pause_s
        if self._on_since is not None and pause_s is not None and self._clock() - self._on_since >= pause_s:
            self.release()
        return self._on_since is not None

    def answered(self, records: int, dead_letters: int) -> None:
        """So many more `records` were answered, that many of them with dead letters."""
        now = self._clock()
        self._window.append((now, records, dead_letters))
        while self._window[0][0] < now - self._limits.window_s:
            self._window.popleft()
        seen = sum(count for _, count, _ in self._window)
        failed = sum(count for _, _, count in self._window)
        if self._on_since is None and seen >= self._limits.fewest and failed > self._limits.part * seen:
            self._on_since = now

    def release(self) -> None:
        """Take it off; what was seen so far no longer counts."""
        self._on_since = None
        self._window.clear()
