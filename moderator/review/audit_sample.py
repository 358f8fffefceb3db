"""Which confident verdicts a person checks all the same: what is never looked at is never found wrong."""

from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Outcome, Reason, ReasonCode, Verdict, VerdictSource
from moderator.review.sampling import sampled

SALT = "audit"


def is_audited(verdict: Verdict, part: float) -> bool:
    """Whether `verdict` is among the `part` (0 to 1) that is checked of those of which the model was sure. The id alone
    decides, so a record that is answered twice is not drawn twice. Of a language that it does not read it was not sure.
    """
    if not part or verdict.source is not VerdictSource.MODEL or verdict.outcome is Outcome.ESCALATE:
        return False
    scored = all(reason.code is not ReasonCode.UNSUPPORTED_LANGUAGE for reason in verdict.reasons)
    return scored and sampled(verdict.id, part, SALT)


def audit_reasons(verdict: Verdict) -> tuple[Reason, ...]:
    """Why an audited verdict goes to people: it was drawn, and what it blocked for. Labels in their uncertain band did
    not decide it, and would be taken for what was escalated as uncertain.
    """
    blocked_for = (reason for reason in verdict.reasons if reason.code is ReasonCode.BLOCK_THRESHOLD)
    return (Reason(code=ReasonCode.AUDIT_SAMPLE), *blocked_for)


def audited_outcome(answered: Escalation | Verdict) -> Outcome | None:
    """What the verdict says that an audit sample checks, allow or block; None for any other escalation. A final verdict
    has the reasons of its escalation.
    """
    codes = {reason.code for reason in answered.reasons}
    if ReasonCode.AUDIT_SAMPLE not in codes:
        return None
    return Outcome.BLOCK if ReasonCode.BLOCK_THRESHOLD in codes else Outcome.ALLOW
