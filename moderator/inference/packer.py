"""Windows to rows of several windows each, for graphs that keep the windows of a row apart (`segment_ids`).

Whatever the texts' lengths, hardly any padding is left, and a handful of shapes is enough: on OpenVINO each costs some
10 ms and 4 MB the first time, and a millisecond whenever another one ran before it.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from moderator.inference.batch import Batch, Feed

INPUTS = ("input_ids", "position_ids", "segment_ids")
WINDOWS_A_ROW = 32  # that a packed graph has answers for: of four tokens each in a full row of 128

# Lengths are multiples of 16 tokens: OpenVINO then says the same of a window to the last bit, whatever the shape and
# wherever it stands in it. In lengths between, one score in some hundreds differed by up to .005.
GRAIN = 16

# Attention costs a token the more, the longer its row: 72 µs in all at 64 tokens, 77 at 128. Rows of 32 leave more
# padding than that spares.
SHORT_ROW = 64
LONE_LENGTHS = (16, 32, 48, 64, 96)  # a row that runs alone ends soon after its last window: nothing else needs it

# Rows in a call beside a full one. In a call of one row a token costs a quarter more than in one of four.
SMALL_COUNTS = (4, 3, 2, 1)


class Packer:
    """Plans batches of at most `token_budget` tokens, as long as one row is not more."""

    def __init__(self, token_budget: int, longest: int, threads: int, padding_id: int = 0) -> None:
        """`longest` is the window size: no window is longer. So many `threads` run batches at once."""
        self._longest = longest
        self._long_row = -(-longest // GRAIN) * GRAIN
        self._row_lengths = tuple(sorted({min(SHORT_ROW, self._long_row), self._long_row}))
        self._lone_lengths = (*(length for length in LONE_LENGTHS if length < self._long_row), self._long_row)
        self._token_budget = token_budget
        self._threads = threads
        self._padding_id = padding_id
        self._places = np.arange(self._long_row, dtype=np.int64)

    def shapes(self) -> list[tuple[int, int]]:
        """Every (rows, length) that a plan can hold, dearest last."""
        full = {(count, length) for length in self._row_lengths for count in self._counts(length) if count > 1}
        return sorted(full | {(1, length) for length in self._lone_lengths}, key=lambda shape: shape[0] * shape[1])

    def plan(self, lengths: Sequence[int]) -> list[Batch]:
        """Every window, by its length in tokens, in exactly one batch; dearest batches first."""
        batches: list[Batch] = []
        for length, rows in self._packed(lengths).items():
            for share in self._shares(rows):
                first = 0
                for count in self._cut(len(share), length):
                    chosen = tuple(tuple(row) for row in share[first : first + count])
                    batches.append(Batch(length if count > 1 else self._lone(chosen[0], lengths), chosen))
                    first += count
        return sorted(batches, key=lambda batch: batch.padded_tokens, reverse=True)

    def feed(self, batch: Batch, windows: Sequence[Sequence[int]]) -> Feed:
        """Ids, and for each token its place in its window and the window's number in its row, from 1; 0 is padding."""
        ids = np.full((len(batch.rows), batch.length), self._padding_id, dtype=np.int64)
        places, segments = np.zeros_like(ids), np.zeros_like(ids)
        for row, members in enumerate(batch.rows):
            first = 0
            for number, window in enumerate(members, start=1):
                last = first + len(windows[window])
                ids[row, first:last] = windows[window]
                places[row, first:last] = self._places[: last - first]
                segments[row, first:last] = number
                first = last
        return dict(zip(INPUTS, (ids, places, segments), strict=True))

    def answers(self, batch: Batch) -> list[int]:
        """A packed graph has WINDOWS_A_ROW answers for every row."""
        return [row * WINDOWS_A_ROW + place for row, members in enumerate(batch.rows) for place in range(len(members))]

    def _packed(self, lengths: Sequence[int]) -> dict[int, list[list[int]]]:
        """Rows by their length, filled by best fit decreasing: the longest window first, each into the fullest row that
        has room for it, else into a new one.
        """
        rows: dict[int, list[list[int]]] = {length: [] for length in self._row_lengths}
        with_room: list[list[list[int]]] = [[] for _ in range(self._long_row + 1)]
        for window in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
            needed = lengths[window]
            room = next((room for room in range(needed, self._long_row) if with_room[room]), None)
            if room is not None:
                row = with_room[room].pop()
            else:
                room, row = self._row_length(needed), []
                rows[room].append(row)
            row.append(window)
            if len(row) < WINDOWS_A_ROW:
                with_room[room - needed].append(row)
        return rows

    def _shares(self, rows: list[list[int]]) -> list[list[list[int]]]:
        """A thread's rows each, so that all end at about the same time; the emptiest row, which is made last, is alone
        sooner than others.
        """
        return [rows[thread :: self._threads] for thread in range(self._threads)]

    def _cut(self, rows: int, length: int) -> Iterator[int]:
        for count in self._counts(length):
            while rows >= count:
                yield count
                rows -= count

    def _counts(self, length: int) -> list[int]:
        full = max(1, self._token_budget // length)
        return [full, *(count for count in SMALL_COUNTS if count < full)]

    def _row_length(self, needed: int) -> int:
        if needed > self._longest:
            raise ValueError(f"a window of {needed} tokens is longer than {self._longest}")
        return next(length for length in self._row_lengths if needed <= length)

    def _lone(self, row: Sequence[int], lengths: Sequence[int]) -> int:
        used = sum(lengths[window] for window in row)
        return next(length for length in self._lone_lengths if used <= length)
