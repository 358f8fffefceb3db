"""The database to the tables that this program needs."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from moderator.console.store.database import Store

LOCK = 7_410_226_091  # any number, for PostgreSQL's advisory locks: two programs that start together take turns


def upgrade(url: str) -> None:
    """Run every migration that the database behind `url` lacks; all of them or none.

    Raises ConfigError for the URL, and StoreUnavailable.
    """
    store = Store(url)
    try:
        with store.writing() as connection:
            if not store.on_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
                connection.execute(sa.text("SET LOCAL statement_timeout = 0"))  # large tables take what they take
            config = Config()
            config.set_main_option("script_location", "moderator.console.store:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        store.close()
