"""Two shares of the same messages, and how far they lie apart."""

from math import sqrt

from moderator.policy.interval import Interval, wilson


def paired_difference(both: int, first_only: int, second_only: int, neither: int) -> Interval:
    """By how much the second share is above the first, with the 95 % interval, for messages counted by which of the two
    hold of them; at least one. Not negated intervals of two samples: it is narrower, as most messages agree.

    Source: Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
    data", 1998, method 10: Wilson's intervals of both shares, and their correlation with a correction for continuity.
    """
    total = both + first_only + second_only + neither
    first = wilson((both + first_only) / total, total)
    second = wilson((both + second_only) / total, total)
    correlation = _correlation(both, first_only, second_only, neither)
    below = _reach(second.expected - second.low, first.high - first.expected, correlation)
    above = _reach(second.high - second.expected, first.expected - first.low, correlation)
    difference = (second_only - first_only) / total
    return Interval(difference, max(-1.0, difference - below), min(1.0, difference + above))


def _correlation(both: int, first_only: int, second_only: int, neither: int) -> float:
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    if not margins:
        return 0.0
    product = both * neither - first_only * second_only
    if product > 0:
        total = both + first_only + second_only + neither
        return max(0.0, product - total / 2) / sqrt(margins)
    return product / sqrt(margins)


def _reach(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one - 2 * correlation * one * other + other * other))
