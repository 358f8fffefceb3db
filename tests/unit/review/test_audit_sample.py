"""Which confident verdicts people check."""

from datetime import UTC, datetime

import pytest

from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, Reason, ReasonCode, Verdict, VerdictSource
from moderator.review.audit_sample import audit_reasons, audited_outcome, is_audited
from tests.unit.review.reviewed import NOTHING, escalation

BLOCKED = Reason(code=ReasonCode.BLOCK_THRESHOLD, label=Label.SPAM, score=0.97, threshold=0.9)
UNCERTAIN = Reason(code=ReasonCode.ESCALATE_THRESHOLD, label=Label.THREAT, score=0.3, threshold=0.2)


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


def test_a_text_that_the_model_was_not_asked_about_is_no_sample() -> None:
    """Nobody was sure of it, and reviewers may not read its language: the policy says what becomes of it."""
    foreign = verdict(1).model_copy(update={"reasons": (Reason(code=ReasonCode.UNSUPPORTED_LANGUAGE),)})
    assert not is_audited(foreign, 1.0)


def test_nothing_is_checked_unless_asked_for() -> None:
    """A part of nothing is nothing."""
    assert not any(is_audited(verdict(number), 0.0) for number in range(100))


def test_the_reasons_say_what_was_decided_and_nothing_that_was_not() -> None:
    """A label in its band did not block: it must not be counted with what was escalated for it."""
    blocked = verdict(1, Outcome.BLOCK).model_copy(update={"reasons": (BLOCKED, UNCERTAIN)})
    assert audit_reasons(blocked) == (Reason(code=ReasonCode.AUDIT_SAMPLE), BLOCKED)
    assert audit_reasons(verdict(1)) == (Reason(code=ReasonCode.AUDIT_SAMPLE),)


@pytest.mark.parametrize("outcome", [Outcome.ALLOW, Outcome.BLOCK])
def test_an_escalation_tells_what_it_checks(outcome: Outcome) -> None:
    """Any other one checks nothing."""
    reasons = audit_reasons(verdict(1, outcome).model_copy(update={"reasons": (BLOCKED,) * (outcome is Outcome.BLOCK)}))
    assert audited_outcome(escalation().model_copy(update={"reasons": reasons})) is outcome
    assert audited_outcome(escalation()) is None
