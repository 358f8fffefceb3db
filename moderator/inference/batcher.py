"""Windows to batches under a token budget, in few shapes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Padded lengths. Each shape costs the OpenVINO provider 10-20 ms and about 3 MB the first time, so there are few; the
# steps are narrow where most texts are.
LENGTHS = (8, 16, 24, 32, 40, 48, 64, 96, 128)

# Rows beside a full batch: a rest is cut into these, so that a single text does not pay for a full batch.
SMALL_COUNTS = (4, 1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Positions of windows that run together, padded to `length` tokens."""

    length: int
    windows: tuple[int, ...]

    @property
    def padded_tokens(self) -> int:
        """Cost of the batch: longest x count."""
        return self.length * len(self.windows)


class Batcher:
    """Plans batches of at most `token_budget` padded tokens, length-sorted, in a bounded set of shapes."""

    def __init__(self, token_budget: int, longest: int) -> None:
        """`longest` is the window size: no window is longer."""
        self._lengths = (*(length for length in LENGTHS if length < longest), longest)
        self._token_budget = token_budget

    def shapes(self) -> list[tuple[int, int]]:
        """Every (count, length) that a plan can hold, dearest last."""
        return sorted({(count, length) for length in self._lengths for count in self._counts(length)}, key=math.prod)

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
            for count in self._counts(padded):
                while len(indices) >= count:
                    batches.append(Batch(padded, tuple(indices[:count])))
                    indices = indices[count:]
        return batches

    def _padded(self, length: int) -> int:
        for step in self._lengths:
            if length <= step:
                return step
        raise ValueError(f"a window of {length} tokens is longer than {self._lengths[-1]}")

    def _counts(self, length: int) -> tuple[int, ...]:
        full = max(1, self._token_budget // length)
        return (full, *(count for count in SMALL_COUNTS if count < full))
