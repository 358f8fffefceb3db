"""A console with an empty store, and people who sign in to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.store.migrate import upgrade
from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console_settings import ConsoleSettings
from moderator.review.documents import load_policies
from tests.unit.console.web.visitors import ADDRESS, FROM_ITS_PAGES, Clock, SignIn, sign_in_to


@pytest.fixture
def clock() -> Clock:
    """The console's."""
    return Clock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With all tables; to be copied, which is faster than to make them."""
    file = tmp_path_factory.mktemp("empty") / "console.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """With all tables and nothing in them."""
    store = Store(f"sqlite:///{shutil.copy(empty_database, tmp_path)}")
    yield store
    store.close()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """On which people sign in by the development login."""
    return Desk(store, load_policies(), ConsoleSettings(dev_login=True), TopicSettings(), clock)


@pytest.fixture
def sign_in(desk: Desk) -> SignIn:
    """Signs people in to one console; their browsers follow no redirect."""
    app = build_app(desk)

    def signed_in(*roles: Role, name: str = "Rosa") -> TestClient:
        client = TestClient(app, ADDRESS, headers=FROM_ITS_PAGES, follow_redirects=False)
        return sign_in_to(client, *roles, name=name)

    return signed_in
