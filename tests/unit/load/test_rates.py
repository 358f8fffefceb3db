"""Rates and percentiles of the benchmark."""

import pytest

from load.rates import percentile, steady_rate, until_rate


def test_the_steady_rate_leaves_out_a_slow_start_and_a_slow_end() -> None:
    """Warming up and running dry say nothing of the speed in between."""
    start = [float(at) for at in range(0, 10_000, 100)]
    middle = [10_000.0 + at for at in range(1, 2_000)]
    end = [20_000.0 + at for at in range(0, 10_000, 100)]
    assert steady_rate([*start, *middle, *end]) == pytest.approx(1_000, rel=0.01)


def test_the_steady_rate_of_bursts_is_that_of_the_batches_between_two_moments() -> None:
    """500 verdicts every 500 ms are 1,000/s, however they are cut."""
    bursts = [500.0 * batch for batch in range(20) for _ in range(500)]
    assert steady_rate(bursts) == 1_000


def test_too_few_arrivals_have_no_rate() -> None:
    """All in one moment: a rate would be infinite."""
    with pytest.raises(ValueError, match="too few"):
        steady_rate([7.0] * 100)


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 50), (99, 99), (99.5, 100), (100, 100)])
def test_percentiles_are_values_that_were_measured(percent: float, expected: float) -> None:
    """Nearest rank: the smallest value that so many per cent do not exceed."""
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_a_rate_is_reached_at_the_end_of_the_second_that_has_it() -> None:
    """Ten a second for five seconds, then a hundred: ninety of a second are there 0.89 s after the change at most."""
    slow = [100.0 * number for number in range(50)]
    fast = [5_000.0 + 10 * number for number in range(200)]
    reached = until_rate([*slow, *fast], 90)
    assert 5_850 <= reached <= 5_890
    assert sum(reached - 1000 < at <= reached for at in [*slow, *fast]) == 90


def test_a_second_leaves_out_what_came_a_second_before_its_end() -> None:
    """Two arrivals a second apart are one a second, not two."""
    assert until_rate([0.0, 1_000.0, 1_999.0], 2) == 1_999.0


def test_a_burst_counts_at_its_moment() -> None:
    """Verdicts of one batch have one time."""
    assert until_rate([0.0] * 100 + [500.0] * 100, 150) == 500.0


def test_a_rate_that_is_never_reached_is_an_error() -> None:
    """No figure is made of it."""
    with pytest.raises(ValueError, match="no second had 3 arrivals"):
        until_rate([0.0, 900.0, 1_800.0], 3)
