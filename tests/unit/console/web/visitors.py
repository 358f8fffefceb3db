"""People in front of a console's pages, with real signatures and a real store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role

ADDRESS = "http://localhost:8081"
FROM_ITS_PAGES = {"Sec-Fetch-Site": "same-origin"}

SignIn = Callable[..., TestClient]
"""`sign_in(Role.LEAD, name="Lea")`: a browser of theirs; several may be at one console."""


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


def visitor(desk: Desk) -> TestClient:
    """A browser that nobody has signed in with. It follows no redirect."""
    return TestClient(build_app(desk), ADDRESS, headers=FROM_ITS_PAGES, follow_redirects=False)


def sign_in_to(client: TestClient, *roles: Role, name: str) -> TestClient:
    """The same browser, signed in by the development login. The id is `dev:` and the name in small letters."""
    answer = client.post("/login", data={"name": name, "role": [*roles]})
    assert answer.status_code == 303, answer.text
    return client
