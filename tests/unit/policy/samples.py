"""Samples of scored texts for the tests of planning; of most labels nothing is known."""

import random
from collections.abc import Sequence

from moderator.contracts.labels import LABELS, Label
from moderator.policy.thresholds import Threshold
from moderator.policy.traffic import ScoredText

PRESENT = (Threshold(escalate_at=0.5, block_at=0.9),) * len(LABELS)


def text(known: dict[Label, tuple[float, bool]]) -> ScoredText:
    """Score and truth of some labels; the others score 0.01 and are not known."""
    return ScoredText(
        tuple(known[label][0] if label in known else 0.01 for label in LABELS),
        tuple(known[label][1] if label in known else None for label in LABELS),
    )


def mixed(seed: int, size: int, labels: Sequence[Label] = (Label.TOXIC, Label.SPAM)) -> list[ScoredText]:
    """Texts of which three in ten carry each label; scores tell, but not surely. The first carries all, the second
    none.
    """
    rng = random.Random(seed)

    def known(number: int) -> tuple[float, bool]:
        carries = number == 0 or (number > 1 and rng.random() < 0.3)
        return rng.betavariate(4, 2) if carries else rng.betavariate(1.5, 6), carries

    return [text({label: known(number) for label in labels}) for number in range(size)]
