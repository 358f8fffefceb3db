"""One call of the model: windows in rows of one length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Feed = dict[str, npt.NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of `length` tokens; each holds windows, by their positions, one after the other, and padding."""

    length: int
    rows: tuple[tuple[int, ...], ...]

    @property
    def windows(self) -> list[int]:
        """All of them, row by row."""
        return [window for row in self.rows for window in row]

    @property
    def padded_tokens(self) -> int:
        """Cost of the batch: length x rows."""
        return self.length * len(self.rows)


class Batching(Protocol):
    """How windows become calls of a graph, and which of a call's answers is whose."""

    def shapes(self) -> list[tuple[int, int]]:
        """(rows, length) to run before the first window comes, dearest last."""
        ...

    def plan(self, lengths: Sequence[int]) -> list[Batch]:
        """Every window, by its length in tokens, in exactly one batch; dearest batches first, so that none is left
        running alone at the end. A window's scores do not depend on what runs beside it.
        """
        ...

    def feed(self, batch: Batch, windows: Sequence[Sequence[int]]) -> Feed:
        """The graph's inputs, each [rows, length], for a batch of these windows of token ids."""
        ...

    def answers(self, batch: Batch) -> list[int]:
        """Which of the graph's answers is that of each of `batch.windows`."""
        ...


def blank(rows: int, length: int) -> tuple[Batch, list[list[int]]]:
    """A batch of that shape and windows for it, of a token each, for warming up."""
    return Batch(length, tuple((row,) for row in range(rows))), [[0]] * rows


def three_quarters(batches: Sequence[Batch]) -> int:
    """How many of the batches, from the first, are three quarters of the work."""
    work = sum(batch.padded_tokens for batch in batches)
    done = 0
    for count, batch in enumerate(batches):
        if 4 * done >= 3 * work:
            return count
        done += batch.padded_tokens
    return len(batches)
