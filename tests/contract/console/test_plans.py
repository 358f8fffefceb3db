"""What a reviewer waits for is found by an index, however much is kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from moderator.console.store.appeals import appealed
from moderator.console.store.context import context
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, near_duplicates, undo
from moderator.console.store.exposure import activity_since, expose, severe_exposed_since, shown
from moderator.console.store.intake import take
from moderator.console.store.made import made
from moderator.console.store.migrate import upgrade
from moderator.console.store.notes import notes_for
from moderator.console.store.outbox import pick
from moderator.console.store.queue import ANY, Filter, claim_next, held_by, release, skip
from moderator.contracts.labels import Label
from tests.contract.console.scene import GRACE, LEASE, NOW, arrival, blocks, claimed, filled, model_says

# Reading all of a table, or all that large models or people ever decided. What waits, or is to be published, is read in
# its order by an index of just that; a list or a query within one is short.
READS_ALL = r"SCAN (?!CONSTANT|\(|anon_|\w+ USING INDEX ix_(jobs_order_at_id|outbox_pending))"
SLOW = re.compile(rf"{READS_ALL}|ix_decisions_source_decided_at \(source=\?\)")


@contextmanager
def plans_of(store: Store) -> Iterator[list[str]]:
    """How SQLite finds the rows of each statement within the block."""
    plans: list[str] = []

    def explain(
        connection: sa.Connection, _cursor: object, statement: str, parameters: object, _context: object, many: object
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            assert connection.connection.driver_connection is not None
            one = parameters[0] if many and isinstance(parameters, list) else parameters
            rows = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", one)
            plans.extend(f"{row[3]} for {statement}" for row in rows)

    event.listen(store.engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(store.engine, "before_cursor_execute", explain)


def _decide(store: Store) -> None:
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE, whole_cluster=True, second_looks=1.0)
    made(store, act.id, "r-1")
    undo(store, act.id, "r-1", NOW, LEASE)


def _decide_at_once(store: Store) -> None:
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    take(store, [], [model_says(number) for number in range(3)], [])
    undo(store, act.id, "r-1", NOW, LEASE)


def _read(store: Store) -> None:
    lease = claimed(store).lease
    held_by(store, "r-1", NOW)
    near_duplicates(store, lease, NOW)
    context(store, lease.job_id)
    expose(store, lease.job_id, "r-1", NOW)
    shown(store, lease, NOW)
    notes_for(store, lease.job_id, "r-1")
    appealed(store, lease.job_id)
    severe_exposed_since(store, "r-1", NOW)
    activity_since(store, "r-1", NOW)
    release(store, lease, NOW)


def test_what_is_in_hand_is_found_by_who_holds_it(tmp_path: Path) -> None:
    """Not along the queue: every claim looks first whether its reviewer has something already."""
    url = f"sqlite:///{tmp_path / 'console.db'}"
    upgrade(url)
    with closing(Store(url)) as store:
        filled(store, range(3))
        with plans_of(store) as plans:
            claim_next(store, "r-1", NOW, LEASE)
    assert plans[0].startswith("SEARCH jobs USING INDEX ix_jobs_claimed (leased_to=?)")


@pytest.mark.parametrize(
    "step",
    [
        lambda store: claim_next(store, "r-1", NOW, LEASE, ANY),
        lambda store: claim_next(store, "r-1", NOW, LEASE, Filter(label=Label.THREAT)),
        lambda store: claim_next(store, "r-1", NOW, LEASE, Filter(severe=False)),
        lambda store: claim_next(store, "r-1", NOW, LEASE, Filter(policy_id="abuse")),
        lambda store: skip(store, claimed(store).lease, "unsure", NOW),
        _read,
        _decide,
        _decide_at_once,
        lambda store: take(store, [arrival(9)], [model_says(9), model_says(1)], []),
        lambda store: pick(store, NOW, LEASE, 10),
    ],
    ids=[
        "claim",
        "by label",
        "not severe",
        "by policy",
        "skip",
        "read",
        "decide and undo",
        "at once",
        "take",
        "publish",
    ],
)
def test_nothing_is_searched_row_by_row(tmp_path: Path, step: Callable[[Store], object]) -> None:
    """On SQLite, which keeps no figures of its tables and so may be misled by a query that seems good."""
    url = f"sqlite:///{tmp_path / 'console.db'}"
    upgrade(url)
    with closing(Store(url)) as store:
        take(store, [arrival(number, cluster="c", author_id="a", reply_to="m-1") for number in range(3)], [], [])
        with plans_of(store) as plans:
            step(store)
    assert plans
    assert [plan for plan in plans if SLOW.search(plan)] == []
