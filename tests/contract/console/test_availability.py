"""A store that is down is told as such, and errors quote nothing of what users wrote."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from moderator.console.store.database import StatementRefused, Store
from moderator.console.store.deciding import Answer, decide
from moderator.console.store.figures import queue
from moderator.console.store.intake import take
from moderator.console.store.job import Job
from moderator.console.store.migrate import upgrade
from moderator.console.store.outbox import pick
from moderator.console.store.schema import contents
from moderator.errors import StoreUnavailable
from tests.contract.console.scene import GRACE, LEASE, NOW, arrival, blocks, claimed, filled
from tests.support.postgres import LocalPostgres


def test_a_server_that_is_down_is_unavailable_until_it_is_back(postgres: LocalPostgres) -> None:
    """Whoever consumes stops uncommitted; once the server answers, the same store goes on with all that it had."""
    url = postgres.empty_database()
    upgrade(url)
    store = Store(url)
    filled(store, [1])
    postgres.kill()
    try:
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                filled(store, [2])
        with pytest.raises(StoreUnavailable):
            queue(store)
    finally:
        postgres.restart()
    filled(store, [2])
    assert [claimed(store, reviewer_id).job.id for reviewer_id in ("r-1", "r-2")] == ["e-1", "e-2"]
    store.close()


def test_a_server_that_goes_down_within_a_decision_keeps_nothing_of_it(postgres: LocalPostgres) -> None:
    """The reviewer's lease still holds, and deciding again does all of it once."""
    url = postgres.empty_database()
    upgrade(url)
    store = Store(url)

    def crash(job: Job) -> Answer:
        postgres.kill()
        return blocks()(job)

    filled(store, [1])
    lease = claimed(store).lease
    try:
        with pytest.raises(StoreUnavailable):
            decide(store, lease, crash, NOW, GRACE)
    finally:
        postgres.restart()
    assert (queue(store).depth, pick(store, NOW + GRACE, LEASE, 10)) == (1, [])
    decide(store, lease, blocks(), NOW, GRACE)
    assert len(pick(store, NOW + GRACE, LEASE, 10)) == 2
    store.close()


def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    """Such as one on a disk that is not there, or one that is no database."""
    with closing(Store(f"sqlite:///{tmp_path / 'missing' / 'console.db'}")) as store, pytest.raises(StoreUnavailable):
        queue(store)
    (tmp_path / "text").write_text("not a database at all, whatever its name says" * 100)
    with closing(Store(f"sqlite:///{tmp_path / 'text'}")) as store, pytest.raises(StoreUnavailable):
        queue(store)


def test_errors_quote_nothing_that_users_wrote(store: Store) -> None:
    """A database's own words quote rows."""
    take(store, [arrival(1, text="my secret")], [], [])
    row = {"job_id": "e-1", "key": b"my secret", "headers": (), "escalation": "my secret"}
    with pytest.raises(StatementRefused) as refused, store.writing() as connection:
        connection.execute(sa.insert(contents), row)
    assert "secret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_server_that_vanishes_is_noticed(postgres: LocalPostgres) -> None:
    """Without a word, as a machine that loses its power: TCP alone would wait for a quarter of an hour."""
    with closing(Store(postgres.empty_database())) as store, store.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        chosen = driver.info.get_parameters()
    assert int(chosen["tcp_user_timeout"]) <= 10_000
    patience_s = int(chosen["keepalives_idle"]) + int(chosen["keepalives_interval"]) * int(chosen["keepalives_count"])
    assert patience_s <= 10
