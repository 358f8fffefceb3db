"""A part estimated by counting, with its interval."""

from math import sqrt
from typing import NamedTuple

Z = 1.959964  # of the normal distribution: 95 % within


class Interval(NamedTuple):
    """An estimate and the 95 % interval around it."""

    expected: float
    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        """All three, scaled."""
        return Interval(self.expected * factor, self.low * factor, self.high * factor)


def wilson(part: float, trials: float) -> Interval:
    """The score interval of a `part` seen in `trials` independent trials, more than 0. It does not collapse where all
    or none hit. Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    z2 = Z * Z / trials
    centre = (part + z2 / 2) / (1 + z2)
    reach = Z / (1 + z2) * sqrt(part * (1 - part) / trials + z2 / (4 * trials))
    # What was seen lies within; the last digits of the arithmetic could deny it.
    return Interval(part, max(0.0, min(part, centre - reach)), min(1.0, max(part, centre + reach)))
