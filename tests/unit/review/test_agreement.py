"""The figures are those of the books."""

from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.review.agreement import cohens_kappa, krippendorffs_alpha, lower_bound, upper_bound


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> list[tuple[str, str]]:
    """Pairs of two reviewers, counted."""
    counts = {("yes", "yes"): yes_yes, ("yes", "no"): yes_no, ("no", "yes"): no_yes, ("no", "no"): no_no}
    return list(chain.from_iterable(repeat(pair, count) for pair, count in counts.items()))


def units(*observers: str) -> list[tuple[str | None, ...]]:
    """Rows of what each observer said, a dot for nothing, to columns by unit."""
    rows = [[None if value == "." else value for value in observer.split()] for observer in observers]
    return list(zip(*rows, strict=True))


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # The three examples of Wikipedia, "Cohen's kappa": the last two agree as often, but not beyond chance.
        (table(20, 5, 10, 15), 0.4),
        (table(45, 15, 25, 15), 0.1304),
        (table(25, 35, 5, 35), 0.2593),
        (table(30, 0, 0, 20), 1.0),
        (table(0, 10, 10, 0), -1.0),
    ],
)
def test_cohens_kappa(pairs: list[tuple[str, str]], kappa: float) -> None:
    """Agreement beyond chance."""
    assert cohens_kappa(pairs) == pytest.approx(kappa, abs=5e-5)


@pytest.mark.parametrize("pairs", [[], table(40, 0, 0, 0)])
def test_kappa_of_what_chance_explains_is_none(pairs: list[tuple[str, str]]) -> None:
    """Where nothing was said, or by both always the same: neither 0 nor 1 would be true."""
    assert cohens_kappa(pairs) is None


@pytest.mark.parametrize(
    ("said", "alpha"),
    [
        # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): examples A, B and C.
        (units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (units("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            units(
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_krippendorffs_alpha(said: list[tuple[str | None, ...]], alpha: float) -> None:
    """Of two values, of several, and of four observers who did not see everything."""
    assert krippendorffs_alpha(said) == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize("said", [[], units("1 1", "1 1"), units("1 .", ". 2")])
def test_alpha_of_what_cannot_differ_is_none(said: list[tuple[str | None, ...]]) -> None:
    """One value in all, or nobody who saw what another did."""
    assert krippendorffs_alpha(said) is None


# Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I: 95 %.
@pytest.mark.parametrize(
    ("successes", "trials", "exact"),
    [
        (81, 263, (0.2527, 0.3676)),
        (15, 148, (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1684)),
        (1, 29, (0.0009, 0.1776)),
    ],
)
def test_intervals_of_a_share(successes: int, trials: int, exact: tuple[float, float]) -> None:
    """Clopper and Pearson's."""
    bounds = lower_bound(successes, trials, 0.975), upper_bound(successes, trials, 0.975)
    assert bounds == pytest.approx(exact, abs=7e-5)  # the table has .1617 for .16165


def test_nothing_tried_tells_nothing() -> None:
    """Any share is possible."""
    assert (lower_bound(0, 0, 0.95), upper_bound(0, 0, 0.95)) == (0, 1)


@pytest.mark.parametrize("trials", [1, 59, 1_000, 100_000])
def test_without_a_failure_the_exact_bound_has_a_closed_form(trials: int) -> None:
    """The trials-th root of the doubt; 59 without a failure are what 95 % in 95 % takes."""
    assert lower_bound(trials, trials, 0.95) == pytest.approx(0.05 ** (1 / trials), rel=1e-9)
    assert upper_bound(0, trials, 0.95) == pytest.approx(1 - 0.05 ** (1 / trials), rel=1e-6)


@given(st.integers(1, 3_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_bounds_enclose_the_share(counts: tuple[int, int]) -> None:
    """And more confidence is further away, whatever the numbers."""
    successes, trials = counts
    share = successes / trials
    assert lower_bound(*counts, 0.99) <= lower_bound(*counts, 0.9) <= share
    assert share <= upper_bound(*counts, 0.9) <= upper_bound(*counts, 0.99)
