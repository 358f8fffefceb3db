"""Garbage collection after start-up."""

import gc
from collections.abc import Iterator

import pytest

from moderator.garbage import YOUNG_OBJECTS, exempt_what_is_loaded


@pytest.fixture
def settings_of_the_collector() -> Iterator[None]:
    """Puts back what the test changes for the whole process."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("settings_of_the_collector")
def test_what_is_loaded_is_looked_through_no_more() -> None:
    """A full collection among all modules holds every thread up for tens of milliseconds, again and again."""
    loaded: list[object] = []
    exempt_what_is_loaded()
    assert gc.get_freeze_count() > 10_000
    assert not any(kept is loaded for kept in gc.get_objects())
    assert gc.get_threshold()[0] == YOUNG_OBJECTS


@pytest.mark.usefixtures("settings_of_the_collector")
def test_garbage_that_comes_later_is_still_found() -> None:
    """Cycles made while the program runs are freed, or memory would grow."""
    exempt_what_is_loaded()
    later: list[object] = []
    later.append(later)
    del later
    assert gc.collect() >= 1
