"""Column types that mean the same on both databases. SQLAlchemy knows their two ways by names of its own."""

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from moderator.contracts.record import Headers

NUL_IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """`text` as both databases keep it: PostgreSQL cannot hold NUL, which JSON can."""
    return text.replace("\0", NUL_IN_ITS_PLACE)


class Instant(sa.TypeDecorator[datetime]):
    """A point in time, in UTC; SQLite has no time zones, so it holds the UTC clock's reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def to_database(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """As it is stored."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def from_database(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """As it was."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)

    process_bind_param = to_database
    process_result_value = from_database


class Word(sa.TypeDecorator[str]):
    """Text from outside, made storable; what is asked for, too."""

    impl = sa.Text
    cache_ok = True

    def to_database(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """As it is stored."""
        del dialect
        return None if value is None else storable(value)

    process_bind_param = to_database


class HeaderPairs(sa.TypeDecorator[Headers]):
    """A record's headers, in their order, as JSON with the values in base64."""

    impl = sa.Text
    cache_ok = True

    def to_database(self, value: Headers | None, dialect: sa.Dialect) -> str:
        """As it is stored."""
        del dialect
        return json.dumps(
            [(name, None if content is None else b64encode(content).decode()) for name, content in value or ()]
        )

    def from_database(self, value: Any | None, dialect: sa.Dialect) -> Headers:
        """As it was."""
        del dialect
        pairs = json.loads(value or "[]")
        return tuple((name, None if content is None else b64decode(content)) for name, content in pairs)

    process_bind_param = to_database
    process_result_value = from_database
