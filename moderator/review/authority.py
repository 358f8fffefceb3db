"""What a large model may decide by itself. One-sided: never that what looks severe may pass."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.review import Decision, Escalation, Referral, Suggestion
from moderator.contracts.verdict import Outcome, PolicyDocument, ReasonCode, VerdictSource
from moderator.review.audit_sample import audited_outcome
from moderator.review.opinion import Opinion
from moderator.review.probation import Standing

ID_DIGITS = 32  # as a verdict's

# What harms people most when it is let pass by mistake.
SEVERE = frozenset({Label.THREAT, Label.HATE, Label.SELF_HARM, Label.SEXUAL})

# As in the default policy, under which no score blocks it: whoever writes of it may need help, not removal.
PEOPLE_ONLY = frozenset({Label.SELF_HARM})


@dataclass(frozen=True, slots=True)
class AuthorityLimits:
    """A text is severe for one of the labels `severe`, or for a score from `severe_from` on, of whatever label. The
    small model must give one of the labels that a block names a score of `block_from` at least. An opinion that states
    its confidence needs `confidence` of it; one that states none rests on the model's standing. What is about a label
    of `people_only` is neither blocked nor allowed by a large model.
    """

    severe_from: float
    block_from: float
    confidence: float
    severe: frozenset[Label] = SEVERE
    people_only: frozenset[Label] = PEOPLE_ONLY


def decide(
    escalation: Escalation,
    opinion: Opinion,
    policy: PolicyDocument,
    standing: Standing,
    *,
    sampled: bool,
    reviewer_id: str,
    started_at: datetime,
    decided_at: datetime,
    limits: AuthorityLimits,
) -> Decision:
    """What follows from a large model's `opinion`: its decision, or that people must decide and what it suggests."""
    referral = _referral(escalation, opinion, standing, limits, sampled=sampled)
    if referral is not None:
        return refer(
            escalation,
            referral,
            policy,
            reviewer_id=reviewer_id,
            started_at=started_at,
            decided_at=decided_at,
            opinion=opinion,
        )
    return Decision(
        id=_decision_id(escalation, reviewer_id, policy),
        escalation_id=escalation.id,
        message_id=escalation.message_id,
        outcome=opinion.outcome,
        labels=opinion.labels,
        rules=opinion.rules,
        source=VerdictSource.LLM,
        reviewer_id=reviewer_id,
        rationale=opinion.rationale,
        policy=policy,
        replaces=escalation.id,
        started_at=started_at,
        decided_at=decided_at,
    )


def refer(
    escalation: Escalation,
    referral: Referral,
    policy: PolicyDocument | None,
    *,
    reviewer_id: str,
    started_at: datetime,
    decided_at: datetime,
    opinion: Opinion | None = None,
) -> Decision:
    """A large model's word that people must decide, and why; with what it thinks all the same, if it got so far."""
    return Decision(
        id=_decision_id(escalation, reviewer_id, policy),
        escalation_id=escalation.id,
        message_id=escalation.message_id,
        outcome=Outcome.ESCALATE,
        source=VerdictSource.LLM,
        reviewer_id=reviewer_id,
        policy=policy,
        replaces=escalation.id,
        referral=referral,
        suggestion=_suggestion(opinion) if opinion else None,
        started_at=started_at,
        decided_at=decided_at,
    )


def _referral(
    escalation: Escalation, opinion: Opinion, standing: Standing, limits: AuthorityLimits, *, sampled: bool
) -> Referral | None:
    """Why people must decide; None when the large model may. The sample comes first: it must not depend on anything
    that the model says or has earned, and only its pairs end a probation. Audit samples are not in it: on what is plain
    everybody agrees, and that says nothing of what the model would get to decide.
    """
    if sampled and audited_outcome(escalation) is None:
        return Referral.SAMPLED
    if standing is not Standing.TRUSTED:
        return Referral.PROBATION
    allows = opinion.outcome is Outcome.ALLOW
    if not _may_close(escalation, opinion, limits) or (allows and _is_severe(escalation, limits)):
        return Referral.ONE_SIDED
    if opinion.confidence is not None and opinion.confidence < limits.confidence:
        return Referral.UNSURE
    if not allows and _highest_score(escalation, opinion.labels) < limits.block_from:
        return Referral.UNSURE  # the two models contradict each other
    return None


def _may_close(escalation: Escalation, opinion: Opinion, limits: AuthorityLimits) -> bool:
    """Whether a large model may decide it one way or the other. Only what was escalated for scores between thresholds:
    with whatever else brought it here, such as a text that the small model could not read, no other view checks its.
    """
    about = {reason.label for reason in escalation.reasons} | set(opinion.labels)
    scored = all(reason.code is ReasonCode.ESCALATE_THRESHOLD for reason in escalation.reasons)
    return scored and not escalation.truncated and not about & limits.people_only


def _is_severe(escalation: Escalation, limits: AuthorityLimits) -> bool:
    escalated_for = {reason.label for reason in escalation.reasons}
    return bool(escalated_for & limits.severe) or _highest_score(escalation, LABELS) >= limits.severe_from


def _highest_score(escalation: Escalation, labels: tuple[Label, ...]) -> float:
    scores: dict[str, float] = escalation.scores.model_dump()
    return max((scores[label] for label in labels), default=0.0)


def _suggestion(opinion: Opinion) -> Suggestion:
    return Suggestion(
        outcome=opinion.outcome,
        labels=opinion.labels,
        rules=opinion.rules,
        rationale=opinion.rationale,
        confidence=opinion.confidence,
    )


def _decision_id(escalation: Escalation, reviewer_id: str, policy: PolicyDocument | None) -> str:
    """The same however often the same reviewer is asked under the same policy, so a repeated decision is recognised."""
    asked = f"{escalation.id}\0{reviewer_id}\0{policy.hash if policy else ''}"
    return hashlib.sha256(asked.encode()).hexdigest()[:ID_DIGITS]
