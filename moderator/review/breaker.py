"""Spares a large model's endpoint that fails, and its queue the wait: while the breaker is open, people decide."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class BreakerState(StrEnum):
    """What the breaker does with requests."""

    CLOSED = "closed"  # lets them through
    OPEN = "open"  # holds them back
    HALF_OPEN = "half_open"  # lets a few through, to see


GRADES = {BreakerState.CLOSED: 0, BreakerState.HALF_OPEN: 1, BreakerState.OPEN: 2}  # as a metric tells them


@dataclass(frozen=True, slots=True)
class BreakerLimits:
    """The breaker opens when of the outcomes of the last `window_s` seconds, if they are at least `fewest`, a share of
    `part` or more are failures. After `pause_s` seconds it lets `probes` requests through: it closes when all of them
    succeed and opens again when one fails. `pause_s` should be longer than a request may take, so that no outcome of
    an older request is taken for a probe's.
    """

    window_s: float
    part: float
    fewest: int
    pause_s: float
    probes: int


class Breaker:
    """`clock` gives monotonic seconds."""

    def __init__(self, limits: BreakerLimits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._outcomes: deque[tuple[float, bool]] = deque()
        self._opened_at: float | None = None
        self._probing_since = 0.0
        self._probes_sent = 0
        self._probes_succeeded = 0

    def state(self) -> BreakerState:
        """As of now."""
        if self._opened_at is None:
            return BreakerState.CLOSED
        paused = self._clock() - self._opened_at < self._limits.pause_s
        return BreakerState.OPEN if paused else BreakerState.HALF_OPEN

    def allow(self) -> bool:
        """Whether a request may go out. Ask once for each; its outcome is to be recorded."""
        state = self.state()
        return self._allow_probe() if state is BreakerState.HALF_OPEN else state is BreakerState.CLOSED

    def record(self, *, ok: bool) -> None:
        """A request that was allowed succeeded or failed. One that ends while the breaker is open was sent before."""
        match self.state():
            case BreakerState.CLOSED:
                self._count(ok=ok)
            case BreakerState.HALF_OPEN if not ok:
                self._open()
            case BreakerState.HALF_OPEN:
                self._probes_succeeded += 1
                if self._probes_succeeded >= self._limits.probes:
                    self._opened_at = None
            case BreakerState.OPEN:
                pass

    def _allow_probe(self) -> bool:
        now = self._clock()
        if now - self._probing_since >= self._limits.pause_s:  # the first since it opened, or nobody recorded the last
            self._probing_since, self._probes_sent, self._probes_succeeded = now, 0, 0
        if self._probes_sent >= self._limits.probes:
            return False
        self._probes_sent += 1
        return True

    def _count(self, *, ok: bool) -> None:
        now = self._clock()
        self._outcomes.append((now, ok))
        while self._outcomes[0][0] < now - self._limits.window_s:
            self._outcomes.popleft()
        failures = sum(not succeeded for _, succeeded in self._outcomes)
        if len(self._outcomes) >= self._limits.fewest and failures >= self._limits.part * len(self._outcomes):
            self._open()

    def _open(self) -> None:
        self._opened_at = self._clock()
        self._outcomes.clear()
