"""The tables are what the migrations make, and what was decided cannot be changed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from moderator.console.store.database import StatementRefused, Store
from moderator.console.store.deciding import decide
from moderator.console.store.figures import queue
from moderator.console.store.looks import Look
from moderator.console.store.migrate import upgrade
from moderator.console.store.schema import METADATA, contents, decisions, jobs, trail
from moderator.errors import ConfigError
from tests.contract.console.scene import GRACE, NOW, arrival, blocks, claimed, filled


def test_the_migrations_make_the_tables(store: Store) -> None:
    """A column that has no migration would be missed by whoever upgrades."""
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_upgrading_again_keeps_everything(url: str, store: Store) -> None:
    """Every start upgrades."""
    filled(store, [1])
    upgrade(url)
    assert claimed(store).job.id == "e-1"


def test_a_store_of_the_first_version_goes_on(url: str) -> None:
    """With a job that waits and one under appeal; no text is severe, and new decisions on them are as any other."""
    with closing(Store(url)) as store:
        with store.writing() as connection:
            config = Config()
            config.set_main_option("script_location", "moderator.console.store:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            for number, appeals in ((1, 0), (2, 1)):
                _keep_by_0001(connection, number, appeals)
        upgrade(url)
        assert queue(store).depth == 2
        assert _looks(store) == {"e-1": Look.FIRST, "e-2": Look.APPEAL}
        for _ in range(2):
            claim = claimed(store)
            assert not claim.job.severe
            decide(store, claim.lease, blocks(), NOW, GRACE, second_looks=1.0)
        assert queue(store).second_looks == 1


def _looks(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return dict(connection.execute(sa.select(jobs.c.id, jobs.c.look)).all())


def _keep_by_0001(connection: sa.Connection, number: int, appeals: int) -> None:
    """As a console of then did."""
    job = {"id": f"e-{number}", "message_id": f"m-{number}", "source": "user", "escalated_at": NOW, "order_at": NOW}
    flags = {"waiting": True, "blinded": False, "appeals": appeals, "standing": f"e-{number}"}
    connection.execute(sa.insert(jobs).values(**job, **flags))
    document = arrival(number).escalation.model_dump_json(exclude_none=True)
    content = {"job_id": f"e-{number}", "key": b"key", "headers": (), "escalation": document}
    connection.execute(sa.insert(contents), content)


def test_programs_that_start_together_upgrade_once(url: str) -> None:
    """Two consoles on one database."""
    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(upgrade, url) for _ in range(2)]:
            each.result()
    with closing(Store(url)) as store:
        filled(store, [1])


@pytest.mark.parametrize("table", [decisions, trail], ids=str)
@pytest.mark.parametrize("change", [sa.update, sa.delete], ids=lambda change: change.__name__)
def test_what_was_done_cannot_be_changed(store: Store, table: sa.Table, change: type[sa.Update]) -> None:
    """Not even by this program: the database itself refuses."""
    filled(store, [1])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    statement = change(table)
    if isinstance(statement, sa.Update):
        statement = statement.values(job_id="another")
    with pytest.raises(StatementRefused), store.writing() as connection:
        connection.execute(statement)
    with store.reading() as connection:
        assert connection.execute(sa.select(table.c.job_id)).scalars().all() == ["e-1"]


@pytest.mark.parametrize("address", ["mysql://u:secret@host/name", "secret", "sqlite://", "postgresql://u:secret@host"])
def test_another_database_is_refused(address: str) -> None:
    """Before anything is connected, and without its password."""
    with pytest.raises(ConfigError) as refused:
        Store(address)
    assert "secret" not in str(refused.value)
