"""Which confident verdicts a person checks all the same: what is never looked at is never found wrong."""

from moderator.contracts.verdict import Outcome, Verdict, VerdictSource
from moderator.review.sampling import sampled

SALT = "audit"


def is_audited(verdict: Verdict, part: float) -> bool:
    """Whether `verdict` is among the `part` (0 to 1) that is checked of those of which the model was sure. The id alone
    decides, so a record that is answered twice is not drawn twice.
    """
    confident = verdict.source is VerdictSource.MODEL and verdict.outcome is not Outcome.ESCALATE
    return confident and sampled(verdict.id, part, SALT)
