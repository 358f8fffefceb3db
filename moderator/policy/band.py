"""From which score on to escalate so that a promise holds: conformal risk control.

Source: Angelopoulos, Bates, Fisch, Lei, Schuster, "Conformal Risk Control" (2022, arXiv:2208.02814), theorem 1.

The loss of a message that carries the label, under a band from t on, is L(t) = 1 if its score is below t, else 0: it
passes this label's thresholds unseen. L rises with t and is at most B = 1. Of n labelled messages that carry the label,
let m(t) be those with L(t) = 1. The largest t with

    (m(t) + B) / (n + 1) <= risk

has E[L(t)] <= risk for the next message that carries the label, whatever the distribution of scores: of n + 1 scores
the next message's is as likely as any other to be the j-th smallest.

What it assumes: exchangeability. The labelled messages that carry the label and those of the platform that carry it are
one population in random order, and none of them was used to train or calibrate the model. How many messages carry
the label does not matter. What it does not say: the expectation is over the drawing of the labelled messages too, so a
single file may be unlucky; and it is for each label, not for all at once. A message below one label's band
may be caught by another's: the promise errs on the safe side there.
"""

from collections.abc import Sequence
from math import ceil, floor

ROUNDING = 1e-9  # 0.1 * 30 is not 3 in binary


def bound(missed: int, carrying: int) -> float:
    """The part of messages with the label that is expected to pass, at most, when `missed` of `carrying` did."""
    return (missed + 1) / (carrying + 1)


def fewest_for(risk: float) -> int:
    """How many labelled messages must carry a label before `risk` can be promised of it."""
    return ceil(1 / risk - ROUNDING) - 1


def escalate_from(carrying: Sequence[float], risk: float) -> float:
    """The largest score from which on to escalate that keeps to `risk`. `carrying`: ascending scores of the labelled
    messages that carry the label, at least `fewest_for(risk)`.
    """
    may_pass = floor(risk * (len(carrying) + 1) + ROUNDING) - 1
    if may_pass < 0:
        raise ValueError(f"{len(carrying)} messages are too few for a risk of {risk}")
    return carrying[may_pass] if may_pass < len(carrying) else 1.0
