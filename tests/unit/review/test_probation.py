"""A large model decides by itself only while pairs of blinded opinions prove that it may."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import count, takewhile

import pytest

from moderator.contracts.verdict import Outcome
from moderator.review.probation import Pair, Probation, ProbationLimits, Standing
from tests.unit.review.reviewed import AT

LIMITS = ProbationLimits(window=200, fewest=50, recent=40, needed=0.85, most_false_allows=0.15, confidence=0.95)
ALLOW, BLOCK = Outcome.ALLOW, Outcome.BLOCK
POLICY = "c81e6f3a5d907b24"
NUMBERS = count()


def said(model: Outcome, person: Outcome, times: int, policy: str = POLICY, *, canary: bool = False) -> Iterator[Pair]:
    """So many pairs on new escalations, a minute after each other."""
    for _ in range(times):
        number = next(NUMBERS)
        yield Pair(f"e-{number}", policy, model, person, AT + timedelta(minutes=number), canary)


def agreed(times: int, policy: str = POLICY) -> list[Pair]:
    """Half of them on blocks."""
    half = times // 2
    return [*said(BLOCK, BLOCK, half, policy), *said(ALLOW, ALLOW, times - half, policy)]


def tell(probation: Probation, *pairs: Pair) -> Standing:
    """Where the pairs lead."""
    for pair in pairs:
        probation.add(pair)
    return probation.standing(POLICY)


def lasts(probation: Probation, model: Outcome, person: Outcome) -> int:
    """How many such pairs trust outlives."""
    told = (tell(probation, pair) for pair in said(model, person, LIMITS.window))
    return sum(1 for _ in takewhile(lambda standing: standing is Standing.TRUSTED, told))


def test_trust_is_earned_by_enough_pairs() -> None:
    """Perfect agreement of too few is not proof."""
    probation = Probation(LIMITS)
    assert probation.standing(POLICY) is Standing.ON_PROBATION
    assert tell(probation, *agreed(49)) is Standing.ON_PROBATION
    assert tell(probation, *agreed(1)) is Standing.TRUSTED


def test_the_lower_bound_counts_not_the_share() -> None:
    """45 of 50 agree, which is above what is needed, but may be luck."""
    pairs = [*agreed(45), *said(BLOCK, ALLOW, 5)]
    probation = Probation(LIMITS, pairs)
    figures = probation.figures(POLICY)
    assert figures.agreement
    assert figures.agreement.expected == 0.9
    assert figures.agreement_bound < LIMITS.needed
    assert figures.standing is Standing.ON_PROBATION


def test_false_allows_weigh_more_than_false_blocks() -> None:
    """The same number of mistakes in the two directions."""
    cautious = Probation(LIMITS, [*said(BLOCK, ALLOW, 4), *said(ALLOW, ALLOW, 46), *said(BLOCK, BLOCK, 50)])
    lax = Probation(LIMITS, [*said(ALLOW, BLOCK, 4), *said(BLOCK, BLOCK, 46), *said(ALLOW, ALLOW, 50)])
    assert cautious.figures(POLICY).agreement == lax.figures(POLICY).agreement
    assert cautious.standing(POLICY) is Standing.TRUSTED
    assert lax.standing(POLICY) is Standing.ON_PROBATION


def test_a_model_that_allows_everything_is_never_trusted() -> None:
    """However harmless the queue; nor is one that was not seen to block enough of what people block."""
    assert tell(Probation(LIMITS), *said(ALLOW, BLOCK, 4), *said(ALLOW, ALLOW, 196)) is Standing.ON_PROBATION
    unproven = Probation(LIMITS, [*said(BLOCK, BLOCK, 10), *said(ALLOW, ALLOW, 90)])
    assert unproven.figures(POLICY).false_allow_bound > LIMITS.most_false_allows
    assert unproven.standing(POLICY) is Standing.ON_PROBATION
    assert tell(unproven, *said(BLOCK, BLOCK, 10)) is Standing.TRUSTED


def test_only_the_last_pairs_count() -> None:
    """What a model did long ago does not hold it back."""
    bad_start = Probation(LIMITS, said(BLOCK, ALLOW, 60))
    assert tell(bad_start, *agreed(150)) is Standing.ON_PROBATION
    assert tell(bad_start, *agreed(50)) is Standing.TRUSTED
    assert bad_start.figures(POLICY).tally.pairs == LIMITS.window


def test_drift_revokes_soon_but_not_at_the_first_mistake() -> None:
    """A long good record does not hide a bad present; letting pass what people block is seen sooner."""
    good = [pair for _ in range(50) for pair in agreed(4)]
    letting_pass = lasts(Probation(LIMITS, good), ALLOW, BLOCK)
    overblocking = lasts(Probation(LIMITS, good), BLOCK, ALLOW)
    assert 1 <= letting_pass < overblocking < LIMITS.recent // 2


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(("model", "known"), [(ALLOW, BLOCK), (BLOCK, ALLOW)])
def test_a_failed_canary_revokes_at_once(model: Outcome, known: Outcome, *, trusted: bool) -> None:
    """Also on probation: what went before proves nothing any more."""
    probation = Probation(LIMITS, agreed(100 if trusted else 40))
    assert tell(probation, *said(known, known, 3, canary=True)) is not Standing.REVOKED
    assert tell(probation, *said(model, known, 1, canary=True)) is Standing.REVOKED
    assert tell(probation, *agreed(49)) is Standing.REVOKED


def test_canaries_prove_nothing_good() -> None:
    """They are not what users write."""
    probation = Probation(LIMITS)
    assert tell(probation, *said(BLOCK, BLOCK, 100, canary=True)) is Standing.ON_PROBATION
    assert probation.figures(POLICY).tally.pairs == 0


def test_after_a_revocation_trust_is_earned_anew() -> None:
    """By pairs from after it; those that come late are from before."""
    late = agreed(50)
    probation = Probation(LIMITS, agreed(50))
    failed = list(said(ALLOW, BLOCK, 1, canary=True))
    assert tell(probation, *failed) is Standing.REVOKED
    assert probation.figures(POLICY).revoked_at == failed[0].at
    assert tell(probation, *late, *agreed(49)) is Standing.REVOKED
    assert tell(probation, *agreed(1)) is Standing.TRUSTED


def test_each_policy_document_has_its_own_standing() -> None:
    """A changed one has another hash, and is new."""
    probation = Probation(LIMITS, [*agreed(50), *agreed(49, "other")])
    assert (probation.standing(POLICY), probation.standing("other")) == (Standing.TRUSTED, Standing.ON_PROBATION)
    tell(probation, *said(ALLOW, BLOCK, 1, "other", canary=True))
    assert (probation.standing(POLICY), probation.standing("other")) == (Standing.TRUSTED, Standing.REVOKED)


def test_a_pair_that_comes_twice_counts_once() -> None:
    """So does a second person's word on the same escalation."""
    pairs = agreed(49)
    probation = Probation(LIMITS, [*pairs, *pairs])
    assert tell(probation, *pairs) is Standing.ON_PROBATION
    assert probation.figures(POLICY).tally.pairs == 49


def test_the_pairs_are_all_it_takes() -> None:
    """A restart that reads them back, in whatever order, comes to the same figures."""
    pairs = [*agreed(60), *said(ALLOW, BLOCK, 12), *agreed(30), *said(BLOCK, ALLOW, 2), *said(BLOCK, BLOCK, 20)]
    live = Probation(LIMITS)
    tell(live, *pairs)
    shuffled = random.Random(7).sample(pairs, len(pairs))
    assert Probation(LIMITS, shuffled).figures(POLICY) == live.figures(POLICY)
    assert live.figures(POLICY).revoked_at is not None


def test_the_figures_say_what_decides() -> None:
    """With the interval and Cohen's kappa beside."""
    pairs = [*said(ALLOW, ALLOW, 15), *said(ALLOW, BLOCK, 10), *said(BLOCK, ALLOW, 5), *said(BLOCK, BLOCK, 20)]
    figures = Probation(LIMITS, pairs).figures(POLICY)
    assert figures.tally == (50, 35, 30, 10)
    assert figures.agreement
    assert figures.kappa == pytest.approx(0.4)
    assert figures.agreement == pytest.approx((0.7, 0.5625, 0.8090), abs=5e-5)
    assert figures.agreement_bound == pytest.approx(0.5763, abs=5e-3)
    assert figures.false_allow_bound == pytest.approx(0.4991, abs=5e-3)


def test_without_pairs_the_figures_claim_nothing() -> None:
    """No share, and bounds that exclude nothing."""
    figures = Probation(LIMITS).figures(POLICY)
    assert (figures.standing, figures.agreement, figures.kappa) == (Standing.ON_PROBATION, None, None)
    assert (figures.agreement_bound, figures.false_allow_bound) == (0, 1)
