"""What came back, against what was sent. First verdicts answer records; final ones replace a first, and are counted
beside it.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from moderator.contracts.codec import parse_json
from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.record import Record
from moderator.contracts.review import Decision, Referral
from moderator.contracts.verdict import Outcome, Verdict, VerdictSource
from moderator.pipeline.ports import Clock
from moderator.review.reading import read_decision

KEPT_LATENCIES = 2000
THROUGHPUT_WINDOW_S = 5.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One record's answer: the verdict, or the dead letter's code. Latency from the record's timestamp, in ms."""

    key: bytes
    verdict: Verdict | None
    code: str | None
    latency_ms: float


@dataclass(frozen=True, slots=True)
class Final:
    """A final verdict, in the place of the first, and which person or large model decided."""

    key: bytes
    verdict: Verdict
    reviewer_id: str


class Tally:
    """Counts each record once, however often its answer arrives; final verdicts and what led to them apart."""

    def __init__(self, clock: Clock, wall_clock_ms: Callable[[], float]) -> None:
        self._clock = clock
        self._wall_clock_ms = wall_clock_ms
        self._answered: set[tuple[int, int]] = set()
        self._latencies: deque[float] = deque(maxlen=KEPT_LATENCIES)
        self._arrivals: deque[float] = deque()
        self._started = clock()
        self.sent = 0
        self.outcomes: Counter[str] = Counter()
        self.finals: Counter[VerdictSource] = Counter()
        self.referrals: Counter[Referral] = Counter()  # why the large model left something to people
        self._escalated: dict[str, bytes] = {}  # first verdicts without a final one, to their keys
        self._decided: set[str] = set()  # ids of decisions and final verdicts that were counted
        # By what a decision and its final verdict share: the verdict that they replace, and when.
        self._explained: dict[tuple[str, datetime], Decision] = {}
        self._unexplained: dict[tuple[str, datetime], tuple[bytes, Verdict]] = {}

    @property
    def waiting(self) -> int:
        """Escalated messages without a final verdict."""
        return len(self._escalated)

    @property
    def waiting_keys(self) -> frozenset[bytes]:
        """Theirs."""
        return frozenset(self._escalated.values())

    @property
    def verdicts(self) -> int:
        """Records with a first verdict."""
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

    def verdict(self, record: Record) -> Answered | Final | None:
        """Count a record of the verdicts topic; None when it has been counted, or its decision is still to be read."""
        verdict = Verdict.model_validate(parse_json(record.value or b""))
        if verdict.origin is None:
            return None
        key = record.key or b""
        if verdict.replaces is not None:
            return self._finally(key, verdict, verdict.replaces)
        now = self._wall_clock_ms()
        latency_ms = max(0.0, now - verdict.origin.timestamp_ms)
        if not self._count((verdict.origin.partition, verdict.origin.offset), verdict.outcome.value):
            return None
        self._latencies.append(latency_ms)
        if verdict.outcome is Outcome.ESCALATE:
            self._escalated[verdict.id] = key
        return Answered(key, verdict, None, latency_ms)

    def decision(self, record: Record) -> Final | None:
        """Take note of a record of the decisions topic; the final verdict that it explains, if that came first."""
        decision = read_decision(record)
        if decision.id in self._decided:
            return None
        self._decided.add(decision.id)
        if decision.referral is not None:
            self.referrals[decision.referral] += 1
            return None
        place = decision.replaces, decision.decided_at
        self._explained[place] = decision
        return self._paired(place)

    def _finally(self, key: bytes, verdict: Verdict, replaces: str) -> Final | None:
        if verdict.id in self._decided:
            return None
        self._decided.add(verdict.id)
        self.finals[verdict.source] += 1
        self._escalated.pop(replaces, None)
        place = replaces, verdict.decided_at
        self._unexplained[place] = key, verdict
        return self._paired(place)

    def _paired(self, place: tuple[str, datetime]) -> Final | None:
        """Both are published at about the same time, on two topics, so either may be read first."""
        if place not in self._explained or place not in self._unexplained:
            return None
        key, verdict = self._unexplained.pop(place)
        return Final(key, verdict, self._explained.pop(place).reviewer_id)

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
