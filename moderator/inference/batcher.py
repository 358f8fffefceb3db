"""Windows to batches of one window a row under a token budget, in few shapes where shapes cost something."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from moderator.inference.batch import Batch, Feed

# Padded lengths where shapes are few: each costs the OpenVINO provider some 10 ms and 4 MB the first time, and 2 ms
# whenever another shape ran before it, so padding a little is cheaper. The steps are narrow where most texts are.
LENGTHS = (8, 16, 24, 32, 40, 48, 64, 96, 128)

# Rows beside a full batch: a rest is cut into these, so that a single text does not pay for a full batch.
SMALL_COUNTS = (4, 1)

# Where shapes cost nothing, as with the CPU provider. Of steps of 1, 2, 4 and 8 tokens this one has the least padding
# and calls together (docs/speed.md).
STEP = 2


class Batcher:
    """Plans batches of at most `token_budget` padded tokens, length-sorted. How far a window is padded depends on its
    length alone, so its scores do not depend on what runs beside it.
    """

    def __init__(self, token_budget: int, longest: int, padding_id: int = 0, *, few_shapes: bool = True) -> None:
        """`longest` is the window size: no window is longer."""
        steps = LENGTHS if few_shapes else range(STEP, longest, STEP)
        self._lengths = (*(length for length in steps if length < longest), longest)
        self._token_budget = token_budget
        self._padding_id = padding_id
        self._few_shapes = few_shapes

    def shapes(self) -> list[tuple[int, int]]:
        """(count, length) to run before the first window comes, dearest last: every one that a plan can hold, or, where
        shapes cost nothing, only the dearest.
        """
        lengths = self._lengths if self._few_shapes else self._lengths[-1:]
        return sorted({(count, length) for length in lengths for count in self._counts(length)}, key=math.prod)

    def plan(self, lengths: Sequence[int]) -> list[Batch]:
        """Every window, by its length in tokens, in exactly one batch; longest batches first, so that none is left
        running alone at the end.
        """
        by_padded: dict[int, list[int]] = {}
        for index, length in enumerate(lengths):
            by_padded.setdefault(self._padded(length), []).append(index)
        batches: list[Batch] = []
        for padded in sorted(by_padded, reverse=True):
            indices = by_padded[padded]
            first = 0
            for count in self._cut(len(indices), padded):
                batches.append(Batch(padded, tuple((index,) for index in indices[first : first + count])))
                first += count
        return batches

    def feed(self, batch: Batch, windows: Sequence[Sequence[int]]) -> Feed:
        """Ids, and where they are no padding."""
        ids = np.full((len(batch.rows), batch.length), self._padding_id, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(batch.windows):
            ids[row, : len(windows[window])] = windows[window]
            mask[row, : len(windows[window])] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def answers(self, batch: Batch) -> list[int]:
        """A padded graph has one answer for every row."""
        return list(range(len(batch.rows)))

    def _padded(self, length: int) -> int:
        for step in self._lengths:
            if length <= step:
                return step
        raise ValueError(f"a window of {length} tokens is longer than {self._lengths[-1]}")

    def _cut(self, windows: int, length: int) -> Iterator[int]:
        """How many of the `windows` of one padded length each batch takes."""
        for count in self._counts(length) if self._few_shapes else (self._full(length),):
            while windows >= count:
                yield count
                windows -= count
        if windows:  # only where shapes are free: the smallest count is 1
            yield windows

    def _counts(self, length: int) -> tuple[int, ...]:
        full = self._full(length)
        return (full, *(count for count in SMALL_COUNTS if count < full))

    def _full(self, length: int) -> int:
        return max(1, self._token_budget // length)
