"""A console with a store of its own, and people who sit down at it, each at a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.store.migrate import upgrade
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console_settings import ConsoleSettings
from moderator.review.documents import load_policies
from tests.e2e.console.seat import Seat
from tests.e2e.console.served import served
from tests.e2e.console.weeks import Week
from tests.support import chromium
from tests.unit.console.web.visitors import Clock

MESSAGES = 60  # of a week

Sit = Callable[..., Seat]
"""`sit("Rosa", Role.REVIEWER)`, or `sit()` for who has not signed in; more by name is how the browser is, as
Playwright's `new_context` knows it.
"""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are passed over, but not where a change is checked.

    Of these tests alone: while Playwright runs, no other test of this process can run an event loop.
    """
    program = chromium.program()
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.NEEDED)
    # Its sandbox is not to be had for root, as which containers run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With all tables; to be copied, which is faster than to make them."""
    file = tmp_path_factory.mktemp("empty") / "console.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def worked_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a week of work in it; to be copied."""
    file = tmp_path_factory.mktemp("worked") / "console.db"
    store = Store(f"sqlite:///{shutil.copy(empty_database, file)}")
    Week(store, Clock().now, MESSAGES).pass_by()
    store.close()
    return file


@pytest.fixture
def store(empty_database: Path, tmp_path: Path) -> Iterator[Store]:
    """The console's."""
    store = Store(f"sqlite:///{shutil.copy(empty_database, tmp_path)}")
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    """The console's: it stands until it is moved."""
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """On which people sign in by the development login."""
    settings = ConsoleSettings(dev_login=True, double_review=0.0)
    return Desk(store, load_policies(), settings, TopicSettings(), clock)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Of the console's pages."""
    with served(desk) as address:
        yield address


@pytest.fixture
def sit(browser: Browser, address: str) -> Iterator[Sit]:
    """Seats people, each at a browser with cookies of its own; in the end nothing may have happened behind them."""
    with ExitStack() as stack:
        seats: list[Seat] = []

        def seated(name: str = "", role: Role | None = None, **looks: Any) -> Seat:
            context = browser.new_context(**looks)
            stack.callback(context.close)
            seat = Seat(context.new_page(), address)
            seats.append(seat)
            return seat.sign_in(name, role) if role else seat

        yield seated
        assert [problem for seat in seats for problem in seat.problems] == []
