"""Logits to calibrated scores."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ModelError

Array = npt.NDArray[np.float64]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class LabelCalibration(_Part):
    """One label: Platt scaling, a curve through points, or a fixed score for a head that was never trained.

    A curve's `points` are pairs (logit, calibrated logit), both rising; between two of them it is a straight line, and
    the outermost lines go on. So an order of logits is an order of scores, which isotonic regression's steps break.
    """

    slope: float | None = Field(default=None, gt=0)
    intercept: float | None = None
    points: tuple[tuple[float, float], ...] | None = Field(default=None, min_length=2)
    pinned: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _one_form(self) -> "LabelCalibration":
        given = [name for name in ("slope", "intercept", "points", "pinned") if getattr(self, name) is not None]
        if given not in (["slope", "intercept"], ["points"], ["pinned"]):
            raise ValueError("needs either slope and intercept, or points, or pinned")
        if any(x >= next_x or y >= next_y for (x, y), (next_x, next_y) in pairwise(self.points or ())):
            raise ValueError("points must rise in both their values")
        return self


class SentimentCalibration(_Part):
    """Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks), then an offset of each class:
    the logarithm of how much likelier it is than among the rows that the model was trained on.
    """

    temperature: float = Field(gt=0)
    biases: tuple[float, float, float] = (0.0, 0.0, 0.0)


class CalibrationFile(_Part):
    """calibration.json."""

    labels: dict[Label, LabelCalibration]
    sentiment: SentimentCalibration


@dataclass(frozen=True, slots=True)
class Calibration:
    """The arrays behind a calibration file."""

    slopes: Array
    intercepts: Array
    pinned: Array  # NaN where a label is not pinned
    curves: dict[int, Array]  # points [points, 2] of the labels, by column, that have some
    temperature: float
    biases: Array

    def label_scores(self, logits: npt.NDArray[np.floating]) -> Array:
        """Label logits [n, 8] to scores 0-1: the logistic function of slope x logit + intercept (Platt 1999), or of
        what a label's curve makes of its logit.
        """
        calibrated = logits * self.slopes + self.intercepts
        for column, points in self.curves.items():
            calibrated[:, column] = follow(points, logits[:, column])
        scores = 1.0 / (1.0 + np.exp(-np.clip(calibrated, -50.0, 50.0)))
        return np.where(np.isnan(self.pinned), scores, self.pinned)

    def sentiment_scores(self, logits: npt.NDArray[np.floating]) -> Array:
        """Sentiment logits [n, 3] to probabilities: softmax of logits / temperature + biases."""
        scaled = logits.astype(np.float64) / self.temperature + self.biases
        exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        probabilities: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
        return probabilities


def follow(points: Array, logits: npt.NDArray[np.floating]) -> Array:
    """The curve through `points` [points, 2] at `logits` [n]; its outermost lines go on."""
    x, y = points.T
    slopes = np.diff(y) / np.diff(x)
    beyond = np.minimum(logits - x[0], 0.0) * slopes[0] + np.maximum(logits - x[-1], 0.0) * slopes[-1]
    curve: Array = np.interp(logits, x, y) + beyond
    return curve


def load_calibration(path: Path) -> Calibration:
    """Read a verified calibration file. Raises ModelError that lists what is wrong in it."""
    try:
        file = CalibrationFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ModelError(
            [f"{path}: {'.'.join(map(str, e['loc'])) or 'calibration'}: {e['msg']}" for e in error.errors()]
        ) from None
    missing = [f"{path}: no calibration for label {label}" for label in LABELS if label not in file.labels]
    if missing:
        raise ModelError(missing)
    parts = [file.labels[label] for label in LABELS]
    return Calibration(
        np.array([1.0 if part.slope is None else part.slope for part in parts]),
        np.array([part.intercept or 0.0 for part in parts]),
        np.array([np.nan if part.pinned is None else part.pinned for part in parts]),
        {column: np.array(part.points) for column, part in enumerate(parts) if part.points is not None},
        file.sentiment.temperature,
        np.array(file.sentiment.biases),
    )
