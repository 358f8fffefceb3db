"""The development login, and what each role may do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Anybody, Auditor, Person, Reviewer, Role
from moderator.console.web.login import COOKIE, LASTS_S
from moderator.console_settings import ConsoleSettings
from tests.unit.console.web.visitors import ADDRESS, FROM_ITS_PAGES, sign_in_to, visitor


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    """At a console with a page for each kind of person, which says who they are."""
    app = build_app(desk)

    def words(person: Person) -> dict[str, Any]:
        return {"id": person.id, "name": person.name, "roles": sorted(person.roles)}

    @app.get("/for/anybody")
    def _anybody(person: Anybody) -> dict[str, Any]:
        return words(person)

    @app.get("/for/reviewers")
    def _reviewers(person: Reviewer) -> dict[str, Any]:
        return words(person)

    @app.get("/for/auditors")
    def _auditors(person: Auditor) -> dict[str, Any]:
        return words(person)

    return TestClient(app, ADDRESS, headers=FROM_ITS_PAGES, follow_redirects=False)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.REVIEWER, {"anybody", "reviewers"}),
        (Role.LEAD, {"anybody", "reviewers", "auditors"}),
        (Role.AUDITOR, {"anybody", "auditors"}),
    ],
)
def test_each_role_sees_its_pages(browser: TestClient, role: Role, allowed: set[str]) -> None:
    """A lead may review; an auditor looks on; the rest is refused by a page that says so."""
    sign_in_to(browser, role, name="Rosa")
    for kind in ("anybody", "reviewers", "auditors"):
        answer = browser.get(f"/for/{kind}")
        assert answer.status_code == (200 if kind in allowed else 403), kind
        assert ("not for your role" in answer.text) == (kind not in allowed)


def test_who_signs_in_is_known_by_name(browser: TestClient) -> None:
    """Their id shows that nobody has proven it."""
    sign_in_to(browser, Role.LEAD, Role.REVIEWER, name=" Rosa  Meyer ")
    assert browser.get("/for/anybody").json() == {
        "id": "dev:rosa-meyer",
        "name": "Rosa  Meyer",
        "roles": ["lead", "reviewer"],
    }


@pytest.mark.parametrize(
    ("role", "first"), [(Role.REVIEWER, "/review"), (Role.LEAD, "/review"), (Role.AUDITOR, "/lead")]
)
def test_people_begin_where_their_work_is(browser: TestClient, role: Role, first: str) -> None:
    """The address that they remember is the console's."""
    assert sign_in_to(browser, role, name="Rosa").get("/").headers["location"] == first


def test_nobody_is_sent_to_the_login(browser: TestClient) -> None:
    """Also after they have signed out."""
    assert browser.get("/for/reviewers").headers["location"] == "/login"
    sign_in_to(browser, Role.REVIEWER, name="Rosa")
    assert browser.post("/logout").headers["location"] == "/login"
    assert browser.get("/for/reviewers").headers["location"] == "/login"


def test_the_cookie_is_for_the_browser_alone(browser: TestClient) -> None:
    """No script reads it, no foreign page has it sent."""
    set_cookie = browser.post("/login", data={"name": "Rosa", "role": "lead"}).headers["set-cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=strict" in set_cookie


def test_a_cookie_of_another_start_is_worth_nothing(browser: TestClient, desk: Desk) -> None:
    """Nor one that was made up or altered."""
    good = sign_in_to(visitor(desk), Role.LEAD, name="Mallory").cookies[COOKIE]
    for cookie in (good, "", "WyJNYWxsb3J5IixbImxlYWQiXV0.x.y", good[:-1], "%"):
        browser.cookies.set(COOKIE, cookie)
        assert browser.get("/for/anybody").status_code == 303, cookie


def test_a_session_ends(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that was left alone overnight shows nothing in the morning."""
    sign_in_to(browser, Role.REVIEWER, name="Rosa")
    signed_at = datetime.now(UTC).timestamp()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: signed_at + LASTS_S + 2)
    assert browser.get("/for/anybody").status_code == 303


@pytest.mark.parametrize(
    "form", [{}, {"name": "Rosa"}, {"role": "lead"}, {"name": "Rosa", "role": "god"}, {"name": ""}]
)
def test_a_form_that_lacks_something_is_told(browser: TestClient, form: dict[str, str]) -> None:
    """In words, without quoting it."""
    answer = browser.post("/login", data=form)
    assert answer.status_code == 400
    assert "god" not in answer.text


def test_a_link_may_fill_the_form_in(browser: TestClient) -> None:
    """One click is left: a link that signs in could be followed by mistake."""
    page = browser.get("/login", params={"name": "Lea", "role": "lead"}).text
    assert 'value="Lea"' in page
    assert 'value="lead" checked' in page
    assert 'value="reviewer" checked' not in page


@pytest.mark.parametrize(
    "ask",
    [
        lambda browser: browser.get("/login"),
        lambda browser: browser.post("/login", data={"name": "Mallory", "role": "lead"}),
        lambda browser: browser.post("/logout"),
    ],
)
def test_without_the_flag_there_is_no_such_login(desk: Desk, ask: Callable[[TestClient], Any]) -> None:
    """It is off unless somebody turned it on, and a cookie is no identity then."""
    answer = ask(visitor(replace(desk, settings=ConsoleSettings())))
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_console_where_nobody_can_sign_in_says_what_is_missing(desk: Desk) -> None:
    """The first thing that one sees after an installation."""
    answer = visitor(replace(desk, settings=ConsoleSettings())).get("/")
    assert answer.status_code == 401
    assert "MODERATOR_CONSOLE__OIDC__ISSUER" in answer.text
