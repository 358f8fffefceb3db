"""Scores to outcome and reasons."""

from typing import NamedTuple

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message
from moderator.contracts.scores import Scores
from moderator.contracts.verdict import Outcome, Reason, ReasonCode
from moderator.policy.thresholds import Policy


class Ruling(NamedTuple):
    """What the policy makes of one message's scores."""

    outcome: Outcome
    labels: tuple[Label, ...]
    reasons: tuple[Reason, ...]


ALLOWED = Ruling(Outcome.ALLOW, (), ())


def decide(
    policy: Policy,
    message: Message,
    scores: Scores,
    *,
    truncated: bool,
    unreadable: bool = False,
    unsupported_language: bool = False,
) -> Ruling:
    """Apply `policy`: any label at or above its block_at blocks; else any at or above its escalate_at, or a text that
    was not read to its end, escalates; else the message is allowed. Reasons come gravest first. An unreadable text
    escalates whatever its scores, which mean nothing; for a text in an unsupported language the policy names the
    outcome.
    """
    if unsupported_language:
        return Ruling(policy.unsupported_language_for(message), (), (Reason(code=ReasonCode.UNSUPPORTED_LANGUAGE),))
    if unreadable:
        return Ruling(Outcome.ESCALATE, (), (Reason(code=ReasonCode.UNREADABLE),))
    blocks: list[Reason] = []
    escalations: list[Reason] = []
    labels: list[Label] = []
    for label, score, threshold in zip(LABELS, scores.labels, policy.thresholds_for(message), strict=True):
        if score < threshold.escalate_at:
            continue
        labels.append(label)
        if score >= threshold.block_at:
            blocks.append(
                Reason(code=ReasonCode.BLOCK_THRESHOLD, label=label, score=score, threshold=threshold.block_at)
            )
        else:
            escalations.append(
                Reason(code=ReasonCode.ESCALATE_THRESHOLD, label=label, score=score, threshold=threshold.escalate_at)
            )
    if truncated:
        escalations.append(Reason(code=ReasonCode.TRUNCATED))
    if not blocks and not escalations:
        return ALLOWED
    outcome = Outcome.BLOCK if blocks else Outcome.ESCALATE
    return Ruling(outcome, tuple(labels), (*blocks, *escalations))
