"""What somebody else says of a message: a large model, or the person before an appeal."""

from dataclasses import dataclass

from moderator.contracts.review import Decision
from moderator.contracts.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Word:
    """Their outcome, on what grounds."""

    speaker: str
    outcome: Outcome
    rules: tuple[str, ...]
    rationale: str | None


def word(decision: Decision | None) -> Word | None:
    """Of a decision, or of what it suggests where it leaves the message to people; None where that is nothing."""
    if decision is None:
        return None
    said = decision.suggestion if decision.outcome is Outcome.ESCALATE else decision
    return Word(decision.reviewer_id, said.outcome, said.rules, said.rationale) if said else None
