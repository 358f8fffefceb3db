"""Peers are what they are taken for: a linear model that learns words, VADER with its own bound."""

import numpy as np

from moderator.contracts.labels import LABELS, Label
from moderator.training.linear import LinearModel
from moderator.training.peers import vader_scores
from moderator.training.peers_table import peers_table
from tests.unit.training.written import row


def test_the_linear_model_learns_words() -> None:
    """A head whose rows all say the same scores 0 and does not stop the others."""
    rows = [
        row(f"{'awful' if n % 2 else 'lovely'} thing {n % 7}", sentiment=n % 2 * 2, toxic=n % 2, spam=0)
        for n in range(200)
    ]
    scored = LinearModel(rows).score(["An awful thing", "a lovely thing"])
    toxic = scored.labels[:, LABELS.index(Label.TOXIC)]
    assert toxic[0] > 0.9
    assert toxic[1] < 0.1
    assert not scored.labels[:, LABELS.index(Label.SPAM)].any()
    assert scored.sentiment.argmax(axis=1).tolist() == [2, 0]
    assert not scored.sentiment[:, 1].any()


def test_vader_is_neutral_within_its_bound() -> None:
    """And takes the side of its compound score beyond it."""
    scored = vader_scores(["I love this, great!", "This is horrible", "the table is brown"])
    assert scored.sentiment.argmax(axis=1).tolist() == [2, 0, 1]
    assert np.count_nonzero(scored.labels) == 0


def test_speed_is_told_as_a_ratio_to_int8() -> None:
    """A peer that has no such figure has an empty cell."""
    columns, rows = peers_table(
        {
            "models": {
                "int8": {"figures": {"A": 0.9, "B": 0.8}, "texts_per_second": 200.0, "megabytes": 23.0},
                "VADER": {"figures": {"A": 0.7}, "texts_per_second": 500.0, "megabytes": 0.4},
            }
        }
    )
    assert columns == ["held out", "int8", "VADER"]
    assert rows == [
        ["A", ".900", ".700"],
        ["B", ".800", ""],
        ["speed", "1.00 x", "2.50 x"],
        ["size, MB", "23.0", "0.4"],
    ]
