"""Whether a decision contradicts the model."""

from moderator.contracts.verdict import Outcome, Verdict
from moderator.review.audit_sample import audited_outcome


def contradicts(final: Verdict) -> bool:
    """Whether a final verdict overturns what the model said: allows what it took for one of the labels, or differs from
    the sure verdict that was checked. Of what the model could not judge it has said nothing.
    """
    audited = audited_outcome(final)
    if audited is not None:
        return final.outcome is not audited
    return final.outcome is Outcome.ALLOW and any(reason.label for reason in final.reasons)
