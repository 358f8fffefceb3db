"""Scores and a ruling to what is published for one record."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from moderator.contracts.codec import publish_dead_letter, publish_escalation, publish_verdict
from moderator.contracts.dead_letter import Stage
from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.review import Escalation
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import (
    LabelScores,
    Origin,
    Outcome,
    Sentiment,
    SentimentScores,
    Timings,
    Verdict,
    VerdictSource,
    Versions,
)
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.batch import Answer
from moderator.pipeline.dead_letter import dead_letter
from moderator.policy.decide import decide
from moderator.policy.thresholds import Policy
from moderator.review.audit_sample import audit_reasons, is_audited

ID_DIGITS = 32  # of the SHA-256: 128 bits, as in a UUID
KEPT_KEY_BYTES = 1024  # of a key beside an answer too large to publish: any id fits, and any topic takes it
SCORE_DIGITS = 5  # int8 arithmetic is not exact beyond

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class OutputTopics:
    """Where answers go."""

    verdicts: str
    escalations: str
    dead_letters: str


def verdict_id(versions: Versions, *identity: object) -> str:
    """Deterministic: equal for the same `identity` (of the record) under the same versions."""
    parts = (*identity, versions.model, versions.tokenizer, versions.calibration, versions.policy)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:ID_DIGITS]


def _rounded(scores: Scores) -> Scores:
    return Scores(
        tuple(round(score, SCORE_DIGITS) for score in scores.labels),
        tuple(round(score, SCORE_DIGITS) for score in scores.sentiment),
    )


class Answers:
    """Builds answers under one policy and one model."""

    def __init__(
        self, policy: Policy, versions: Versions, topics: OutputTopics, group: str, now: Now, audit_part: float = 0.0
    ) -> None:
        """People check the `audit_part` (0 to 1) of the verdicts of which the model is sure."""
        self._policy = policy
        self._versions = versions
        self._topics = topics
        self._group = group
        self._now = now
        self._audit_part = audit_part

    def verdict(
        self,
        message: Message,
        scores: Scores,
        *,
        truncated: bool,
        unreadable: bool = False,
        unsupported_language: bool = False,
        origin: Origin | None = None,
        timings: Timings | None = None,
    ) -> Verdict:
        """The verdict on `message`."""
        scores = _rounded(scores)  # before the policy sees them, so that what is published explains the outcome
        ruling = decide(
            self._policy,
            message,
            scores,
            truncated=truncated,
            unreadable=unreadable,
            unsupported_language=unsupported_language,
        )
        # With the timestamp: a topic that is made anew counts its offsets from 0 again.
        identity = tuple(origin.model_dump().values()) if origin else (message.id, message.text)
        label_scores = dict(zip(LABELS, scores.labels, strict=True))
        moods = dict(zip(SENTIMENTS, scores.sentiment, strict=True))
        return Verdict(
            id=verdict_id(self._versions, *identity),
            message_id=message.id,
            outcome=ruling.outcome,
            labels=ruling.labels,
            scores=LabelScores.model_validate(label_scores),
            sentiment=Sentiment(
                label=max(SENTIMENTS, key=moods.__getitem__), scores=SentimentScores.model_validate(moods)
            ),
            reasons=ruling.reasons,
            source=VerdictSource.MODEL,
            truncated=truncated,
            versions=self._versions,
            decided_at=self._now(),
            origin=origin,
            timings=timings,
        )

    def answer(
        self,
        record: Record,
        message: Message,
        scores: Scores,
        tokens: Tokens,
        timings: Timings,
        created_in: bytes | None = None,
    ) -> Answer:
        """The verdict on `message` and, where people decide or check it, the escalation. `created_in` is the
        traceparent of the span in which that is done, if any.
        """
        origin = Origin(
            topic=record.topic, partition=record.partition, offset=record.offset, timestamp_ms=record.timestamp_ms
        )
        verdict = self.verdict(
            message,
            scores,
            truncated=tokens.truncated,
            unreadable=tokens.unreadable,
            unsupported_language=tokens.unsupported_language,
            origin=origin,
            timings=timings,
        )
        publication = publish_verdict(verdict, record, self._topics.verdicts, created_in)
        if verdict.outcome is Outcome.ESCALATE:
            reasons = verdict.reasons
        elif is_audited(verdict, self._audit_part):
            reasons = audit_reasons(verdict)
        else:
            return Answer(record, verdict, None, None, (publication,))
        escalation = Escalation(
            id=verdict.id,
            message_id=message.id,
            message=message,
            reasons=reasons,
            scores=verdict.scores,
            sentiment=verdict.sentiment,
            truncated=tokens.truncated,
            versions=self._versions,
            origin=origin,
            escalated_at=verdict.decided_at,
        )
        escalated = publish_escalation(escalation, record, self._topics.escalations, created_in)
        return Answer(record, verdict, escalation, None, (escalated, publication))

    def dead_letter(self, record: Record, stage: Stage, error: PoisonRecord, attempts: int = 1) -> Answer:
        """The dead letter of a record that cannot get a verdict."""
        letter = dead_letter(record, stage, error, self._group, self._now(), attempts)
        return Answer(record, None, None, letter, (publish_dead_letter(letter, record, self._topics.dead_letters),))

    def without_escalation(self, answer: Answer) -> Answer:
        """In place of an answer whose escalation the broker refuses for its size: where the model was sure, the verdict
        by itself, since no check is worth a message's verdict; otherwise a dead letter.
        """
        if answer.verdict and answer.verdict.outcome is not Outcome.ESCALATE:
            return replace(answer, escalation=None, publications=answer.publications[-1:])
        return self.too_large(answer)

    def too_large(self, answer: Answer) -> Answer:
        """In place of an answer whose publication the broker refuses for its size: a dead letter without value and
        headers, and without a long key; all stay readable at the origin that it names.
        """
        record = answer.record
        key = record.key if len(record.key or b"") <= KEPT_KEY_BYTES else None
        bare = Record(record.topic, record.partition, record.offset, record.timestamp_ms, key, None)
        return self.dead_letter(bare, Stage.PUBLISH, PoisonRecord(DeadLetterCode.OUTPUT_TOO_LARGE))
