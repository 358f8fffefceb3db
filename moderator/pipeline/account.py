"""What has been published, in figures: metrics, and one canonical log line a batch."""

from collections import Counter
from collections.abc import Callable, Sequence

from moderator.contracts.verdict import Outcome
from moderator.pipeline.batch import Answer, Batch
from moderator.pipeline.ports import Clock
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import TOTAL, Metrics

log = get_logger(__name__)


class Account:
    """Counts published answers. `wall_clock_ms` is milliseconds since the epoch, as Kafka's timestamps are."""

    def __init__(self, metrics: Metrics, clock: Clock, wall_clock_ms: Callable[[], float]) -> None:
        self._metrics = metrics
        self._clock = clock
        self._wall_clock_ms = wall_clock_ms

    def published(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """Add the acknowledged answers of `batch`."""
        now_ms = self._wall_clock_ms()
        outcomes: Counter[Outcome] = Counter()
        codes: Counter[str] = Counter()
        for answer in answers:
            if answer.dead_letter:
                codes[answer.dead_letter.code.value] += 1
                continue
            if answer.verdict:
                outcomes[answer.verdict.outcome] += 1
                self._metrics.end_to_end.labels(TOTAL).observe(max(0.0, (now_ms - answer.record.timestamp_ms) / 1000))
                for label in answer.verdict.labels:
                    self._metrics.verdict_labels.labels(label.value).inc()
                for fired in {reason.code for reason in answer.verdict.reasons}:
                    self._metrics.verdict_reasons.labels(fired.value).inc()
            if answer.escalation:
                self._metrics.escalations.labels(answer.escalation.reasons[0].code.value).inc()
        for outcome, count in outcomes.items():
            self._metrics.messages.labels(outcome.value).inc(count)
        for code, count in codes.items():
            self._metrics.dead_letters.labels(code).inc(count)
        log.info(
            "batch",
            records=len(answers),
            allowed=outcomes[Outcome.ALLOW],
            blocked=outcomes[Outcome.BLOCK],
            escalated=outcomes[Outcome.ESCALATE],
            dead_letters=sum(codes.values()),
            codes=dict(codes),
            attempts=batch.attempt,
            duration_ms=round((self._clock() - batch.fetched_at) * 1000, 1),
        )
