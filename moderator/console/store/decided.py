"""A decision as it is kept."""

from typing import Any

from moderator.contracts.review import Decision


def decision_row(decision: Decision, act_id: str | None = None) -> dict[str, Any]:
    """Its columns; `act_id` is the first decision's where several were made in one act."""
    suggestion = decision.suggestion
    return {
        "id": decision.id,
        "act_id": act_id or decision.id,
        "job_id": decision.escalation_id,
        "source": decision.source,
        "reviewer_id": decision.reviewer_id,
        "outcome": decision.outcome,
        "labels": " ".join(decision.labels),
        "policy_id": decision.policy.id if decision.policy else None,
        "suggested": suggestion.outcome if suggestion else None,
        "suggestion_seen": decision.suggestion_seen,
        "decided_at": decision.decided_at,
        "document": decision.model_dump_json(exclude_none=True),
    }
