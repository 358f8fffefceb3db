"""What quantization costs each label: points of F1 and of average precision against fp32."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, f1_score

from moderator.contracts.labels import LABELS
from moderator.training.benchmarks import CANDIDATES, Array, Splits, pooled
from moderator.training.kept_back import KEPT_BACK

POINTS = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that int8 lies below fp32 (negative: above), F1 at one threshold for both: fp32's best."""

    rows: int
    threshold: float
    f1: float
    average_precision: float


def int8_loss(fp32: Splits, int8: Splits) -> dict[str, Loss]:
    """By label, over all test rows that know it; the written rows for a label that no test set has."""
    losses: dict[str, Loss] = {}
    for label in LABELS:
        wanted, exact = pooled(fp32, label)
        _, rounded = pooled(int8, label)
        if not len(wanted) and KEPT_BACK in fp32:
            (wanted, exact), (_, rounded) = fp32[KEPT_BACK].label(label), int8[KEPT_BACK].label(label)
        if len(set(wanted.tolist())) == 2:
            losses[label] = loss(wanted, exact, rounded)
    return losses


def loss(wanted: npt.NDArray[np.int64], exact: Array, rounded: Array) -> Loss:
    """From what is wanted and the scores of both graphs."""
    threshold = float(max(CANDIDATES, key=lambda candidate: f1_score(wanted, exact >= candidate)))
    f1 = f1_score(wanted, exact >= threshold) - f1_score(wanted, rounded >= threshold)
    precision = average_precision_score(wanted, exact) - average_precision_score(wanted, rounded)
    return Loss(len(wanted), threshold, float(f1) * POINTS, float(precision) * POINTS)


def worst(losses: dict[str, Loss]) -> float:
    """The largest loss of any label, in points of F1 or of average precision."""
    return max(max(part.f1, part.average_precision) for part in losses.values())
