"""Severe texts are masked and counted, a day has a limit, and who works on is told of a break."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console.web.wellness import stretch
from moderator.console_settings import ConsoleSettings
from moderator.review.documents import load_policies
from tests.contract.console.scene import arrival
from tests.unit.console.web.at_work import AtWork, waiting
from tests.unit.console.web.visitors import Clock, sign_in_to, visitor

LIMIT = 2
BREAK_AFTER = timedelta(minutes=20)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rosa(store: Store, clock: Clock) -> AtWork:
    """A reviewer for whom two severe texts are enough."""
    settings = ConsoleSettings(dev_login=True, severe_per_day=LIMIT, break_after_minutes=BREAK_AFTER / MINUTE)
    desk = Desk(store, load_policies(), settings, TopicSettings(), clock)
    return AtWork(sign_in_to(visitor(desk), Role.REVIEWER, name="Rosa"))


def severe(store: Store, *numbers: int) -> None:
    """Severe ones come, before everything that is not."""
    waiting(store, *(replace(arrival(number), severe=True) for number in numbers))


def exposures(store: Store) -> int:
    """How often anybody was shown a text."""
    with store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM exposures").scalar_one())


def test_a_severe_text_is_not_even_sent_before_it_is_asked_for(store: Store, rosa: AtWork) -> None:
    """Nor what its author wrote before; it counts once it is shown, and only once."""
    severe(store, 1)
    page = rosa.next()
    assert "text 1" not in page
    assert exposures(store) == 0
    for _ in range(2):
        rosa.send("reveal")
        assert "text 1" in rosa.page
    assert exposures(store) == 1
    assert "text 1" not in rosa.look("/review?hide=1")


def test_severe_texts_beside_a_severe_one_count_too(store: Store, rosa: AtWork) -> None:
    """They are read with it: a thread of ten is no single text."""
    severe(store, 1)
    waiting(store, replace(arrival(2, reply_to="m-1"), severe=True), arrival(3, reply_to="m-1"))
    rosa.next()
    rosa.send("reveal")
    assert "text 2" in rosa.page
    assert "text 3" in rosa.page
    assert '<span class="number">2</span> of' in rosa.page


def test_a_severe_text_is_not_shown_beside_another(store: Store, rosa: AtWork) -> None:
    """In a thread, or where its author wrote it before."""
    severe(store, 1)
    waiting(store, arrival(2, reply_to="m-1"))
    rosa.next()
    rosa.send("decide", outcome="allow")
    assert "text 2" in rosa.page
    assert "not shown here" in rosa.page
    assert "text 1" not in rosa.page


def test_another_text_is_shown_at_once_and_counts_as_seen(store: Store, rosa: AtWork) -> None:
    """Looking at it again is no second time."""
    waiting(store)
    assert "text 1" in rosa.next()
    rosa.look()
    assert exposures(store) == 1
    assert '<span class="number">0</span> of' in rosa.page


def test_all_texts_can_be_masked(store: Store, rosa: AtWork) -> None:
    """For a bad day, and back."""
    waiting(store)
    rosa.send("mask-all")
    assert "text 1" not in rosa.next()
    rosa.send("reveal")
    assert "text 1" in rosa.page
    rosa.send("release")
    rosa.send("mask-all")
    assert "text 1" in rosa.next()


def test_a_day_holds_so_many_severe_texts_and_no_more(store: Store, clock: Clock, rosa: AtWork) -> None:
    """The meter tells; then the others come, and after a day severe ones again."""
    severe(store, 1, 2, 3)
    waiting(store, arrival(4))
    for shown in range(LIMIT):
        rosa.next()
        assert f'<span class="number">{shown}</span> of' in rosa.page
        rosa.send("reveal")
        rosa.send("decide", outcome="allow")
    assert "text 4" in rosa.page
    rosa.send("decide", outcome="allow")
    assert "as many severe messages as a day should hold" in rosa.page
    clock.move(timedelta(hours=25))
    assert "Show the text" in rosa.next()


def work(rosa: AtWork, clock: Clock, length: timedelta) -> None:
    """Decide a message every four minutes."""
    until = clock.now + length
    while clock.now < until:
        rosa.send("decide", outcome="allow")
        clock.move(4 * MINUTE)


def test_a_break_is_offered_with_nothing_in_hand(store: Store, clock: Clock, rosa: AtWork) -> None:
    """Whoever goes on has the next message at once, and is told again after as long."""
    waiting(store, *map(arrival, range(1, 30)))
    rosa.next()
    work(rosa, clock, BREAK_AFTER)
    rosa.send("decide", outcome="allow")
    assert "Time for a break" in rosa.page
    assert "Undo" in rosa.page
    assert rosa.claim() == {}
    rosa.send("go-on")
    assert rosa.claim()
    work(rosa, clock, BREAK_AFTER - 4 * MINUTE)
    assert "Time for a break" not in rosa.page
    work(rosa, clock, 8 * MINUTE)
    assert "Time for a break" in rosa.page


def test_who_takes_a_pause_is_not_sent_into_another(store: Store, clock: Clock, rosa: AtWork) -> None:
    """Five minutes are one."""
    waiting(store, *map(arrival, range(1, 30)))
    rosa.next()
    work(rosa, clock, BREAK_AFTER - 4 * MINUTE)
    clock.move(6 * MINUTE)
    rosa.send("decide", outcome="allow")
    assert "Time for a break" not in rosa.page


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [([], 0), ([2], 2), ([7], 0), ([30, 9, 8, 4, 1], 9), ([12, 8, 4], 12)],
    ids=["nothing done", "just begun", "a pause", "a pause before", "no pause"],
)
def test_a_stretch_of_work_ends_at_a_pause(clock: Clock, minutes_ago: list[int], expected: int) -> None:
    """Five minutes without anything."""
    active = [clock.now - minutes * MINUTE for minutes in minutes_ago]
    assert stretch(active, clock.now) == expected * MINUTE
