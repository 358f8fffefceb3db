"""One figure over the parts of a set: by functionality, by group of people, by family."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FEWEST_ROWS = 20  # of a part whose figure is compared with others'


@dataclass(frozen=True, slots=True)
class Part:
    """The figure of one part, and the rows that it is of."""

    rows: int
    figure: float


Breakdown = dict[str, Part]


def mean_of_parts(values: npt.NDArray[np.bool_], parts: Mapping[str, npt.NDArray[np.bool_]]) -> Breakdown:
    """The mean of `values` [rows] over the rows of each of `parts` (name to membership [rows]) that has any."""
    return {
        name: Part(int(members.sum()), float(values[members].mean()))
        for name, members in parts.items()
        if members.any()
    }


def gap(breakdown: Breakdown) -> float:
    """The largest figure less the smallest, of parts of at least twenty rows; 0 when fewer than two are."""
    figures = [part.figure for part in breakdown.values() if part.rows >= FEWEST_ROWS]
    return max(figures) - min(figures) if len(figures) > 1 else 0.0
