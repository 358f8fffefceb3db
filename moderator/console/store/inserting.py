"""Rows that may be there already."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """The database's own INSERT, which can say what to do about such rows."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def insert_new(
    connection: sa.Connection, table: sa.Table, id_: sa.Column[str], rows: Sequence[dict[str, Any]]
) -> list[str]:
    """Insert the rows that are not there yet; their ids."""
    if not rows:
        return []
    inserted = insert(connection, table).on_conflict_do_nothing().returning(id_)
    return list(connection.execute(inserted, rows).scalars())
