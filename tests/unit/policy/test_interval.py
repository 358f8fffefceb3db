"""Wilson's interval against published values and many draws."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.policy.interval import wilson


def test_known_values() -> None:
    """Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3."""
    for hits, trials, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        interval = wilson(hits / trials, trials)
        assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-4)


def test_it_holds_what_it_says() -> None:
    """Nineteen in twenty, or close to it."""
    rng = random.Random(4)
    held = 0
    for _ in range(2_000):
        interval = wilson(sum(rng.random() < 0.1 for _ in range(80)) / 80, 80)
        held += interval.low <= 0.1 <= interval.high
    assert held / 2_000 > 0.93


@given(part=st.floats(0, 1), trials=st.floats(0.5, 1e6))
def test_the_estimate_lies_within(part: float, trials: float) -> None:
    """Also where all or none hit."""
    interval = wilson(part, trials)
    assert 0 <= interval.low <= part <= interval.high <= 1
