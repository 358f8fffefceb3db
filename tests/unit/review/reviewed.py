"""An escalation, and decisions on it, for the tests of the review tier."""

from datetime import UTC, datetime
from typing import Any

from moderator.contracts.review import Decision, Escalation

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NOTHING = dict.fromkeys(("toxic", "obscene", "insult", "threat", "hate", "sexual", "self_harm", "spam"), 0.01)


def escalation(text: str = "a vague threat", **scores: float) -> Escalation:
    """Of a message in English, for its score of `threat` unless others are given."""
    found = scores or {"threat": 0.4}
    return Escalation.model_validate(
        {
            "id": "e" * 32,
            "message_id": "m-1",
            "message": {"id": "m-1", "text": text, "language": "en", "created_at": "2026-03-01T09:00:00Z"},
            "reasons": [
                {"code": "escalate_threshold", "label": label, "score": score, "threshold": 0.2}
                for label, score in found.items()
            ],
            "scores": NOTHING | found,
            "sentiment": {"label": "neutral", "scores": {"negative": 0.2, "neutral": 0.7, "positive": 0.1}},
            "truncated": False,
            "versions": dict.fromkeys(("model", "tokenizer", "calibration", "policy", "software", "provider"), "1"),
            "origin": {"topic": "moderation.messages", "partition": 0, "offset": 7, "timestamp_ms": 1},
            "escalated_at": AT,
        }
    )


def decision(**fields: Any) -> Decision:
    """A person's, to block, unless fields say otherwise."""
    return Decision.model_validate(
        {
            "id": "d-1",
            "escalation_id": "e" * 32,
            "message_id": "m-1",
            "outcome": "block",
            "labels": ["threat"],
            "rules": ["threat.1"],
            "source": "human",
            "reviewer_id": "r-7",
            "policy": {"id": "community", "version": "3", "hash": "c81e6f3a5d907b24"},
            "replaces": "e" * 32,
            "decided_at": AT,
        }
        | fields
    )
