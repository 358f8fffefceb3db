"""Calibrated scores are the rates they claim to be, and never turn an order round."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import LabelCalibration
from moderator.training.calibrate import (
    PINNED,
    calibrate,
    calibrate_label,
    calibrate_sentiment,
    out_of_fold,
    sentiment_scores,
)
from moderator.training.calibration_error import expected_calibration_error, perfect_error, reliability
from moderator.training.calibration_fits import balanced, fit_temperature, isotonic, logistic, platt, softmax
from moderator.training.score import TextOutputs
from tests.unit.training.written import row

Array = npt.NDArray[np.float64]
Targets = npt.NDArray[np.int64]
RANDOM = np.random.default_rng(11)


def test_platt_finds_the_curve_that_drew_the_labels() -> None:
    """Rows drawn by a known slope and intercept give them back."""
    logits = RANDOM.normal(0, 2, 40_000)
    wanted = (RANDOM.random(len(logits)) < logistic(0.6 * logits - 1.5)).astype(np.int64)
    slope, intercept = platt(logits, wanted)
    assert slope == pytest.approx(0.6, abs=0.03)
    assert intercept == pytest.approx(-1.5, abs=0.05)


def test_platt_stays_finite_where_the_sides_do_not_touch() -> None:
    """Separable rows have no likeliest slope but for Platt's targets."""
    logits = np.array([-9.0, -8.0, -7.5, 6.0, 7.0])
    slope, intercept = platt(logits, np.array([0, 0, 0, 1, 1]))
    assert 0 < slope < 1
    assert logistic(slope * logits + intercept).sum() == pytest.approx(3 * 1 / 5 + 2 * 3 / 4)


def test_temperature_finds_how_overconfident_the_logits_are() -> None:
    """Logits multiplied by three need to be divided by three."""
    logits = RANDOM.normal(0, 1.5, (30_000, 3))
    draws = RANDOM.random((len(logits), 1))
    wanted = (softmax(logits).cumsum(axis=1) < draws).sum(axis=1).clip(0, 2)
    assert fit_temperature(3.0 * logits, wanted) == pytest.approx(3.0, rel=0.05)


def test_calibration_error_is_the_distance_of_score_and_rate() -> None:
    """Right half the time at .5 is no error; always at .9 right half the time is .4."""
    wanted = np.array([0, 1] * 50)
    assert expected_calibration_error(np.full(100, 0.5), wanted) == pytest.approx(0.0)
    assert expected_calibration_error(np.full(100, 0.9), wanted) == pytest.approx(0.4)
    assert expected_calibration_error(np.ones(100), np.ones(100, dtype=np.int64)) == pytest.approx(0.0)


def test_calibration_error_can_weigh_rows() -> None:
    """A row that counts for nothing shows no error."""
    scores, wanted = np.array([0.5, 0.5, 0.9]), np.array([0, 1, 0])
    assert expected_calibration_error(scores, wanted, np.array([1.0, 1.0, 0.0])) == pytest.approx(0.0)


def test_scores_without_error_still_show_some_on_few_rows() -> None:
    """So that nobody takes chance for miscalibration; it fades with the number of rows."""
    scores = np.full(50, 0.5)
    assert perfect_error(scores) == pytest.approx(np.sqrt(0.25 / 50) * np.sqrt(2 / np.pi), rel=0.2)
    assert perfect_error(np.full(5000, 0.5)) < perfect_error(scores) / 5


def test_reliability_bins_hold_every_row_once() -> None:
    """A score of 1 belongs to the last of them; empty ones are left out."""
    first, last = reliability(np.array([0.01, 0.03, 1.0]), np.array([0, 1, 1]))
    assert first.score == pytest.approx(0.02)
    assert (first.rows, first.rate) == (2, 0.5)
    assert (last.rows, last.score, last.rate) == (1, 1.0, 1.0)


def drawn(curve: Callable[[Array], Array], rows: int) -> tuple[Array, Targets, Targets]:
    """Logits, labels drawn at the rate that `curve` gives each, and folds."""
    logits = RANDOM.normal(0, 2.5, rows)
    return logits, (RANDOM.random(rows) < curve(logits)).astype(np.int64), np.arange(rows) % 5


def test_the_isotonic_curve_rises_and_needs_rows_to_bend() -> None:
    """Where a hundred rows show no step there is no curve."""
    logits, wanted, _ = drawn(logistic, 5_000)
    points = np.array(isotonic(logits, wanted))
    assert 2 < len(points) <= 10
    assert (np.diff(points, axis=0) > 0).all()
    assert isotonic(logits[:150], wanted[:150]) == ()


def test_a_straight_head_keeps_platts_curve_and_a_bent_one_does_not() -> None:
    """Cross-validation tells them apart: only a rate that Platt's curve cannot follow is worth more parameters."""
    straight, figures = calibrate_label(*drawn(lambda x: logistic(0.5 * x - 1.0), 8_000))
    assert (straight.points, figures.method) == (None, "Platt")
    bent, figures = calibrate_label(*drawn(lambda x: np.where(x < 0, 0.02, np.where(x < 2, 0.4, 0.95)), 8_000))
    assert figures.method == "isotonic"
    assert bent.points is not None
    assert figures.after < 0.6 * figures.tried["Platt"][1]


def test_errors_after_calibration_are_of_rows_that_the_curve_has_not_seen() -> None:
    """A fold that is unlike all others is scored by what the others show."""
    folds = np.arange(400) % 5
    wanted = (folds == 0).astype(np.int64)

    def rate_alone(_: Array, seen: Targets) -> LabelCalibration:
        return LabelCalibration(
            slope=1e-9, intercept=float(np.log((seen.sum() + 0.5) / (len(seen) - seen.sum() + 0.5)))
        )

    scores = out_of_fold(rate_alone, RANDOM.normal(0, 2, 400), wanted, folds)
    assert scores[folds == 0].max() < 0.01
    assert scores[folds != 0].min() > 0.2


def test_balanced_sentiment_takes_the_rows_rates_out() -> None:
    """Logits that lean to a class by how common it was in training are set upright."""
    wanted = RANDOM.choice(3, 20_000, p=(0.1, 0.7, 0.2))
    logits = RANDOM.normal(0, 1, (20_000, 3)) + 1.2 * np.eye(3)[wanted] + np.log([0.1, 0.7, 0.2])
    temperature, biases = balanced(logits, wanted)
    assert biases == pytest.approx(
        -np.log([0.1, 0.7, 0.2]) / temperature + biases.mean() + np.log([0.1, 0.7, 0.2]).mean() / temperature, abs=0.1
    )
    fitted, figures = calibrate_sentiment(logits, wanted, np.arange(20_000) % 5)
    assert figures.method == "balanced"
    assert figures.after < 0.02
    found = sentiment_scores(fitted, logits).argmax(axis=1)
    recalls = [(found[wanted == value] == value).mean() for value in range(3)]
    assert max(recalls) - min(recalls) < 0.05


def outputs(labels: list[float], moods: int) -> TextOutputs:
    """The same logit for every label of a row, and a mood that is always right."""
    return TextOutputs(np.tile(np.array(labels)[:, None], len(LABELS)), np.eye(3)[np.arange(moods) % 3])


def test_a_label_that_was_never_seen_both_ways_is_pinned() -> None:
    """A head that learnt nothing says .5 to everything; its score is fixed low instead."""
    rows = [row(f"row {n}", sentiment=n % 3, toxic=n % 2, spam=0) for n in range(60)]
    fitted, figures = calibrate(rows, outputs([n % 2 - 0.5 for n in range(60)], 60))
    assert fitted.labels[Label.SELF_HARM].pinned == PINNED
    assert fitted.labels[Label.SPAM].pinned == PINNED
    toxic = fitted.labels[Label.TOXIC]
    assert toxic.slope is not None
    assert toxic.slope > 1
    assert set(figures) == {"toxic", "sentiment"}
    assert figures["toxic"].rows == 60
    assert figures["toxic"].after <= figures["toxic"].before


def test_a_head_that_points_the_wrong_way_is_refused() -> None:
    """A falling slope would publish the opposite of what was learnt."""
    rows = [row(f"row {n}", sentiment=n % 3, toxic=n % 2) for n in range(60)]
    with pytest.raises(ConfigError, match="toxic"):
        calibrate(rows, outputs([0.5 - n % 2 for n in range(60)], 60))
