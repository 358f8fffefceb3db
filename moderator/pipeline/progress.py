"""What the pipeline is at, and for how long: what the watchdog looks at from its own thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import count

from moderator.pipeline.ports import Clock


class Activity(StrEnum):
    """A step that may hang: it waits for something out of this program's hands."""

    MODERATE = "moderate"  # decode, tokenize, classify, decide: in a worker thread
    PUBLISH = "publish"
    COMMIT = "commit"


class Progress:
    """Steps under way, each with its start. Safe to read from another thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._under_way: dict[int, tuple[Activity, float]] = {}
        self._numbers = count()
        self._last_change = clock()
        self._in_flight = False

    @contextmanager
    def doing(self, activity: Activity) -> Iterator[None]:
        """While the block runs, `activity` is under way."""
        number = next(self._numbers)
        self._last_change = self._clock()
        self._under_way[number] = activity, self._last_change
        try:
            yield
        finally:
            self._last_change = self._clock()
            del self._under_way[number]

    def in_flight(self, *, any_records: bool) -> None:
        """Whether there is anything to do. Without, standing still is rest."""
        if any_records and not self._in_flight:
            self._last_change = self._clock()
        self._in_flight = any_records

    def ages(self) -> dict[Activity, float]:
        """Seconds that the oldest of each activity under way has taken so far."""
        now = self._clock()
        ages: dict[Activity, float] = {}
        for activity, started in list(self._under_way.values()):
            ages[activity] = max(ages.get(activity, 0.0), now - started)
        return ages

    def standing_still(self) -> float:
        """Seconds in which there was something to do and nobody was at it."""
        if not self._in_flight or self._under_way:
            return 0.0
        return self._clock() - self._last_change
