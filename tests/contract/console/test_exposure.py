"""What a reviewer has had to read, and for how long they have been at it."""

from datetime import timedelta

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.exposure import activity_since, expose, severe_exposed_since, shown
from moderator.console.store.intake import Arrival, take
from moderator.console.store.queue import release, skip
from tests.contract.console.scene import GRACE, MOMENT, NOW, arrival, blocks, claimed, filled


def severe(number: int) -> Arrival:
    """That may hurt whoever reads it."""
    plain = arrival(number)
    return Arrival(plain.escalation, plain.key, plain.headers, plain.order_at, severe=True)


def test_severe_texts_are_counted_apart(store: Store) -> None:
    """Each once, of one reviewer, since a time."""
    take(store, [severe(1), severe(2), severe(3), arrival(4)], [], [])
    for job_id, at in (("e-1", NOW - MOMENT), ("e-2", NOW), ("e-2", NOW), ("e-3", NOW), ("e-4", NOW)):
        expose(store, job_id, "r-1", at)
    expose(store, "e-1", "r-2", NOW)
    assert severe_exposed_since(store, "r-1", NOW) == 2
    assert claimed(store).job.severe


def test_activity_is_reading_and_doing(store: Store) -> None:
    """In its order: who has gone on for an hour is reminded of a break."""
    filled(store, [1, 2, 3])
    minutes = [NOW + timedelta(minutes=number) for number in range(4)]
    expose(store, "e-1", "r-1", minutes[3])
    skip(store, claimed(store, now=minutes[0]).lease, "unsure", minutes[0])
    decide(store, claimed(store, now=minutes[1]).lease, blocks(), minutes[1], GRACE)
    release(store, claimed(store, "r-2").lease, minutes[2])
    assert activity_since(store, "r-1", NOW) == [minutes[0], minutes[1], minutes[3]]
    assert activity_since(store, "r-1", minutes[2]) == [minutes[3]]


def test_activity_of_a_minute_is_its_first_and_last_time(store: Store) -> None:
    """Whoever reads fast leaves hundreds of rows an hour, and every page asks."""
    filled(store, [1])
    seconds = [NOW + timedelta(seconds=number) for number in (1, 2, 3, 121, 122)]
    for at in seconds:
        expose(store, "e-1", "r-1", at)
    assert activity_since(store, "r-1", NOW) == [seconds[0], seconds[2], *seconds[3:]]


def test_a_text_is_shown_for_one_claim(store: Store) -> None:
    """Who claims it again, or another, has it masked again."""
    filled(store, [1])
    lease = claimed(store).lease
    assert not shown(store, lease, NOW)
    expose(store, "e-1", "r-1", NOW)
    assert shown(store, lease, NOW + MOMENT)
    release(store, lease, NOW + MOMENT)
    assert not shown(store, lease, NOW + MOMENT)
    again = claimed(store, now=NOW + 2 * MOMENT).lease
    assert not shown(store, again, NOW + 2 * MOMENT)
