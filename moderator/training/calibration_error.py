"""How far scores are from the rates that they stand for."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 15  # as in Guo et al. 2017
DRAWS = 200

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose scores lie close together: how many, their mean score, the part of them that is positive."""

    rows: int
    score: float
    rate: float


def expected_calibration_error(
    scores: Array, wanted: npt.NDArray[np.int64] | npt.NDArray[np.bool_], weights: Array | None = None
) -> float:
    """Mean distance of score and rate over 15 bins of equal width, weighted by the rows in each (Guo et al. 2017)."""
    weights = np.ones(len(scores)) if weights is None else weights
    sums = np.bincount(_bins(scores), weights=(scores - wanted) * weights, minlength=BINS)
    return float(np.abs(sums).sum() / weights.sum())


def perfect_error(scores: Array, weights: Array | None = None) -> float:
    """The error that chance alone shows: its mean when every row is drawn to be positive at the rate of its score.

    A measured error of this size says no more than that the rows are few (Kumar et al. 2019, Verified Uncertainty
    Calibration).
    """
    random = np.random.default_rng(0)
    drawn = [expected_calibration_error(scores, random.random(len(scores)) < scores, weights) for _ in range(DRAWS)]
    return float(np.mean(drawn))


def reliability(scores: Array, wanted: npt.NDArray[np.int64]) -> list[Bin]:
    """The bins that hold rows, lowest score first."""
    places = _bins(scores)
    return [
        Bin(int(inside.sum()), float(scores[inside].mean()), float(wanted[inside].mean()))
        for inside in (places == number for number in range(BINS))
        if inside.any()
    ]


def _bins(scores: Array) -> npt.NDArray[np.int64]:
    return np.minimum((scores * BINS).astype(np.int64), BINS - 1)
