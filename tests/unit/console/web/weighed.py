"""Decisions in a band, for the tests of what follows from them."""

from collections.abc import Iterable

from moderator.console.store.history import Evidence
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.policy.thresholds import Threshold

BAND = Threshold(escalate_at=0.4, block_at=0.8)
PRESENT = (BAND,) * len(LABELS)


def weighed(
    scores: Iterable[float],
    outcome: Outcome = Outcome.ALLOW,
    *,
    label: Label = Label.INSULT,
    of: str = "e",
    found: bool | None = None,
    threshold: float = 0.4,
) -> list[Evidence]:
    """One decision on each score; `of` begins their jobs' ids. A block has found the label, unless told otherwise."""
    has = outcome is Outcome.BLOCK if found is None else found
    return [Evidence(f"{of}-{number}", label, score, threshold, outcome, has) for number, score in enumerate(scores)]
