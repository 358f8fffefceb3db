"""Which escalation a reviewer sees first.

Priority = severity x uncertainty x reach. Ageing is linear: at the time `now` an escalation's rank is

    priority + (now - escalated_at) / head_start  =  (now - order_at) / head_start,
    order_at = escalated_at - head_start * priority

Since `now` is the same for all, two that wait never change places: order_at, written down once, is the order, and a
store can index it. Nothing starves: as a priority is at most MOST, an escalation is overtaken only by those that come
within head_start * MOST after it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from moderator.contracts.labels import Label
from moderator.contracts.verdict import Reason, ReasonCode

# How bad an hour's delay is, of 1. Their order matters more than their values.
SEVERITY = {
    Label.SELF_HARM: 1.0,  # somebody may be about to die, and help in time changes that
    Label.THREAT: 0.9,  # somebody else may come to harm; it can be reported while it is a threat
    Label.HATE: 0.6,  # harms everybody it speaks of, and invites more
    Label.SEXUAL: 0.5,  # children may see it, or be in it
    Label.TOXIC: 0.4,  # drives people away from a conversation that goes on meanwhile
    Label.INSULT: 0.4,  # hurts one person, who has most likely read it already
    Label.OBSCENE: 0.2,  # offends, hurts nobody in particular
    Label.SPAM: 0.1,  # costs attention; most of it is the same text again
}
UNSCORED_SEVERITY = 0.5  # nobody knows what an unread text holds: the middle
AUDIT_PRIORITY = 0.0  # of it nothing is uncertain, and the verdict stands meanwhile: age alone brings it forward
UNKNOWN_REACH = 1.0
MOST_REACH = 10.0  # times an ordinary audience; without a limit one message could hold back all others
MOST = MOST_REACH * max(SEVERITY.values())
# Half of a reviewer's shift: what is gravest and most uncertain goes before what has waited so long.
HEAD_START = timedelta(hours=4)


def priority(reasons: Sequence[Reason], reach: float = UNKNOWN_REACH) -> float:
    """Of an escalation with these `reasons`, at least one: its gravest, times `reach`, its audience as a multiple of an
    ordinary one. An audit sample comes after all that is uncertain, whatever it was blocked for.
    """
    if any(reason.code is ReasonCode.AUDIT_SAMPLE for reason in reasons):
        return AUDIT_PRIORITY
    return max(_weight(reason) for reason in reasons) * min(max(reach, 0.0), MOST_REACH)


def order_at(escalated_at: datetime, priority: float, head_start: timedelta = HEAD_START) -> datetime:
    """When it would have been escalated if all were equal: the earliest comes first, now and later."""
    return escalated_at - head_start * priority


def uncertainty(score: float) -> float:
    """The variance of a yes or no with this calibrated probability, 1 at most; beyond one half it stays there. A label
    that never blocks escalates its surest cases too, and those must not come last.
    """
    return 1.0 if score >= 0.5 else 4 * score * (1 - score)


def _weight(reason: Reason) -> float:
    if reason.label is None or reason.score is None:
        return UNSCORED_SEVERITY  # of which everything is uncertain
    return SEVERITY[reason.label] * uncertainty(reason.score)
