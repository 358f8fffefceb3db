"""Transactions on SQLite or PostgreSQL, and what their errors mean."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event, exc

from moderator.errors import ConfigError, StoreUnavailable

POSTGRESQL = "postgresql+psycopg"
DRIVERS = {"sqlite": "sqlite", "postgresql": POSTGRESQL, "postgres": POSTGRESQL, POSTGRESQL: POSTGRESQL}
CONNECTIONS = 20  # at once; a request holds one for milliseconds
ANSWER_WITHIN_S = 5  # to connect, to get a free connection, for another process to end its transaction on SQLite
# TCP's own patience with a host that has vanished is a quarter of an hour.
ALIVE_S = {"keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3}  # while nothing is sent
ACKNOWLEDGED_WITHIN_MS = 5_000  # what is sent
STATEMENT_WITHIN_MS = 60_000  # PostgreSQL ends what takes longer: it would hold its locks on and on

# Readers do not wait for the writer; a committed transaction outlives a power cut; deleted texts are overwritten.
PRAGMAS = (f"busy_timeout={ANSWER_WITHIN_S * 1000}", "synchronous=FULL", "secure_delete=ON")
WRITE_AHEAD = "journal_mode=WAL"
RETRY_S = 0.05


# Primary result codes that tell of the file, its disk or another writer. Any other is about the statement.
SQLITE_TROUBLES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
SQLITE_PRIMARY = 0xFF  # the bits of a result code that are its primary one


PROGRAM_LIMIT = "54"  # class of PostgreSQL's SQLSTATEs: a statement or value beyond what it can hold


class StatementRefused(Exception):
    """The database refuses what it was told, which is a bug. Its own words could quote what a user wrote."""


class Store:
    """The database behind `url`, for any number of threads. Connects when it is first used, and waits so long for that
    and for a free connection.

    Raises ConfigError for a URL that is neither SQLite's nor PostgreSQL's.
    """

    def __init__(self, url: str, answer_within_s: int = ANSWER_WITHIN_S) -> None:
        self.engine = _engine(url, answer_within_s)
        self.on_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer at a time. Its own waiting is by sleeping, ever longer; here they queue up.
        self._one_writer = threading.Lock() if self.on_sqlite else nullcontext()
        self._together = threading.local()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that changes nothing; in a block `together`, that block's. Raises StoreUnavailable."""
        shared: sa.Connection | None = getattr(self._together, "connection", None)
        if shared is not None:
            yield shared
            return
        with _told_plainly(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that this thread reads in the block, it reads in one transaction: to begin and end one takes PostgreSQL
        as long as several statements. Nothing is written in it: a second connection could be waited for in vain.
        Raises StoreUnavailable.
        """
        with self.reading() as connection:
            self._together.connection = connection
            try:
                yield
            finally:
                self._together.connection = None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction: all of it holds once the block has ended, none of it if the block raises.

        Raises StoreUnavailable; then nobody knows which of the two is the case.
        """
        with (
            _told_plainly(),
            self._one_writer,
            self.engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _engine(url: str, answer_within_s: int) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
    except exc.ArgumentError:
        raise ConfigError(
            ["the store's URL cannot be read; like sqlite:///FILE or postgresql://USER@HOST/NAME"]
        ) from None
    driver = DRIVERS.get(parsed.drivername)
    if driver is None or not parsed.database:
        raise ConfigError(["the store's URL names no file of SQLite and no database of PostgreSQL"])
    # hide_parameters: they hold what users wrote, and SQLAlchemy's errors quote them.
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": CONNECTIONS, "pool_timeout": answer_within_s}
    if driver == "sqlite":
        engine = sa.create_engine(parsed, **options)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
        return engine
    engine = sa.create_engine(
        parsed.set(drivername=driver),
        pool_pre_ping=True,  # connections that a restarted server no longer knows are replaced
        connect_args={"connect_timeout": answer_within_s, "tcp_user_timeout": ACKNOWLEDGED_WITHIN_MS, **ALIVE_S},
        **options,
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transactions of its own
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """The change to it wants the file for itself, and SQLite, whatever its timeout, does not wait for that: programs
    that start together on a new file would refuse each other.
    """
    deadline = time.monotonic() + ANSWER_WITHIN_S
    while True:
        try:
            connection.execute(f"PRAGMA {WRITE_AHEAD}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _set_up_postgresql(connection: psycopg.Connection, _record: object) -> None:
    connection.execute(f"SET statement_timeout TO {STATEMENT_WITHIN_MS}")
    connection.commit()


def _begin_on_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at once: one that read first could be refused it.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except exc.TimeoutError:
        raise StoreUnavailable("no connection to the store got free in time") from None
    except exc.DBAPIError as error:
        cause = error.orig
        code = _code(cause)
        if error.connection_invalidated or _passes(cause):
            raise StoreUnavailable(f"the store does not answer: {code}") from None
        raise StatementRefused(code) from None


def _code(cause: BaseException | None) -> str:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", type(cause).__name__)
    if isinstance(cause, psycopg.Error):
        return cause.sqlstate or type(cause).__name__
    return type(cause).__name__


def _passes(cause: BaseException | None) -> bool:
    """Whether it is the database's trouble, not the statement's."""
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & SQLITE_PRIMARY in SQLITE_TROUBLES
    if isinstance(cause, psycopg.OperationalError) and (cause.sqlstate or "").startswith(PROGRAM_LIMIT):
        return False  # what is too large today is too large tomorrow
    return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)
