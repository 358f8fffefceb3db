"""What quantization costs each label: points of F1 and of average precision against fp32."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score

from moderator.contracts.labels import LABELS, Label
from moderator.training.benchmarks import CANDIDATES, Array, Splits, pooled
from moderator.training.kept_back import KEPT_BACK

POINTS = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that int8 lies below fp32 (negative: above), F1 each at its own best threshold: thresholds are chosen on
    the graph that is served.
    """

    rows: int
    positives: int
    f1: float
    average_precision: float


def int8_loss(fp32: Splits, int8: Splits) -> dict[str, Loss]:
    """By label, over all test rows that know it and the written rows kept back, where they do."""
    losses: dict[str, Loss] = {}
    for label in LABELS:
        wanted, exact = known(fp32, label)
        if len(set(wanted.tolist())) == 2:
            losses[label] = loss(wanted, exact, known(int8, label)[1])
    return losses


def known(splits: Splits, label: Label) -> tuple[npt.NDArray[np.int64], Array]:
    """What is wanted of `label`, and its scores."""
    wanted, scores = pooled(splits, label)
    if KEPT_BACK not in splits:
        return wanted, scores
    written, written_scores = splits[KEPT_BACK].label(label)
    return np.concatenate([wanted, written]), np.concatenate([scores, written_scores])


def loss(wanted: npt.NDArray[np.int64], exact: Array, rounded: Array) -> Loss:
    """From what is wanted and the scores of both graphs."""
    f1 = best_f1(wanted, exact) - best_f1(wanted, rounded)
    precision = average_precision_score(wanted, exact) - average_precision_score(wanted, rounded)
    return Loss(len(wanted), int(wanted.sum()), f1 * POINTS, float(precision) * POINTS)


def best_f1(wanted: npt.NDArray[np.int64], scores: Array) -> float:
    """F1 at the threshold that suits `scores` best."""
    return max(float(f1_score(wanted, scores >= candidate)) for candidate in CANDIDATES)


def worst(losses: dict[str, Loss]) -> float:
    """The largest loss of any label, in points of F1 or of average precision."""
    return max(max(part.f1, part.average_precision) for part in losses.values())
