"""A decision as it is kept."""

from typing import Any

from moderator.console.store.looks import Look
from moderator.contracts.review import Decision, Referral


def decision_row(decision: Decision, act_id: str | None = None, look: Look | None = None) -> dict[str, Any]:
    """Its columns; `act_id` is the first decision's where several were made in one act, `look` a person's."""
    if decision.referral is Referral.CANARY:
        look = Look.CANARY
    suggestion = decision.suggestion
    return {
        "id": decision.id,
        "act_id": act_id or decision.id,
        "job_id": decision.escalation_id,
        "source": decision.source,
        "reviewer_id": decision.reviewer_id,
        "look": look,
        "outcome": decision.outcome,
        "labels": " ".join(decision.labels),
        "policy_id": decision.policy.id if decision.policy else None,
        "suggested": suggestion.outcome if suggestion else None,
        "suggestion_seen": decision.suggestion_seen,
        "decided_at": decision.decided_at,
        "document": decision.model_dump_json(exclude_none=True),
    }
