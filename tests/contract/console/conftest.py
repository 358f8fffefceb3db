"""One suite, both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator.console.store.database import Store
from moderator.console.store.migrate import upgrade
from tests.support.postgres import LocalPostgres

PATIENCE_S = 60  # fifty threads on a loaded machine wait for each other


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'console.db'}"
    server: LocalPostgres = request.getfixturevalue("postgres")
    return server.empty_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """With all tables and nothing in them."""
    upgrade(url)
    store = Store(url, PATIENCE_S)
    yield store
    store.close()
