"""Rates and percentiles of the benchmark."""

import pytest

from load.rates import percentile, steady_rate


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
