"""Clusters of near-duplicates outlive a restart, and consoles share them."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from moderator.console.near_duplicates import LOOK_AGAIN, NearDuplicates
from moderator.console.store.database import Store
from moderator.console.store.intake import take
from moderator.console.store.retention import forget
from moderator.console.store.sketches import Sketch, used_since
from tests.contract.console.scene import MOMENT, NOW, arrival

TEXT = "Earn money from home with this one trick that banks hate, write to me for details, offer ends tonight, friends"


class Console:
    """One that finds near-duplicates and keeps them in `store`."""

    def __init__(self, store: Store) -> None:
        self.now = NOW
        self._store = store
        self._found = NearDuplicates(recent=partial(used_since, store), now=self._clock)

    def _clock(self) -> datetime:
        return self.now

    def takes(self, number: int, text: str = TEXT, scope: tuple[str, ...] = ("spam", "shop")) -> str:
        """The cluster that the text comes into."""
        plain = arrival(number, text=text)
        sketch = self._found.cluster(plain.escalation.id, text, scope)
        take(self._store, [replace(plain, cluster=sketch.cluster, sketch=sketch)], [], [])
        return sketch.cluster


def test_a_new_console_knows_the_clusters_of_the_one_before(store: Store) -> None:
    """In their scope only."""
    Console(store).takes(1)
    after = Console(store)
    assert after.takes(2) == "e-1"
    assert after.takes(3, scope=("spam", "another shop")) == "e-3"


def test_consoles_learn_of_each_others_clusters(store: Store) -> None:
    """While both run, after a short time."""
    first, second = Console(store), Console(store)
    second.takes(1, "a text of its own")
    first.takes(2)
    second.now += LOOK_AGAIN
    assert second.takes(3) == "e-2"


def test_the_latest_used_are_remembered_and_the_unused_forgotten(store: Store) -> None:
    """To be used again is to be kept."""
    console = Console(store)
    console.takes(1)
    console.takes(2, "a text of its own")
    console.now += timedelta(days=1)
    console.takes(3)
    assert [sketch.cluster for sketch in used_since(store, NOW, 10)] == ["e-1", "e-2"]
    assert [sketch.cluster for sketch in used_since(store, NOW, 1)] == ["e-1"]
    forget(store, NOW + MOMENT, NOW)
    assert [sketch.cluster for sketch in used_since(store, NOW, 10)] == ["e-1"]


def test_an_older_use_changes_nothing(store: Store) -> None:
    """What comes again after a crash, or from a console whose clock is late."""
    for used_at in (NOW, NOW - MOMENT):
        take(store, [replace(arrival(1), sketch=Sketch("c", "a scope", b"bytes", used_at))], [], [])
    assert used_since(store, NOW - MOMENT, 10) == [Sketch("c", "a scope", b"bytes", NOW)]
