"""One record of the escalations' topic to what is published for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from moderator.contracts.codec import publish_dead_letter
from moderator.contracts.dead_letter import Stage
from moderator.contracts.record import Publication, Record
from moderator.contracts.review import Decision, Escalation
from moderator.errors import PoisonRecord
from moderator.pipeline.asking import Asking
from moderator.pipeline.dead_letter import dead_letter
from moderator.pipeline.ports import Clock
from moderator.review.publications import publications
from moderator.review.reading import read_escalation
from moderator.telemetry.metrics import Metrics

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
        self._now = now
        self._clock = clock

    async def review(self, record: Record) -> Sequence[Publication]:
        """The decision, and the final verdict where the model may decide; of what is no escalation, a dead letter.

        A decision that is on the topic already is published once more, and its verdict, which may not be. Asked again,
        the model could say something else under the same id.
        """
        try:
            escalation = read_escalation(record)
        except PoisonRecord as error:
            return [self._dead_letter(record, error)]
        decision = self._said(escalation.id) or await self._decided(escalation)
        return publications(escalation, decision, record, self._topics.decisions, self._topics.verdicts, SOURCE)

    async def _decided(self, escalation: Escalation) -> Decision:
        started = self._clock()
        decision = await self._asking.decision(escalation)
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
