"""How far two or more reviewers agree, and how sure that is."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

HALVINGS = 60  # of an interval of length 1: to the last bits of a double
NEGLIGIBLE = 1e-17  # of a sum: less than its last bit


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement of two reviewers beyond chance: 1 is perfect, 0 is chance. None when chance alone would agree on all.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960): (p_o -
    p_e) / (1 - p_e), p_e from each reviewer's own shares.
    """
    total = len(pairs)
    observed = sum(first == second for first, second in pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(count * seconds[value] for value, count in firsts.items())  # p_e * total ** 2
    return (observed * total - by_chance) / (total**2 - by_chance) if by_chance < total**2 else None


def krippendorffs_alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Agreement of any number of reviewers beyond chance, for values without order; each unit holds what they said of
    it, None where one said nothing. 1 is perfect, 0 is chance. None when no two values differ.

    Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: 1 - D_o / D_e over pairable values.
    """
    values: Counter[Hashable] = Counter()
    observed = 0.0
    for unit in units:
        counts = Counter(value for value in unit if value is not None)
        said = counts.total()
        if said > 1:
            values += counts
            observed += _differing(counts) / (said - 1)
    expected = _differing(values)
    return 1 - (values.total() - 1) * observed / expected if expected else None


def lower_bound(successes: int, trials: int, confidence: float) -> float:
    """The exact bound below a share, one-sided: the share that would give so many successes or more with a probability
    of 1 - `confidence`. It is wrong at most that often, however few the trials: for what a permission hangs on.

    Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika
    26 (1934). A two-sided interval of 95 % is both bounds at 0.975. `confidence` is at least 0.5.
    """
    if not successes:
        return 0.0
    low, high = 0.0, successes / trials
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _at_least(successes, trials, middle) > 1 - confidence:
            high = middle
        else:
            low = middle
    return low


def upper_bound(successes: int, trials: int, confidence: float) -> float:
    """The exact bound above a share, one-sided; the mirror of `lower_bound`."""
    return 1 - lower_bound(trials - successes, trials, confidence)


def _differing(counts: Counter[Hashable]) -> int:
    """Ordered pairs of values that differ."""
    return counts.total() ** 2 - sum(count**2 for count in counts.values())


def _at_least(successes: int, trials: int, share: float) -> float:
    """Probability of so many successes or more. `share` is no larger than theirs, so that the terms only fall."""
    ways = math.lgamma(trials + 1) - math.lgamma(successes + 1) - math.lgamma(trials - successes + 1)
    term = math.exp(ways + successes * math.log(share) + (trials - successes) * math.log1p(-share))
    total = term
    for count in range(successes, trials):
        term *= (trials - count) / (count + 1) * share / (1 - share)
        total += term
        if term < total * NEGLIGIBLE:
            break
    return total
