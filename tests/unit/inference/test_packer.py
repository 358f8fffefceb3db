"""Windows to rows of several: each in one place and found again, hardly any padding, and only warmed up shapes."""

import heapq
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.inference.batch import Batch, blank
from moderator.inference.packer import INPUTS, WINDOWS_A_ROW, Packer

LONGEST = 128
SHORTEST = 2  # an empty text still has its two markers
PADDING = 1
WINDOWS = st.lists(st.integers(SHORTEST, LONGEST), max_size=400)
BUDGETS = st.integers(LONGEST, 4096) | st.just(65_536)
THREADS = st.integers(1, 9)
PACKERS = st.builds(Packer, BUDGETS, st.just(LONGEST), THREADS, st.just(PADDING))


def windows_of(lengths: Sequence[int]) -> list[list[int]]:
    """Of these lengths, no two tokens alike, none like padding."""
    windows: list[list[int]] = []
    first = PADDING + 1
    for length in lengths:
        windows.append(list(range(first, first + length)))
        first += length
    return windows


@given(WINDOWS, PACKERS)
def test_every_window_is_in_exactly_one_row(lengths: list[int], packer: Packer) -> None:
    """A window left out would be a text without scores; one done twice is wasted time."""
    planned = [window for batch in packer.plan(lengths) for window in batch.windows]
    assert sorted(planned) == list(range(len(lengths)))


@given(WINDOWS, PACKERS)
def test_rows_hold_their_windows(lengths: list[int], packer: Packer) -> None:
    """No window is cut, and the graph has an answer for each."""
    for batch in packer.plan(lengths):
        for row in batch.rows:
            assert sum(lengths[window] for window in row) <= batch.length
            assert 0 < len(row) <= WINDOWS_A_ROW


@given(WINDOWS, BUDGETS, THREADS)
def test_no_batch_is_over_the_budget(lengths: list[int], budget: int, threads: int) -> None:
    """The budget bounds memory and the longest call, padding included."""
    assert all(batch.padded_tokens <= budget for batch in Packer(budget, LONGEST, threads).plan(lengths))


@given(
    st.sampled_from([8, 64, 100, 128, 512]).flatmap(
        lambda longest: st.tuples(st.just(longest), st.lists(st.integers(SHORTEST, longest), max_size=200))
    ),
    BUDGETS,
    THREADS,
)
def test_only_announced_shapes_are_run(case: tuple[int, list[int]], budget: int, threads: int) -> None:
    """What the warm-up has not run, a user's message would wait for; whatever a model's windows are. In lengths between
    multiples of 16, OpenVINO's scores are not the same to the last bit.
    """
    longest, lengths = case
    packer = Packer(budget, longest, threads)
    shapes = packer.shapes()
    assert {(len(batch.rows), batch.length) for batch in packer.plan(lengths)} <= set(shapes)
    assert len(shapes) == len(set(shapes)) <= 16
    assert all(length % 16 == 0 for _, length in shapes)
    assert all(rows == 1 or rows * length <= budget for rows, length in shapes)


@given(BUDGETS)
def test_the_dearest_shape_is_last(budget: int) -> None:
    """The warm-up begins with what takes longest, so that no thread is left alone with it at the end."""
    costs = [rows * length for rows, length in Packer(budget, LONGEST, 2).shapes()]
    assert costs == sorted(costs)


@given(WINDOWS, PACKERS)
def test_the_dearest_batch_is_first(lengths: list[int], packer: Packer) -> None:
    """No thread is left alone with it at the end."""
    costs = [batch.padded_tokens for batch in packer.plan(lengths)]
    assert costs == sorted(costs, reverse=True)


@given(WINDOWS, PACKERS)
def test_each_window_is_told_apart_in_its_row(lengths: list[int], packer: Packer) -> None:
    """By its number in the row, with its tokens in order and their places from 0; all else is padding."""
    windows = windows_of(lengths)
    for batch in packer.plan(lengths):
        feed = packer.feed(batch, windows)
        assert tuple(feed) == INPUTS
        assert {array.shape for array in feed.values()} == {(len(batch.rows), batch.length)}
        for row, members in enumerate(batch.rows):
            ids, places, segments = (feed[name][row] for name in INPUTS)
            for number, window in enumerate(members, start=1):
                assert ids[segments == number].tolist() == windows[window]
                assert places[segments == number].tolist() == list(range(lengths[window]))
            assert set(segments.tolist()) <= set(range(len(members) + 1))
            assert set(ids[segments == 0].tolist()) <= {PADDING}
            assert not places[segments == 0].any()


@given(WINDOWS, PACKERS)
def test_answers_are_those_of_the_windows(lengths: list[int], packer: Packer) -> None:
    """The graph answers row by row, WINDOWS_A_ROW times each; what it says at a place is of the window there."""
    for batch in packer.plan(lengths):
        said: list[int | None] = []
        for row in batch.rows:
            said += [*row, *[None] * (WINDOWS_A_ROW - len(row))]
        assert [said[answer] for answer in packer.answers(batch)] == batch.windows


@given(st.integers(0, 300), st.sampled_from([64, LONGEST]), BUDGETS, THREADS)
def test_threads_end_together(windows: int, length: int, budget: int, threads: int) -> None:
    """Whoever is free takes the next batch; in the end no thread has done more than one row more than another."""
    done = [0] * threads
    for batch in Packer(budget, LONGEST, threads).plan([length] * windows):
        heapq.heappush(done, heapq.heappop(done) + batch.padded_tokens)
    assert max(done) - min(done) <= length


@pytest.mark.parametrize("seed", range(3))
def test_hardly_any_padding_is_left(seed: int) -> None:
    """Of texts as they come, most of them short."""
    drawn = random.Random(seed)
    lengths = [min(LONGEST, max(SHORTEST, int(drawn.lognormvariate(3, 0.8)))) for _ in range(256)]
    padded = sum(batch.padded_tokens for batch in Packer(256, LONGEST, 2).plan(lengths))
    assert 1 - sum(lengths) / padded < 0.03


def test_many_of_the_shortest_windows_open_new_rows() -> None:
    """A row with as many windows as the graph has answers for is full, whatever room is left in it."""
    rows = [row for batch in Packer(512, 512, 1).plan([100, *[SHORTEST] * 100]) for row in batch.rows]
    assert sorted(len(row) for row in rows) == [101 - 3 * WINDOWS_A_ROW, *[WINDOWS_A_ROW] * 3]


def test_one_text_pays_for_itself_alone() -> None:
    """On an idle service a single message is not padded to a full row."""
    assert Packer(256, LONGEST, 2).plan([24]) == [Batch(32, ((0,),))]


def test_nothing_is_no_batch() -> None:
    """No windows, no call."""
    assert Packer(256, LONGEST, 2).plan([]) == []


@pytest.mark.parametrize("longest", [100, LONGEST])
def test_a_window_beyond_the_longest_is_a_bug(longest: int) -> None:
    """It is refused, since cutting it would be silent; so is one that a row would have room for."""
    with pytest.raises(ValueError, match=f"{longest + 1} tokens is longer than {longest}"):
        Packer(256, longest, 2).plan([5, longest + 1])


def test_a_window_over_the_budget_runs_alone() -> None:
    """A budget below one window still lets it through."""
    assert [batch.rows for batch in Packer(128, 512, 1).plan([512, 512])] == [((0,),), ((1,),)]


@given(BUDGETS, st.sampled_from([8, 64, 100, 128, 512]))
def test_every_shape_can_be_warmed_up(budget: int, longest: int) -> None:
    """With tokens in places that a model with windows of this length knows."""
    packer = Packer(budget, longest, 2)
    for rows, length in packer.shapes():
        feed = packer.feed(*blank(rows, length))
        assert feed["segment_ids"].shape == (rows, length)
        assert feed["segment_ids"].any(axis=1).all()
        assert feed["position_ids"].max() < longest
