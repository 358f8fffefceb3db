"""The table's lines on rebalances."""

from collections.abc import Sequence

from load.pauses import Event, Kind
from load.rebalances import rows_of
from load.report import Row, exit_code

# Ten seconds for each kind of event, in the order of their names in the table.
EVENTS = [Event(kind, 10_000 * number, 10_000 * number + 9_000) for number, kind in enumerate(Kind, start=1)]


def verdicts(pauses_ms: Sequence[int]) -> list[tuple[str, int]]:
    """A verdict every 100 ms on two partitions, but for a pause in partition 1 at each event."""
    still = [(event.since_ms + 1_000, event.since_ms + 1_000 + ms) for event, ms in zip(EVENTS, pauses_ms, strict=True)]
    ticks = range(9_000, 51_000, 100)
    moving = [at for at in ticks if not any(begin < at < end for begin, end in still)]
    return [(f"0-{at}", at) for at in ticks] + [(f"1-{at}", at) for at in moving]


def rows(answered: Sequence[tuple[str, int]], keys: set[str]) -> dict[str, Row]:
    """By title."""
    return {row.title: row for row in rows_of(answered, keys, EVENTS)}


def test_only_joins_and_leaves_are_held_to_the_goal() -> None:
    """A killed member's partitions stand still until its session has ended, which no agent can shorten."""
    answered = verdicts((0, 1_000, 2_000, 8_000))
    found = rows(answered, {key for key, _ in answered})
    assert found["pause at joins and leaves, p95"].values == (2.0,)
    assert found["pause at kills, p95"].values == (8.0,)
    assert exit_code(list(found.values())) == 0


def test_a_long_pause_at_a_join_misses_the_goal() -> None:
    """One partition in two is more than one in twenty."""
    answered = verdicts((0, 4_000, 0, 0))
    assert not rows(answered, {key for key, _ in answered})["pause at joins and leaves, p95"].met


def test_a_message_without_a_verdict_misses_the_goal_and_a_second_verdict_does_not() -> None:
    """Whatever the pauses are."""
    answered = verdicts((0, 0, 0, 0))
    keys = {key for key, _ in answered}
    assert rows([*answered, answered[-1]], keys)["messages without a verdict"].met
    assert not rows(answered, keys | {"0-lost"})["messages without a verdict"].met
