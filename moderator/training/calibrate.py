"""Logits to scores that mean what they say: each head by the curve that holds up in cross-validation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import CalibrationFile, LabelCalibration, SentimentCalibration, follow
from moderator.training.calibration_error import Bin, expected_calibration_error, perfect_error, reliability
from moderator.training.calibration_fits import (
    Array,
    Targets,
    balanced,
    fit_temperature,
    isotonic,
    logistic,
    platt,
    slope_alone,
    softmax,
)
from moderator.training.rows import Row, digest
from moderator.training.score import TextOutputs

PINNED = 0.01  # the score of a label that nothing was learnt of: below every threshold, and visibly not a zero
FOLDS = 5
BY_CHANCE = 1.25  # a calibration error up to this many times what chance alone shows is no reason for another curve
UNKNOWN = -1
DIGITS = 5
SMALLEST_RATE = 1e-6  # under the logarithm


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """How far the scores of one head are from the rates they stand for (expected calibration error).

    `after` is of scores of rows that their curve was not fitted on (five folds); `perfect` is what scores without any
    error would show on as many rows; `tried` is the log loss and the error of each curve in cross-validation.
    """

    rows: int
    positives: int
    method: str
    before: float
    after: float
    perfect: float
    tried: dict[str, tuple[float, float]]
    bins_before: list[Bin]
    bins_after: list[Bin]


def targets(rows: Sequence[Row], label: Label) -> npt.NDArray[np.int64]:
    """1, 0 or -1 (unknown) of each row."""
    return np.array([row.labels.get(label, UNKNOWN) for row in rows], dtype=np.int64)


def calibrate(rows: Sequence[Row], logits: TextOutputs) -> tuple[CalibrationFile, dict[str, CalibrationFigures]]:
    """Fit every head on `rows`, whose logits are given; also return figures by label, and of "sentiment".

    A label whose rows do not show both values cannot have been learnt; it is pinned.
    """
    folds = np.array([digest(row.text)[-1] % FOLDS for row in rows], dtype=np.int64)
    labels: dict[Label, LabelCalibration] = {}
    figures: dict[str, CalibrationFigures] = {}
    for column, label in enumerate(LABELS):
        wanted = targets(rows, label)
        known = wanted != UNKNOWN
        if len(set(wanted[known].tolist())) < 2:
            labels[label] = LabelCalibration(pinned=PINNED)
            continue
        values = logits.labels[known, column]
        if platt(values, wanted[known])[0] <= 0:
            raise ConfigError([f"label {label}: its logits do not rise with its rate"])
        labels[label], figures[label] = calibrate_label(values, wanted[known], folds[known])
    sentiments = np.array([UNKNOWN if row.sentiment is None else row.sentiment for row in rows], dtype=np.int64)
    known = sentiments != UNKNOWN
    if not known.any():
        raise ConfigError(["no row to calibrate sentiment on"])
    sentiment, figures["sentiment"] = calibrate_sentiment(logits.sentiment[known], sentiments[known], folds[known])
    return CalibrationFile(labels=labels, sentiment=sentiment), figures


def fit_slope_alone(logits: Array, wanted: Targets) -> LabelCalibration:
    """Temperature scaling: one parameter."""
    return LabelCalibration(slope=round(slope_alone(logits, wanted), DIGITS), intercept=0.0)


def fit_platt(logits: Array, wanted: Targets) -> LabelCalibration:
    """Platt scaling: two parameters."""
    slope, intercept = platt(logits, wanted)
    return LabelCalibration(slope=max(round(slope, DIGITS), 10**-DIGITS), intercept=round(intercept, DIGITS))


def fit_isotonic(logits: Array, wanted: Targets) -> LabelCalibration:
    """A curve through the steps of isotonic regression; Platt scaling where the rows show no step."""
    points = [(round(x, DIGITS), round(y, DIGITS)) for x, y in isotonic(logits, wanted)]
    return LabelCalibration(points=tuple(points)) if points else fit_platt(logits, wanted)


# The simplest first.
METHODS: dict[str, Callable[[Array, Targets], LabelCalibration]] = {
    "temperature": fit_slope_alone,
    "Platt": fit_platt,
    "isotonic": fit_isotonic,
}


def calibrate_label(logits: Array, wanted: Targets, folds: Targets) -> tuple[LabelCalibration, CalibrationFigures]:
    """The simplest curve whose calibration error in cross-validation chance explains, else the one with the lowest,
    fitted to all rows; among those that are as likely as the likeliest (log loss within one standard error of the
    difference, as in Breiman et al. 1984).
    """
    scores = {name: out_of_fold(fit, logits, wanted, folds) for name, fit in METHODS.items()}
    losses = {name: log_loss(found, wanted) for name, found in scores.items()}
    errors = {name: expected_calibration_error(found, wanted) for name, found in scores.items()}
    likeliest = losses[min(losses, key=lambda name: float(losses[name].mean()))]
    allowed = [
        name
        for name, loss in losses.items()
        if (loss - likeliest).mean() <= (loss - likeliest).std() / np.sqrt(len(wanted))
    ]
    explained = [name for name in allowed if errors[name] <= BY_CHANCE * perfect_error(scores[name])]
    chosen = explained[0] if explained else min(allowed, key=lambda name: errors[name])
    return METHODS[chosen](logits, wanted), CalibrationFigures(
        len(wanted),
        int(wanted.sum()),
        chosen,
        expected_calibration_error(logistic(logits), wanted),
        errors[chosen],
        perfect_error(scores[chosen]),
        {name: (float(losses[name].mean()), errors[name]) for name in METHODS},
        reliability(logistic(logits), wanted),
        reliability(scores[chosen], wanted),
    )


def out_of_fold(
    fit: Callable[[Array, Targets], LabelCalibration], logits: Array, wanted: Targets, folds: Targets
) -> Array:
    """The score of each row by a curve that was fitted to the rows of the other folds."""
    scores = np.empty(len(wanted))
    for fold in range(FOLDS):
        inside = folds == fold
        curve = fit(logits[~inside], wanted[~inside])
        scores[inside] = curve_scores(curve, logits[inside])
    return scores


def curve_scores(curve: LabelCalibration, logits: Array) -> Array:
    """Scores by one label's curve, as serving reckons them."""
    if curve.points is not None:
        return logistic(follow(np.array(curve.points), logits))
    return logistic((curve.slope or 1.0) * logits + (curve.intercept or 0.0))


def log_loss(scores: Array, wanted: Targets) -> Array:
    """Of each row."""
    loss: Array = -np.log(np.maximum(np.where(wanted == 1, scores, 1.0 - scores), SMALLEST_RATE))
    return loss


def calibrate_sentiment(
    logits: Array, wanted: Targets, folds: Targets
) -> tuple[SentimentCalibration, CalibrationFigures]:
    """A temperature and class biases for classes that weigh the same, or the temperature alone where the likeliest
    class then has the higher macro-recall in cross-validation (`tried` holds it in the place of the log loss). Errors
    are of the likeliest class's probability, every class weighing the same if the biases are taken.
    """
    fits = {"temperature": fit_sentiment_temperature, "balanced": fit_balanced}
    scores = {name: np.empty_like(logits) for name in fits}
    for name, fit in fits.items():
        for fold in range(FOLDS):
            inside = folds == fold
            scores[name][inside] = sentiment_scores(fit(logits[~inside], wanted[~inside]), logits[inside])
    recalls = {name: macro_recall(found, wanted) for name, found in scores.items()}
    chosen = max(fits, key=lambda name: recalls[name])
    weights = 1.0 / np.bincount(wanted, minlength=3)[wanted] if chosen == "balanced" else np.ones(len(wanted))
    before, after = (likeliest(found, wanted) for found in (softmax(logits), scores[chosen]))
    return fits[chosen](logits, wanted), CalibrationFigures(
        len(wanted),
        int((wanted == 2).sum()),
        chosen,
        expected_calibration_error(*before, weights),
        expected_calibration_error(*after, weights),
        perfect_error(after[0], weights),
        {name: (recalls[name], expected_calibration_error(*likeliest(scores[name], wanted), weights)) for name in fits},
        reliability(*before),
        reliability(*after),
    )


def fit_sentiment_temperature(logits: Array, wanted: Targets) -> SentimentCalibration:
    """One temperature; every row weighs the same."""
    return SentimentCalibration(temperature=round(fit_temperature(logits, wanted), DIGITS))


def fit_balanced(logits: Array, wanted: Targets) -> SentimentCalibration:
    """A temperature and biases; every class weighs the same."""
    temperature, biases = balanced(logits, wanted)
    negative, neutral, positive = (round(float(bias), DIGITS) for bias in biases)
    return SentimentCalibration(temperature=round(temperature, DIGITS), biases=(negative, neutral, positive))


def sentiment_scores(fitted: SentimentCalibration, logits: Array) -> Array:
    """Probabilities of the three classes, as serving reckons them."""
    return softmax(logits / fitted.temperature + np.array(fitted.biases))


def likeliest(probabilities: Array, wanted: Targets) -> tuple[Array, Targets]:
    """The probability of each row's likeliest class, and whether it is the wanted one."""
    right = (probabilities.argmax(axis=1) == wanted).astype(np.int64)
    return probabilities.max(axis=1), right


def macro_recall(probabilities: Array, wanted: Targets) -> float:
    """Mean over the classes of the part of their rows where they are the likeliest."""
    right = likeliest(probabilities, wanted)[1]
    return float(np.mean([right[wanted == value].mean() for value in sorted(set(wanted.tolist()))]))
