"""The promise of conformal risk control, held against many drawn samples."""

import random
from math import sqrt
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.policy.band import bound, escalate_from, fewest_for

DRAWS = 4_000
TOLERATED = 4.0  # standard errors; of 10,000 seeds one would fail


@pytest.mark.parametrize(("carrying", "risk"), [(20, 0.05), (20, 0.3), (50, 0.1), (53, 0.1), (200, 0.02), (200, 0.5)])
def test_on_average_the_risk_is_kept_and_hardly_undercut(carrying: int, risk: float) -> None:
    """Of a label whose scores are drawn alike in the sample and on the platform. Theorem 2 of the source: no more than
    2 / (n + 1) of the risk are given away.
    """
    rng = random.Random(carrying * 1_000 + int(risk * 100))
    # Scores are uniform, so a message passes with the probability that is the threshold.
    passing = [escalate_from(sorted(rng.random() for _ in range(carrying)), risk) for _ in range(DRAWS)]
    error = TOLERATED * sqrt(risk * (1 - risk) / carrying / DRAWS)
    assert risk - 2 / (carrying + 1) - error <= mean(passing) <= risk + error


def test_the_promise_holds_for_scores_that_tie() -> None:
    """A model with few distinct scores: counted by the next message of each sample."""
    rng = random.Random(11)
    missed = 0
    for _ in range(DRAWS):
        *sample, following = (rng.choice((0.1, 0.2, 0.2, 0.6, 0.9)) for _ in range(31))
        missed += following < escalate_from(sorted(sample), 0.25)
    assert missed / DRAWS <= 0.25 + TOLERATED * sqrt(0.25 * 0.75 / DRAWS)


@given(
    scores=st.lists(st.floats(0, 1), min_size=1, max_size=60),
    risks=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)),
)
def test_a_lower_risk_never_begins_later(scores: list[float], risks: tuple[float, float]) -> None:
    """And what the sample misses keeps to the bound that is promised."""
    ascending = sorted(scores)
    low, high = sorted(risks)
    if fewest_for(low) > len(scores):
        return
    assert escalate_from(ascending, low) <= escalate_from(ascending, high)
    missed = sum(score < escalate_from(ascending, low) for score in scores)
    assert bound(missed, len(scores)) <= low + 1e-9


@given(st.floats(0.001, 0.999))
def test_as_few_rows_as_are_said_to_suffice_do(risk: float) -> None:
    """And one fewer do not, so that nobody is told to collect more than needed, or too few."""
    fewest = fewest_for(risk)
    assert escalate_from([0.5] * fewest, risk) == 0.5
    with pytest.raises(ValueError, match="too few"):
        escalate_from([0.5] * (fewest - 1), risk)


@pytest.mark.parametrize("carrying", range(1, 45))
def test_a_bound_is_a_risk_that_can_be_asked_for(carrying: int) -> None:
    """Whatever a quotient loses in binary, it costs no message: 15 / 22 of 22 are 15."""
    ascending = [number / 100 for number in range(carrying)]
    for missed in range(carrying):
        assert escalate_from(ascending, bound(missed, carrying)) == ascending[missed]
