"""What has been published, in figures: metrics, and one canonical log line a batch."""

from collections import Counter
from collections.abc import Callable, Sequence

from moderator.contracts.verdict import Outcome, ReasonCode
from moderator.errors import DeadLetterCode
from moderator.pipeline.batch import Answer, Batch
from moderator.pipeline.counting import FirstVerdicts
from moderator.pipeline.latency import Latency
from moderator.pipeline.ports import Clock
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero

log = get_logger(__name__)


class Account:
    """Counts published answers. `wall_clock_ms` is milliseconds since the epoch, as Kafka's timestamps are."""

    def __init__(self, metrics: Metrics, clock: Clock, wall_clock_ms: Callable[[], float]) -> None:
        self._metrics = metrics
        self._first_verdicts = FirstVerdicts(metrics)
        self._latency = Latency(metrics)
        from_zero(metrics.escalations, *ReasonCode)
        from_zero(metrics.dead_letters, *DeadLetterCode)
        self._clock = clock
        self._wall_clock_ms = wall_clock_ms

    def published(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """Add the acknowledged answers of `batch`, which is committed, and write its line."""
        age_s = self._clock() - batch.times.fetched
        answered = [answer for answer in answers if answer.verdict]
        self._latency.observe([answer.record for answer in answered], batch.times, self._wall_clock_ms() - age_s * 1000)
        verdicts = [answer.verdict for answer in answered if answer.verdict]
        self._first_verdicts.count(verdicts)
        escalated = Counter(answer.escalation.reasons[0].code.value for answer in answers if answer.escalation)
        for reason, count in escalated.items():
            self._metrics.escalations.labels(reason).inc(count)
        for answer in answers:
            if answer.dead_letter:
                self._metrics.dead_letters.labels(answer.dead_letter.code.value).inc()
        self.log(batch, answers)

    def log(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """A batch's line."""
        outcomes = Counter(answer.verdict.outcome for answer in answers if answer.verdict)
        codes = Counter(answer.dead_letter.code.value for answer in answers if answer.dead_letter)
        log.info(
            "batch",
            records=len(answers),
            allowed=outcomes[Outcome.ALLOW],
            blocked=outcomes[Outcome.BLOCK],
            escalated=outcomes[Outcome.ESCALATE],
            dead_letters=sum(codes.values()),
            codes=dict(codes),
            attempts=batch.attempt,
            duration_ms=round((self._clock() - batch.times.fetched) * 1000, 1),
        )
