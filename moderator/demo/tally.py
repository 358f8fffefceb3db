"""What came back, against what was sent."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass

from moderator.contracts.codec import parse_json
from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.record import Record
from moderator.contracts.verdict import Verdict
from moderator.pipeline.ports import Clock

KEPT_LATENCIES = 2000
THROUGHPUT_WINDOW_S = 5.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One record's answer: the verdict, or the dead letter's code. Latency from the record's timestamp, in ms."""

    key: bytes
    verdict: Verdict | None
    code: str | None
    latency_ms: float


class Tally:
    """Counts each record once, however often its answer arrives."""

    def __init__(self, clock: Clock, wall_clock_ms: Callable[[], float]) -> None:
        self._clock = clock
        self._wall_clock_ms = wall_clock_ms
        self._answered: set[tuple[int, int]] = set()
        self._latencies: deque[float] = deque(maxlen=KEPT_LATENCIES)
        self._arrivals: deque[float] = deque()
        self._started = clock()
        self.sent = 0
        self.outcomes: Counter[str] = Counter()

    @property
    def verdicts(self) -> int:
        """Records with a verdict."""
        return self.outcomes.total() - self.dead_letters

    @property
    def dead_letters(self) -> int:
        """Records with a dead letter."""
        return self.outcomes["dead letter"]

    @property
    def awaited(self) -> int:
        """Records without an answer yet."""
        return self.sent - len(self._answered)

    @property
    def complete(self) -> bool:
        """Records in = verdicts + dead letters out."""
        return self.awaited == 0

    def verdict(self, record: Record) -> Answered | None:
        """Count a record of the verdicts topic; None when its message has been counted."""
        verdict = Verdict.model_validate(parse_json(record.value or b""))
        if verdict.origin is None:
            return None
        now = self._wall_clock_ms()
        latency_ms = max(0.0, now - verdict.origin.timestamp_ms)
        if not self._count((verdict.origin.partition, verdict.origin.offset), verdict.outcome.value):
            return None
        self._latencies.append(latency_ms)
        return Answered(record.key or b"", verdict, None, latency_ms)

    def dead_letter(self, record: Record) -> Answered | None:
        """Count a record of the dead-letter topic; None when it has been counted."""
        headers = {name: value.decode(errors="replace") for name, value in record.headers if value is not None}
        letter = DeadLetter.model_validate(headers)
        if not self._count((letter.partition, letter.offset), "dead letter"):
            return None
        return Answered(record.key or b"", None, letter.code.value, 0.0)

    def _count(self, place: tuple[int, int], outcome: str) -> bool:
        if place in self._answered:
            return False
        self._answered.add(place)
        self._arrivals.append(self._clock())
        self.outcomes[outcome] += 1
        return True

    def latency_ms(self, quantile: float) -> float:
        """Of the latest verdicts; 0 before the first."""
        ordered = sorted(self._latencies)
        return ordered[min(len(ordered) - 1, int(quantile * len(ordered)))] if ordered else 0.0

    def throughput(self) -> float:
        """Answers a second over the last five seconds."""
        now = self._clock()
        while self._arrivals and now - self._arrivals[0] > THROUGHPUT_WINDOW_S:
            self._arrivals.popleft()
        return len(self._arrivals) / max(0.5, min(THROUGHPUT_WINDOW_S, now - self._started))
