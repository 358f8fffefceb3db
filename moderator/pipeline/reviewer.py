"""One record of the escalations' topic to what is published for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from moderator.contracts.codec import publish_dead_letter
from moderator.contracts.dead_letter import Stage
from moderator.contracts.record import Publication, Record
from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import Verdict, VerdictSource
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.asking import Asking
from moderator.pipeline.counting import count_final, count_overturn
from moderator.pipeline.dead_letter import dead_letter
from moderator.pipeline.ports import Clock
from moderator.pipeline.spans import begin_record
from moderator.review.publications import publications
from moderator.review.reading import read_escalation
from moderator.telemetry.metrics import Metrics, from_zero
from moderator.telemetry.tracing import UNTRACING, Traced, Tracing

SOURCE = "/moderator/reviewer"


@dataclass(frozen=True, slots=True)
class ReviewTopics:
    """Where what a reviewer makes of escalations goes."""

    decisions: str
    verdicts: str
    dead_letters: str


class Reviewer:
    """Asks a large model about each escalation."""

    def __init__(
        self,
        asking: Asking,
        topics: ReviewTopics,
        group: str,
        said: Callable[[str], Decision | None],
        made: Callable[[Decision], None],
        metrics: Metrics,
        now: Callable[[], datetime],
        clock: Clock,
        tracing: Tracing = UNTRACING,
    ) -> None:
        """`said` is what was decided on the escalation of an id before, if anything; `made` is told of each new
        decision before it is published.
        """
        self._asking = asking
        self._topics = topics
        self._group = group
        self._said = said
        self._made = made
        self._metrics = metrics
        from_zero(metrics.review_overturns, VerdictSource.LLM)
        from_zero(metrics.dead_letters, *DeadLetterCode)
        self._now = now
        self._clock = clock
        self._tracing = tracing

    async def review(self, record: Record) -> Sequence[Publication]:
        """The decision, and the final verdict where the model may decide; of what is no escalation, a dead letter.

        A decision that is on the topic already is published once more, and its verdict, which may not be. Asked again,
        the model could say something else under the same id.
        """
        with begin_record(self._tracing, "review", record) as span:
            try:
                escalation = read_escalation(record)
            except PoisonRecord as error:
                span.note({"moderator.dead_letter.code": error.code})
                return [self._dead_letter(record, error)]
            decision = self._said(escalation.id) or await self._decided(escalation, span)
            span.note({"moderator.outcome": decision.outcome, "moderator.referral": decision.referral or ""})
            to = self._topics
            return publications(
                escalation, decision, record, to.decisions, to.verdicts, SOURCE, created_in=span.traceparent
            )

    def published(self, record: Record, acknowledged: Sequence[Publication]) -> None:
        """Counts what the escalation of `record` led to, and how long that took, if the model decided."""
        for publication in acknowledged:
            if publication.topic == self._topics.verdicts and publication.value is not None:
                final = Verdict.model_validate_json(publication.value)
                count_final(final, self._metrics)
                count_overturn(final, self._metrics)
                waited_s = self._now().timestamp() - record.timestamp_ms / 1000
                self._metrics.review_turnaround.labels(final.source.value).observe(max(0.0, waited_s))

    async def _decided(self, escalation: Escalation, span: Traced) -> Decision:
        started = self._clock()
        decision = await self._asking.decision(escalation, span)
        self._metrics.review_seconds.observe(self._clock() - started)
        count_decision(decision, self._metrics)
        self._made(decision)
        return decision

    def _dead_letter(self, record: Record, error: PoisonRecord) -> Publication:
        letter = dead_letter(record, Stage.DECODE, error, self._group, self._now())
        self._metrics.dead_letters.labels(error.code).inc()
        return publish_dead_letter(letter, record, self._topics.dead_letters)


def count_decision(decision: Decision, metrics: Metrics) -> None:
    """What a large model said, and took."""
    metrics.decisions.labels(decision.outcome, decision.referral or "").inc()
    if decision.usage:
        metrics.llm_tokens.labels("input").inc(decision.usage.input_tokens)
        metrics.llm_tokens.labels("output").inc(decision.usage.output_tokens)
