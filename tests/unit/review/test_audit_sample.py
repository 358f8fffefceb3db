"""Which confident verdicts people check."""

from datetime import UTC, datetime

import pytest

from moderator.contracts.verdict import Outcome, Verdict, VerdictSource
from moderator.review.audit_sample import is_audited
from tests.unit.review.reviewed import NOTHING


def verdict(number: int, outcome: Outcome = Outcome.ALLOW, source: VerdictSource = VerdictSource.MODEL) -> Verdict:
    """On a message of its own."""
    return Verdict.model_validate(
        {
            "id": f"v-{number}",
            "message_id": f"m-{number}",
            "outcome": outcome,
            "labels": [],
            "scores": NOTHING,
            "sentiment": {"label": "neutral", "scores": {"negative": 0.2, "neutral": 0.7, "positive": 0.1}},
            "reasons": [],
            "source": source,
            "truncated": False,
            "versions": dict.fromkeys(("model", "tokenizer", "calibration", "policy", "software", "provider"), "1"),
            "decided_at": datetime(2026, 3, 1, tzinfo=UTC),
        }
    )


def test_a_part_of_what_the_model_was_sure_of_is_checked() -> None:
    """Allowed and blocked alike, about as many as asked for, and the same ones each time."""
    for outcome in (Outcome.ALLOW, Outcome.BLOCK):
        drawn = [number for number in range(5_000) if is_audited(verdict(number, outcome), 0.1)]
        assert len(drawn) == pytest.approx(500, rel=0.2)
        assert drawn == [number for number in range(5_000) if is_audited(verdict(number, outcome), 0.1)]


@pytest.mark.parametrize(
    ("outcome", "source"), [(Outcome.ESCALATE, VerdictSource.MODEL), (Outcome.ALLOW, VerdictSource.HUMAN)]
)
def test_what_a_reviewer_sees_anyway_is_no_sample(outcome: Outcome, source: VerdictSource) -> None:
    """Nor is a reviewer's own decision."""
    assert not is_audited(verdict(1, outcome, source), 1.0)
    assert is_audited(verdict(1), 1.0)
