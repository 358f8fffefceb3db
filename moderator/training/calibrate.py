"""Logits to scores that mean what they say: Platt scaling of each label, a temperature for sentiment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import CalibrationFile, LabelCalibration, SentimentCalibration
from moderator.training.rows import Row
from moderator.training.score import TextOutputs

PINNED = 0.01  # the score of a label that nothing was learnt of: below every threshold, and visibly not a zero
NEWTON_STEPS = 100
CONVERGED = 1e-9
BINS = 15  # as in Guo et al. 2017
UNKNOWN = -1

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """How far the scores of one head were from the rates they stand for, before and after (expected error)."""

    rows: int
    positives: int
    before: float
    after: float


def targets(rows: Sequence[Row], label: Label) -> npt.NDArray[np.int64]:
    """1, 0 or -1 (unknown) of each row."""
    return np.array([row.labels.get(label, UNKNOWN) for row in rows], dtype=np.int64)


def calibrate(rows: Sequence[Row], logits: TextOutputs) -> tuple[CalibrationFile, dict[str, CalibrationFigures]]:
    """Fit every head on `rows`, whose logits are given; also return figures by label, and of "sentiment".

    A label whose rows do not show both values cannot have been learnt; it is pinned.
    """
    labels: dict[Label, LabelCalibration] = {}
    figures: dict[str, CalibrationFigures] = {}
    for column, label in enumerate(LABELS):
        wanted = targets(rows, label)
        known = wanted != UNKNOWN
        wanted, values = wanted[known], logits.labels[known, column]
        if len(set(wanted.tolist())) < 2:
            labels[label] = LabelCalibration(pinned=PINNED)
            continue
        slope, intercept = platt(values, wanted)
        if slope <= 0:
            raise ConfigError([f"label {label}: its logits do not rise with its rate (slope {slope:.3g})"])
        labels[label] = LabelCalibration(slope=round(slope, 5), intercept=round(intercept, 5))
        before = expected_calibration_error(logistic(values), wanted)
        after = expected_calibration_error(logistic(slope * values + intercept), wanted)
        figures[label] = CalibrationFigures(len(wanted), int(wanted.sum()), before, after)
    sentiments = np.array([UNKNOWN if row.sentiment is None else row.sentiment for row in rows])
    known = sentiments != UNKNOWN
    temperature, figures["sentiment"] = _calibrate_sentiment(logits.sentiment[known], sentiments[known])
    return CalibrationFile(labels=labels, sentiment=SentimentCalibration(temperature=round(temperature, 5))), figures


def _calibrate_sentiment(logits: Array, wanted: npt.NDArray[np.int64]) -> tuple[float, CalibrationFigures]:
    if not len(wanted):
        raise ConfigError(["no row to calibrate sentiment on"])
    temperature = fit_temperature(logits, wanted)
    errors: list[float] = []
    for divisor in (1.0, temperature):
        probabilities = softmax(logits / divisor)
        right = (probabilities.argmax(axis=1) == wanted).astype(np.int64)
        errors.append(expected_calibration_error(probabilities.max(axis=1), right))
    return temperature, CalibrationFigures(len(wanted), int((wanted == 2).sum()), *errors)


def platt(logits: Array, wanted: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Slope and intercept of the logistic function of the logits that is likeliest, by Newton's method.

    Platt 1999, Probabilistic Outputs for Support Vector Machines: the targets are (n1 + 1) / (n1 + 2) and 1 / (n0 + 2)
    rather than 1 and 0, so that separable rows do not ask for an infinite slope.
    """
    positives = int(wanted.sum())
    negatives = len(wanted) - positives
    smooth = np.where(wanted == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    inputs = np.column_stack([logits, np.ones(len(logits))])
    parameters = np.array([1.0, 0.0])
    loss = _log_loss(inputs @ parameters, smooth)
    for _ in range(NEWTON_STEPS):
        scores = logistic(inputs @ parameters)
        gradient = inputs.T @ (scores - smooth)
        curvature = inputs.T @ (inputs * (scores * (1 - scores))[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while (stepped := _log_loss(inputs @ (parameters - step), smooth)) > loss and np.abs(step).max() > CONVERGED:
            step /= 2  # too far: the loss is convex, so half of it helps sooner or later
        parameters -= step
        loss = stepped
        if np.abs(step).max() <= CONVERGED:
            break
    return float(parameters[0]), float(parameters[1])


def fit_temperature(logits: Array, wanted: npt.NDArray[np.int64]) -> float:
    """The divisor of the logits that makes the wanted classes likeliest (Guo et al. 2017).

    The loss is convex in 1 / temperature: halving by the sign of its slope finds the bottom.
    """
    low, high = 0.01, 100.0
    chosen = logits[np.arange(len(wanted)), wanted]
    for _ in range(60):
        middle = float(np.sqrt(low * high))
        expected = (softmax(logits * middle) * logits).sum(axis=1)
        if float((expected - chosen).mean()) > 0:
            high = middle
        else:
            low = middle
    return 1.0 / low


def expected_calibration_error(scores: Array, wanted: npt.NDArray[np.int64]) -> float:
    """Mean distance of score and rate over 15 bins of equal width, weighted by the rows in each (Guo et al. 2017)."""
    bins = np.minimum((scores * BINS).astype(np.int64), BINS - 1)
    sums = np.bincount(bins, weights=scores - wanted, minlength=BINS)
    return float(np.abs(sums).sum() / len(scores))


def logistic(values: Array) -> Array:
    """1 / (1 + e^-x), safe for large values."""
    result: Array = 1.0 / (1.0 + np.exp(-np.clip(values, -50.0, 50.0)))
    return result


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
    return result


def _log_loss(logits: Array, wanted: Array) -> float:
    return float((np.logaddexp(0.0, logits) - wanted * logits).sum())
