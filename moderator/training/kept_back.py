"""Rows of written families that nothing was trained on: the harmful found, and the harmless taken for it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS
from moderator.policy.thresholds import Policy
from moderator.training.benchmarks import ScoredSplit, escalated, not_allowed
from moderator.training.breakdown import Breakdown, mean_of_parts
from moderator.training.heldout import HeldOutRow
from moderator.training.rows import Row

KEPT_BACK = ("written", "kept back")  # set and split


def as_held_out(rows: Sequence[Row]) -> list[HeldOutRow]:
    """Training rows in the form of held-out ones; the set is the row's source."""
    return [HeldOutRow(row.text, row.source, KEPT_BACK[1], row.labels, row.sentiment) for row in rows]


def found_by_family(split: ScoredSplit, policy: Policy) -> Breakdown:
    """Recall: the part of each group of families' rows with a label of which that label reaches its threshold."""
    flags = escalated(split, policy)
    labels = known(split)
    wanted = labels == 1
    return mean_of_parts(np.logical_or.reduce(flags & wanted, axis=1), _groups(split, (labels == 1).any(axis=1)))


def taken_by_family(split: ScoredSplit, policy: Policy) -> Breakdown:
    """False-positive rate: the part of each group of families' rows without a label that the policy does not allow."""
    labels = known(split)
    return mean_of_parts(not_allowed(split, policy), _groups(split, ~(labels == 1).any(axis=1)))


def known(split: ScoredSplit) -> npt.NDArray[np.int64]:
    """What is wanted of each label [rows, 8]: 1, 0, or -1 where it is unknown."""
    return np.array([[row.labels.get(label, -1) for label in LABELS] for row in split.rows], dtype=np.int64)


def _groups(split: ScoredSplit, kind: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.bool_]]:
    sources = np.array([row.set for row in split.rows])
    return {name: kind & (sources == name) for name in sorted(set(sources.tolist()))}
