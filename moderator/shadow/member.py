"""An agent as a shadow: a member of a group of its own, whose verdicts go to the shadow topic and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.account import Account
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer, Batch

FAILURES = (DeadLetterCode.INFERENCE_FAILED, DeadLetterCode.OUTPUT_TOO_LARGE)  # of the shadow, not of the record
UNKNOWN = "unknown"  # the outcome of the first verdict, to a member that does not see it


class ShadowAnswers(Answers):
    """The verdict alone: no escalation, and of what is no message nothing, since the agents have answered it."""

    def answer(
        self,
        record: Record,
        message: Message,
        scores: Scores,
        tokens: Tokens,
        timings: Timings,
        created_in: bytes | None = None,
    ) -> Answer:
        """The verdict on `message`, whatever it says."""
        return self.without_escalation(super().answer(record, message, scores, tokens, timings, created_in))

    def dead_letter(self, record: Record, stage: Stage, error: PoisonRecord, attempts: int = 1) -> Answer:
        """As an agent's, but published nowhere."""
        return replace(super().dead_letter(record, stage, error, attempts), publications=())

    def without_escalation(self, answer: Answer) -> Answer:
        """Only the verdict."""
        return replace(answer, escalation=None, publications=answer.publications[-1:])


class ShadowAccount(Account):
    """Counts as a shadow's, so that sums over agents hold first verdicts only."""

    def published(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """Add the acknowledged answers of `batch`, and write its line. What is no message was not skipped."""
        for answer in answers:
            if answer.verdict:
                self._metrics.shadow_messages.labels(UNKNOWN, answer.verdict.outcome.value).inc()
            elif answer.dead_letter and answer.dead_letter.code in FAILURES:
                self._metrics.shadow_skipped.inc()
        self.log(batch, answers)
