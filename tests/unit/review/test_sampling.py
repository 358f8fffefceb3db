"""A sample is of the size that was asked for, and can be drawn again."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.review.sampling import sampled

IDENTITIES = [f"m-{number}" for number in range(100_000)]
DEVIATIONS = 4  # of a binomial count; a fair draw passes them once in 16,000 times, and these draws are always the same


@pytest.mark.parametrize("part", [0.001, 0.02, 0.25, 0.5, 0.9])
def test_the_sample_has_its_part(part: float) -> None:
    """Of ids that differ in their last digits only."""
    found = sum(sampled(identity, part, "audit") for identity in IDENTITIES)
    expected = part * len(IDENTITIES)
    assert abs(found - expected) < DEVIATIONS * sqrt(expected * (1 - part))


def test_samples_of_different_salts_are_independent() -> None:
    """Whoever is in the audit is in the overlap no more often than others."""
    both = sum(sampled(each, 0.2, "audit") and sampled(each, 0.2, "overlap") for each in IDENTITIES)
    expected = 0.04 * len(IDENTITIES)
    assert abs(both - expected) < DEVIATIONS * sqrt(expected * 0.96)


@given(identity=st.text(st.characters(codec="utf-8")), parts=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_larger_part_holds_the_smaller(identity: str, parts: tuple[float, float]) -> None:
    """So raising it adds to the sample and exchanges nobody; none and all are exact."""
    smaller, larger = sorted(parts)
    assert sampled(identity, larger, "audit") or not sampled(identity, smaller, "audit")
    assert sampled(identity, 1.0, "audit")
    assert not sampled(identity, 0.0, "audit")


def test_it_is_the_same_sample_tomorrow() -> None:
    """By the first 8 bytes of SHA-256 over salt, zero byte and id, as anybody can compute."""
    assert [number for number in range(20) if sampled(f"m-{number}", 0.25, "audit")] == [1, 6, 9, 19]
