"""A page is read in one transaction."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from moderator.console.store.database import Store
from moderator.console.store.exposure import activity_since, severe_exposed_since
from moderator.console.store.queue import held_by
from moderator.errors import StoreUnavailable
from tests.contract.console.scene import LEASE, NOW, claimed, filled


def begun(store: Store) -> int:
    """Connections that are in somebody's hands."""
    return store.engine.pool.checkedout()  # type: ignore[attr-defined, no-any-return]


def test_what_is_read_together_is_read_on_one_connection(store: Store) -> None:
    """By this thread; another one has its own, and so has what comes after the block."""
    filled(store, [1])
    claim = claimed(store)
    with ThreadPoolExecutor(1) as another, store.together():
        with store.reading() as one, store.reading() as other:
            assert one is other
            assert begun(store) == 1
        assert held_by(store, "r-1", NOW) == claim
        assert severe_exposed_since(store, "r-1", NOW) == 0
        assert activity_since(store, "r-1", NOW) == []
        assert another.submit(held_by, store, "r-1", NOW).result() == claim
        assert another.submit(begun, store).result() == 1
    assert begun(store) == 0
    assert held_by(store, "r-1", NOW + LEASE) is None


def test_after_an_error_each_is_read_for_itself_again(store: Store) -> None:
    """The connection is given back, and nothing is read on it any more."""
    filled(store, [1])
    with pytest.raises(StoreUnavailable), store.together():
        raise StoreUnavailable("gone")
    assert begun(store) == 0
    assert held_by(store, "r-1", NOW) is None
