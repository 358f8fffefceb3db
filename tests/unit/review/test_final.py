"""What a decision means for the platform."""

import pytest

from moderator.contracts.codec import to_bytes
from moderator.contracts.verdict import Action, Outcome, Reason, ReasonCode, VerdictSource
from moderator.review.final import final_verdict, reaffirmed
from tests.unit.review.reviewed import decision, escalation


def test_a_decision_becomes_a_verdict_that_says_what_it_replaces_and_why() -> None:
    """With what a statement of reasons needs, and no word of the text."""
    asked = escalation("words of a user")
    verdict = final_verdict(asked, decision())
    assert verdict is not None
    assert (verdict.outcome, verdict.source, verdict.replaces) == (Outcome.BLOCK, VerdictSource.HUMAN, asked.id)
    assert verdict.statement is not None
    assert (verdict.statement.automated_detection, verdict.statement.automated_decision) == (True, False)
    assert (verdict.statement.ground.id, verdict.statement.rules) == ("community", ("threat.1",))
    assert (verdict.statement.action, verdict.statement.content_language) == (Action.REMOVE, "en")
    assert b"words of a user" not in to_bytes(verdict)


@pytest.mark.parametrize("outcome", ["allow", "block"])
def test_a_checked_verdict_is_replaced_like_an_uncertain_one(outcome: str) -> None:
    """By its id, which is the escalation's; the final one says why people looked."""
    sampled = escalation().model_copy(update={"reasons": (Reason(code=ReasonCode.AUDIT_SAMPLE),)})
    verdict = final_verdict(sampled, decision(outcome=outcome))
    assert verdict is not None
    assert (verdict.outcome, verdict.replaces) == (outcome, sampled.id)
    assert [reason.code for reason in verdict.reasons] == [ReasonCode.AUDIT_SAMPLE]


def test_the_same_decision_gives_the_same_verdict() -> None:
    """A retry is recognised by its id; another decision on the same message is another verdict."""
    first, again = final_verdict(escalation(), decision()), final_verdict(escalation(), decision())
    appeal = final_verdict(escalation(), decision(id="d-2"))
    assert first is not None
    assert appeal is not None
    assert first == again
    assert appeal.id != first.id


def test_what_a_large_model_leaves_to_people_is_no_verdict() -> None:
    """The first verdict, which says escalate, still holds."""
    left = decision(source="llm", outcome="escalate", referral="unsure", labels=[], rules=[])
    assert final_verdict(escalation(), left) is None


def test_an_allowed_text_is_left_alone_and_a_model_that_decided_is_named() -> None:
    """As a statement of reasons must."""
    verdict = final_verdict(escalation(), decision(outcome="allow", labels=[], rules=[], source="llm"))
    assert verdict is not None
    assert verdict.statement is not None
    assert (verdict.statement.action, verdict.statement.automated_decision) == (Action.NONE, True)
    assert "nothing that the policy forbids" in verdict.statement.facts


def test_a_verdict_that_follows_once_more_says_the_same_of_another_it_replaces() -> None:
    """Its id follows from both: a repeated one is recognised, and one that replaces yet another is another one."""
    final = final_verdict(escalation(), decision())
    assert final is not None
    again = reaffirmed(final, "of a model")
    assert again == reaffirmed(final, "of a model")
    assert again == final.model_copy(update={"id": again.id, "replaces": "of a model"})
    assert len({final.id, again.id, reaffirmed(final, "of another").id}) == 3
