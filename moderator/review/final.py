"""A decision to the final verdict that the platform reads."""

import hashlib

from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import Action, Outcome, Statement, Verdict, VerdictSource

ID_DIGITS = 32  # as a first verdict's
WHO = {VerdictSource.LLM: "A large model", VerdictSource.HUMAN: "A person"}


def final_verdict(escalation: Escalation, decision: Decision) -> Verdict | None:
    """What `decision` on `escalation` means for the platform; None when the large model leaves it to people.

    Its id follows from the decision's alone, so a repeated one is recognised. Scores and reasons stay the model's: they
    are why a reviewer was asked.
    """
    if decision.outcome is Outcome.ESCALATE or decision.policy is None:
        return None
    message = escalation.message
    found = ", ".join(decision.labels or decision.rules)
    nothing = "what the policy forbids" if decision.outcome is Outcome.BLOCK else "nothing that the policy forbids"
    facts = f"{WHO[decision.source]} read the content and found {found or nothing}."
    return Verdict(
        id=final_id(decision.id),
        message_id=escalation.message_id,
        outcome=decision.outcome,
        labels=decision.labels,
        scores=escalation.scores,
        sentiment=escalation.sentiment,
        reasons=escalation.reasons,
        source=decision.source,
        truncated=escalation.truncated,
        versions=escalation.versions,
        decided_at=decision.decided_at,
        origin=escalation.origin,
        replaces=decision.replaces,
        statement=Statement(
            automated_detection=True,
            automated_decision=decision.source is VerdictSource.LLM,
            ground=decision.policy,
            rules=decision.rules,
            facts=facts,
            content_created_at=message.created_at,
            content_language=message.language,
            action=Action.REMOVE if decision.outcome is Outcome.BLOCK else Action.NONE,
        ),
    )


def final_id(decision_id: str) -> str:
    """Of the final verdict that follows from that decision."""
    return _id("final", decision_id)


def reaffirmed(final: Verdict, replaced: str) -> Verdict:
    """A person's `final` verdict once more, as one that replaces a large model's, whose id is `replaced`: neither knew
    of the other. Its id follows from both, so a repeated one is recognised.
    """
    return final.model_copy(update={"id": _id("reaffirmed", final.id, replaced), "replaces": replaced})


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_DIGITS]
