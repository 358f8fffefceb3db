"""The interval of a difference between two shares of the same messages."""

import pytest

from moderator.comparison.paired import paired_difference


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ((36, 2, 12, 0), (0.2, 0.0569, 0.3404)),  # Newcombe, 1998
        ((14, 0, 5, 22), (0.122, 0.0115, 0.2265)),  # Altman, "Statistics with Confidence", 2000, page 52
    ],
)
def test_published_figures(counts: tuple[int, int, int, int], published: tuple[float, float, float]) -> None:
    """The method's author's example, and one where the correction for continuity counts."""
    assert paired_difference(*counts) == pytest.approx(published, abs=5e-4)


def test_the_other_way_round() -> None:
    """What rises from one side falls from the other."""
    rise, fall = paired_difference(700, 3, 40, 2_000), paired_difference(700, 40, 3, 2_000)
    assert (rise.expected, rise.low, rise.high) == pytest.approx((-fall.expected, -fall.high, -fall.low))


def test_no_change_seen_is_not_none_for_sure() -> None:
    """The more messages, the surer."""
    few, many = paired_difference(0, 0, 0, 50), paired_difference(0, 0, 0, 50_000)
    assert few.expected == many.expected == 0
    assert few.low < many.low < 0 < many.high < few.high


def test_agreement_narrows() -> None:
    """The same shares, paired and crossed: messages that agree tell more."""
    agreeing, crossed = paired_difference(100, 5, 5, 890), paired_difference(5, 100, 100, 795)
    assert agreeing.high - agreeing.low < (crossed.high - crossed.low) / 2
