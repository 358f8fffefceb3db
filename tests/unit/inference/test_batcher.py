"""Windows to batches: each in exactly one, none over the budget, and only shapes that were warmed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.inference.batch import Batch
from moderator.inference.batcher import LENGTHS, SMALL_COUNTS, Batcher

LONGEST = 128
SHORTEST = 2  # an empty text still has its two markers
WINDOWS = st.lists(st.integers(SHORTEST, LONGEST), max_size=600)
BUDGETS = st.integers(LONGEST, 4096)
BATCHERS = st.builds(Batcher, BUDGETS, st.just(LONGEST), few_shapes=st.booleans())


@given(WINDOWS, BATCHERS)
def test_every_window_is_in_exactly_one_batch(lengths: list[int], batcher: Batcher) -> None:
    """A window left out would be a text without scores; one done twice is wasted time."""
    planned = [index for batch in batcher.plan(lengths) for index in batch.windows]
    assert sorted(planned) == list(range(len(lengths)))


@given(lengths=WINDOWS, budget=BUDGETS, few_shapes=st.booleans())
def test_no_batch_is_over_the_budget(lengths: list[int], budget: int, *, few_shapes: bool) -> None:
    """The budget bounds memory and the longest call, padding included."""
    batches = Batcher(budget, LONGEST, few_shapes=few_shapes).plan(lengths)
    assert all(0 < batch.padded_tokens <= budget for batch in batches)


@given(WINDOWS, BATCHERS)
def test_no_window_is_cut(lengths: list[int], batcher: Batcher) -> None:
    """A batch is as long as its longest window at least."""
    for batch in batcher.plan(lengths):
        assert all(lengths[index] <= batch.length for index in batch.windows)


@given(WINDOWS, BUDGETS)
def test_only_announced_shapes_are_run(lengths: list[int], budget: int) -> None:
    """What the warm-up has not run, a user's message would wait for."""
    batcher = Batcher(budget, LONGEST)
    assert {(len(batch.rows), batch.length) for batch in batcher.plan(lengths)} <= set(batcher.shapes())


@given(st.integers(1, 4096), st.integers(8, 512))
def test_shapes_are_few(budget: int, longest: int) -> None:
    """Each costs the OpenVINO provider time and memory."""
    assert len(Batcher(budget, longest).shapes()) <= (len(LENGTHS) + 1) * (len(SMALL_COUNTS) + 1)


@given(BUDGETS)
def test_the_dearest_shape_is_last(budget: int) -> None:
    """The warm-up begins with what takes longest, so that no thread is left alone with it at the end."""
    shapes = Batcher(budget, LONGEST).shapes()
    costs = [count * length for count, length in shapes]
    assert costs == sorted(costs)


@given(WINDOWS, st.integers(SHORTEST, LONGEST), BATCHERS)
def test_neighbours_do_not_change_the_padding(lengths: list[int], length: int, batcher: Batcher) -> None:
    """A text that comes again is padded as before, so that its scores are the same."""
    (alone,) = batcher.plan([length])
    (beside,) = (batch for batch in batcher.plan([*lengths, length]) if len(lengths) in batch.windows)
    assert beside.length == alone.length


def test_free_shapes_leave_no_rest_to_run_by_ones() -> None:
    """The CPU provider takes any number of windows in one call, and pads by one token at the most."""
    batches = Batcher(100, LONGEST, few_shapes=False).plan([9] * 23)
    assert [(batch.length, len(batch.rows)) for batch in batches] == [(10, 10), (10, 10), (10, 3)]


def test_windows_of_like_length_run_together() -> None:
    """A short text does not pay for a long one beside it."""
    batches = Batcher(1024, LONGEST).plan([5, 100, 6, 120, 7, 8])
    assert [(batch.length, batch.windows) for batch in batches] == [(128, [1]), (128, [3]), (8, [0, 2, 4, 5])]


def test_one_text_pays_for_itself_alone() -> None:
    """On an idle service a single message is not padded to a full batch."""
    (batch,) = Batcher(1024, LONGEST).plan([24])
    assert batch == Batch(24, ((0,),))


def test_nothing_is_no_batch() -> None:
    """No windows, no call."""
    assert Batcher(1024, LONGEST).plan([]) == []


def test_a_window_beyond_the_longest_is_a_bug() -> None:
    """It is refused, since cutting it would be silent."""
    with pytest.raises(ValueError, match="129 tokens"):
        Batcher(1024, LONGEST).plan([LONGEST + 1])


def test_a_window_over_the_budget_runs_alone() -> None:
    """A budget below one window still lets it through."""
    assert [batch.rows for batch in Batcher(128, 512).plan([512, 512])] == [((0,),), ((1,),)]


@given(WINDOWS, BATCHERS)
def test_a_window_has_a_row_and_its_answer(lengths: list[int], batcher: Batcher) -> None:
    """Its tokens, then padding that is masked."""
    windows = [[window + 1] * length for window, length in enumerate(lengths)]
    for batch in batcher.plan(lengths):
        feed = batcher.feed(batch, windows)
        assert feed["input_ids"].shape == feed["attention_mask"].shape == (len(batch.rows), batch.length)
        for window, row in zip(batch.windows, batcher.answers(batch), strict=True):
            padding = [0] * (batch.length - lengths[window])
            assert feed["input_ids"][row].tolist() == [*windows[window], *padding]
            assert feed["attention_mask"][row].tolist() == [*[1] * lengths[window], *padding]


def test_padding_is_the_models_own() -> None:
    """Not every vocabulary begins with it."""
    (batch,) = Batcher(1024, LONGEST, 7).plan([5])
    assert Batcher(1024, LONGEST, 7).feed(batch, [[1, 2, 3, 4, 5]])["input_ids"].tolist() == [[1, 2, 3, 4, 5, 7, 7, 7]]
