"""Calibrated scores are the rates they claim to be, and never turn an order round."""

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.training.calibrate import (
    PINNED,
    calibrate,
    expected_calibration_error,
    fit_temperature,
    logistic,
    platt,
    softmax,
)
from moderator.training.score import TextOutputs
from tests.unit.training.written import row

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
