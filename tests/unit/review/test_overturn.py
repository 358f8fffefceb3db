"""What counts as a contradiction of the model."""

import pytest

from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, Reason, ReasonCode
from moderator.review.final import final_verdict
from moderator.review.overturn import contradicts
from tests.unit.review.reviewed import decision, escalation

FLAGGED = Reason(code=ReasonCode.ESCALATE_THRESHOLD, label=Label.INSULT, score=0.6, threshold=0.5)
BLOCKED = Reason(code=ReasonCode.BLOCK_THRESHOLD, label=Label.INSULT, score=0.95, threshold=0.9)
SAMPLED = Reason(code=ReasonCode.AUDIT_SAMPLE)
ALLOW, BLOCK = Outcome.ALLOW, Outcome.BLOCK


@pytest.mark.parametrize(
    ("reasons", "outcome", "overturns"),
    [
        ((FLAGGED,), ALLOW, True),
        ((FLAGGED,), BLOCK, False),
        ((SAMPLED,), ALLOW, False),
        ((SAMPLED,), BLOCK, True),
        ((SAMPLED, BLOCKED), BLOCK, False),
        ((SAMPLED, BLOCKED), ALLOW, True),
        ((Reason(code=ReasonCode.TRUNCATED),), ALLOW, False),
        ((Reason(code=ReasonCode.UNSUPPORTED_LANGUAGE),), BLOCK, False),
    ],
)
def test_a_decision_contradicts_what_the_model_said(
    reasons: tuple[Reason, ...], outcome: Outcome, *, overturns: bool
) -> None:
    """That is: one of its labels, or a sure verdict that was checked. Of other texts it has said nothing."""
    asked = escalation().model_copy(update={"reasons": reasons})
    final = final_verdict(asked, decision(outcome=outcome))
    assert final is not None
    assert contradicts(final) is overturns
