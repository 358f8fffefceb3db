"""How well scores tell labels and moods apart on labelled rows, by label and at the thresholds of a policy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, recall_score, roc_auc_score

from moderator.contracts.labels import LABELS, Label
from moderator.policy.thresholds import Policy
from moderator.training.calibrate import UNKNOWN, targets
from moderator.training.calibration_error import expected_calibration_error
from moderator.training.rows import Row
from moderator.training.score import TextOutputs

Array = npt.NDArray[np.float64]
Targets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """Scores from `threshold` on taken for the label. None where nothing was flagged, or nothing carries the label."""

    threshold: float
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Of the rows that know the label. Average precision and AUC are None where all rows know the same."""

    rows: int
    positives: int
    average_precision: float | None
    auc: float | None
    calibration_error: float
    escalate: AtThreshold
    block: AtThreshold


@dataclass(frozen=True, slots=True)
class SentimentFigures:
    """Of the rows whose mood is known; recall is the mean over the moods that they hold."""

    rows: int
    accuracy: float
    macro_recall: float
    calibration_error: float


def label_figures(rows: Sequence[Row], scores: TextOutputs, policy: Policy) -> dict[Label, LabelFigures]:
    """Figures of each label that some row knows, from calibrated `scores` of `rows`."""
    figures: dict[Label, LabelFigures] = {}
    for column, label in enumerate(LABELS):
        wanted = targets(rows, label)
        known = wanted != UNKNOWN
        if not known.any():
            continue
        wanted, found = wanted[known], scores.labels[known, column]
        both = len(set(wanted.tolist())) == 2
        threshold = policy.thresholds[column]
        figures[label] = LabelFigures(
            len(wanted),
            int(wanted.sum()),
            float(average_precision_score(wanted, found)) if both else None,
            float(roc_auc_score(wanted, found)) if both else None,
            expected_calibration_error(found, wanted),
            at_threshold(found, wanted, threshold.escalate_at),
            at_threshold(found, wanted, threshold.block_at),
        )
    return figures


def at_threshold(scores: Array, wanted: Targets, threshold: float) -> AtThreshold:
    """Precision, recall and F1 of `wanted` [n], 0 or 1, where `scores` [n] reach `threshold`."""
    flagged = scores >= threshold
    hits, flags, positives = int((flagged & (wanted == 1)).sum()), int(flagged.sum()), int(wanted.sum())
    return AtThreshold(
        threshold,
        hits / flags if flags else None,
        hits / positives if positives else None,
        2 * hits / (flags + positives) if flags + positives else None,
    )


def sentiment_figures(rows: Sequence[Row], scores: TextOutputs) -> SentimentFigures | None:
    """Figures of sentiment; None where no row knows its mood."""
    wanted = np.array([UNKNOWN if row.sentiment is None else row.sentiment for row in rows], dtype=np.int64)
    known = wanted != UNKNOWN
    if not known.any():
        return None
    wanted, found = wanted[known], scores.sentiment[known]
    likeliest = found.argmax(axis=1)
    recall = recall_score(wanted, likeliest, labels=sorted(set(wanted.tolist())), average="macro")
    return SentimentFigures(
        len(wanted),
        float((likeliest == wanted).mean()),
        float(recall),
        expected_calibration_error(found.max(axis=1), (likeliest == wanted).astype(np.int64)),
    )
