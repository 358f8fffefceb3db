"""What the probes answer: a state that only moves forward, and the time of the loop's last turn."""

from collections.abc import Callable
from enum import IntEnum

from moderator.pipeline.ports import Clock

LIVE_WITHIN_S = 60.0  # a loop that has not turned for this long is stuck: its slowest honest step takes a second


class State(IntEnum):
    """Where the program is in its life."""

    STARTING = 0
    JOINING = 1  # model verified and warmed
    RUNNING = 2  # group joined
    DRAINING = 3
    STOPPED = 4


class Lifecycle:
    """Shared by the pipeline, which moves it, and the probes, which read it."""

    def __init__(self, clock: Clock, on_ready: Callable[[bool], None] = lambda _ready: None) -> None:
        self._clock = clock
        self._on_ready = on_ready
        self._state = State.STARTING
        self._last_turn = clock()
        self._accounted = True
        self._hung = False
        self._held = False

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def advance(self, state: State) -> None:
        """Move forward; a step back is ignored, since a late start must not undo a stop."""
        self._state = max(self._state, state)
        self._on_ready(self.ready)

    def turned(self) -> None:
        """The loop has gone round once."""
        self._last_turn = self._clock()

    @property
    def since_turn(self) -> float:
        """Seconds since the loop went round."""
        return self._clock() - self._last_turn

    def hang(self) -> None:
        """A step of the pipeline hangs. Only a new start mends it."""
        self._hung = True

    def hold(self, *, held: bool) -> None:
        """Fetching stands still on purpose, or goes on."""
        self._held = held
        self._on_ready(self.ready)

    @property
    def held(self) -> bool:
        """Fetching stands still on purpose."""
        return self._held

    def lost_count(self) -> None:
        """A record is unaccounted for. It stays so until a new start."""
        self._accounted = False
        self._on_ready(self.ready)

    @property
    def accounted(self) -> bool:
        """Every record fetched is answered, handed back or in flight."""
        return self._accounted

    @property
    def started(self) -> bool:
        """Model verified and warmed."""
        return self._state >= State.JOINING

    @property
    def ready(self) -> bool:
        """Group joined, not draining, not held, every record accounted for; owning no partition is ready."""
        return self._state is State.RUNNING and self._accounted and not self._held

    @property
    def live(self) -> bool:
        """The loop turns, or has not begun to, and nothing hangs. Never a matter of the broker."""
        return not self._hung and (self._state is not State.RUNNING or self.since_turn < LIVE_WITHIN_S)
