"""Logits to calibrated scores."""

from dataclasses import dataclass
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
    """Platt scaling of one label, or a fixed score for a head that was never trained."""

    slope: float | None = Field(default=None, gt=0)
    intercept: float | None = None
    pinned: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _one_form(self) -> "LabelCalibration":
        if {self.slope is None, self.intercept is None} != {self.pinned is not None}:
            raise ValueError("needs either slope and intercept, or pinned")
        return self


class SentimentCalibration(_Part):
    """Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks)."""

    temperature: float = Field(gt=0)


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
    temperature: float

    def label_scores(self, logits: npt.NDArray[np.floating]) -> Array:
        """Label logits [n, 8] to scores 0-1: the logistic function of slope x logit + intercept (Platt 1999)."""
        scores = 1.0 / (1.0 + np.exp(-np.clip(logits * self.slopes + self.intercepts, -50.0, 50.0)))
        return np.where(np.isnan(self.pinned), scores, self.pinned)

    def sentiment_scores(self, logits: npt.NDArray[np.floating]) -> Array:
        """Sentiment logits [n, 3] to probabilities: softmax of logits / temperature."""
        scaled = logits.astype(np.float64) / self.temperature
        exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        probabilities: Array = exponentials / exponentials.sum(axis=1, keepdims=True)
        return probabilities


def load_calibration(path: Path) -> Calibration:
    """Read a verified calibration file. Raises ModelError that lists what is wrong in it."""
    try:
        file = CalibrationFile.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ModelError([f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]) from None
    missing = [f"{path}: no calibration for label {label}" for label in LABELS if label not in file.labels]
    if missing:
        raise ModelError(missing)
    parts = [file.labels[label] for label in LABELS]
    return Calibration(
        np.array([1.0 if part.slope is None else part.slope for part in parts]),
        np.array([part.intercept or 0.0 for part in parts]),
        np.array([np.nan if part.pinned is None else part.pinned for part in parts]),
        file.sentiment.temperature,
    )
