"""Records of the review topics to what the store takes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from moderator.console.near_duplicates import NearDuplicates
from moderator.console.store.intake import Arrival
from moderator.contracts.record import Record
from moderator.contracts.review import Decision, Escalation
from moderator.errors import ContractError, DeadLetterCode
from moderator.policy.priority import order_at, priority
from moderator.review.documents import Policies, PolicyText, Severity
from moderator.review.reading import read_decision, read_escalation

MOST_ID_CHARACTERS = 128  # four times this program's own; what an index of PostgreSQL can hold has an end

SEVERE_FROM = 0.8  # as a large model may let nothing pass from there on, by default

Arriving = Callable[[Record], Arrival | Decision]
"""Raises PoisonRecord where the record holds nothing that the store could keep."""


class Escalations:
    """Reads escalations: which comes when, under which policy, and what it nearly repeats."""

    def __init__(self, policies: Policies, head_start: timedelta, near_duplicates: NearDuplicates) -> None:
        self._policies = policies
        self._head_start = head_start
        self._near_duplicates = near_duplicates

    def __call__(self, record: Record) -> Arrival:
        """See Arriving. One thread at a time."""
        escalation = read_escalation(record)
        _require_short(escalation.id, "/id")
        if any(reason.label and (reason.score is None or reason.threshold is None) for reason in escalation.reasons):
            raise ContractError(DeadLetterCode.INVALID_FIELD, "/reasons")
        try:
            place = order_at(_in_utc(escalation.escalated_at), priority(escalation.reasons), self._head_start)
        except OverflowError:
            raise ContractError(DeadLetterCode.INVALID_FIELD, "/escalated_at") from None
        policy = self._policies.covering(escalation)
        policy_id = policy.reference.id if policy else None
        message = escalation.message
        # What one decision answers must be under the same rules.
        scope = (policy_id, message.tenant, message.channel, message.source)
        sketch = self._near_duplicates.cluster(escalation.id, message.text, scope)
        return Arrival(
            escalation,
            record.key,
            record.headers,
            place,
            policy_id,
            cluster=sketch.cluster,
            severe=is_severe(escalation, policy),
            sketch=sketch,
        )


def is_severe(escalation: Escalation, policy: PolicyText | None) -> bool:
    """Whether reading it may hurt: it was escalated for what `policy` has a severe rule on, or a score is high."""
    severe = {rule.label for rule in policy.rules if rule.severity is Severity.SEVERE} if policy else set()
    scores: dict[str, float] = escalation.scores.model_dump()
    return any(reason.label in severe for reason in escalation.reasons) or max(scores.values()) >= SEVERE_FROM


def said(record: Record) -> Decision:
    """A decision, of a large model or a person. See Arriving."""
    decision = read_decision(record)
    _require_short(decision.id, "/id")
    _require_short(decision.escalation_id, "/escalation_id")
    try:
        _in_utc(decision.decided_at)
    except OverflowError:
        raise ContractError(DeadLetterCode.INVALID_FIELD, "/decided_at") from None
    return decision


def _require_short(id_: str, where: str) -> None:
    if len(id_) > MOST_ID_CHARACTERS:
        raise ContractError(DeadLetterCode.INVALID_FIELD, where)


def _in_utc(at: datetime) -> datetime:
    """Raises OverflowError within a day of the first and the last year."""
    return at.astimezone(UTC)
