"""Shares with their exact intervals."""

from moderator.console.store.canaries import CanaryResults
from moderator.policy.interval import Interval
from moderator.review.agreement import lower_bound, upper_bound

TWO_SIDED = 0.975  # of each bound: 95 % of both together


def exact(part: int, whole: int, confidence: float = TWO_SIDED) -> Interval:
    """`part` of `whole`, more than 0, between bounds (Clopper and Pearson) that each have this confidence."""
    return Interval(part / whole, lower_bound(part, whole, confidence), upper_bound(part, whole, confidence))


def right_answers(canaries: CanaryResults) -> Interval | None:
    """The share of them; None where nothing was asked."""
    asked = canaries.right + canaries.wrong
    return exact(canaries.right, asked) if asked else None
