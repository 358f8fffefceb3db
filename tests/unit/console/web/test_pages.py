"""What people see: errors in words, names as text, and what is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import Request, Response
from fastapi.testclient import TestClient

from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.refusals import LeaseExpired
from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk, DeskNeeded
from moderator.console.web.identity import Anybody, Role
from moderator.console.web.pages import SAID, render, see_other, span
from moderator.console.web.security import HEADERS
from tests.unit.console.web.visitors import ADDRESS, FROM_ITS_PAGES, sign_in_to, visitor

CANARY = "do-not-quote-me"
MARKUP = "<script>alert(1)</script>'\"><img src=x>"


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    """At a console with pages that fail in every way; errors that are bugs reach no test, as they reach nobody."""
    app = build_app(desk)

    @app.get("/frame")
    def _frame(request: Request, person: Anybody) -> Response:
        return render(request, "error.html", title="A page", words=person.name)

    @app.get("/expired")
    def _expired(person: Anybody) -> Response:
        raise LeaseExpired

    @app.get("/queue")
    def _queue(desk: DeskNeeded, person: Anybody) -> int:
        return queue(desk.store).depth

    @app.get("/bug")
    def _bug() -> Response:
        raise ValueError(CANARY)

    @app.get("/number/{number}")
    def _number(number: int) -> Response:
        return Response()

    @app.post("/said")
    def _said(person: Anybody) -> Response:
        return see_other("/frame", MARKUP, "warning")

    return TestClient(app, ADDRESS, headers=FROM_ITS_PAGES, follow_redirects=False, raise_server_exceptions=False)


def test_names_are_text(browser: TestClient) -> None:
    """Whatever a person or a provider calls somebody."""
    page = sign_in_to(browser, Role.REVIEWER, name=MARKUP).get("/frame").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&#39;&#34;&gt;&lt;img src=x&gt;") == 2


def test_what_is_filled_in_by_a_link_is_text(browser: TestClient) -> None:
    """Also inside an attribute."""
    assert "<script>alert" not in browser.get("/login", params={"name": MARKUP}).text


@pytest.mark.parametrize("path", ["/frame", "/login", "/nowhere"])
def test_no_page_needs_what_the_browser_is_told_to_refuse(browser: TestClient, path: str) -> None:
    """No script, style or listener stands in a page."""
    page = sign_in_to(browser, Role.LEAD, name="Lea").get(path).text
    for inline in ("<style", " style=", " onclick=", "javascript:", "hx-on", "<script>"):
        assert inline not in page, inline
    assert "http" not in page.replace("http://www.w3.org", "").replace('http-equiv="', "")


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.REVIEWER, {"/review"}),
        (Role.LEAD, {"/review", "/lead", "/trail"}),
        (Role.AUDITOR, {"/lead", "/trail"}),
    ],
)
def test_the_way_leads_where_one_may_go(browser: TestClient, role: Role, there: set[str]) -> None:
    """Nobody is shown a door that is shut."""
    page = sign_in_to(browser, role, name="Rosa").get("/frame").text
    assert {path for path in ("/review", "/lead", "/trail") if f'href="{path}"' in page} == there


def test_a_refusal_is_told_in_its_words(browser: TestClient) -> None:
    """A decision on an expired lease, for one."""
    answer = sign_in_to(browser, Role.REVIEWER, name="Rosa").get("/expired")
    assert answer.status_code == 409
    assert LeaseExpired.words in answer.text


def test_a_store_that_is_away_is_told(browser: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """People see why they cannot work, and that it passes; what they had claimed is not forgotten."""
    sign_in_to(browser, Role.REVIEWER, name="Rosa")
    assert browser.get("/queue").text == "0"
    monkeypatch.setattr(store, "engine", Store("sqlite:////nowhere/console.db").engine)
    answer = browser.get("/queue")
    assert answer.status_code == 503
    assert "cannot reach its database" in answer.text
    assert answer.headers["Retry-After"]
    monkeypatch.undo()
    assert browser.get("/queue").status_code == 200


@pytest.mark.parametrize("path", ["/review", "/lead", "/trail.csv", "/login", "/appeals"])
def test_a_console_that_is_starting_says_so(desk: Desk, path: str) -> None:
    """Its store may have no tables yet, which is no mistake of the program's."""
    prepared: list[bool] = []
    browser = visitor(replace(desk, is_prepared=lambda: bool(prepared)))
    answer = browser.get(path)
    assert answer.status_code == 503
    assert "has just been started" in answer.text
    assert answer.headers["Retry-After"]
    prepared.append(True)
    assert browser.get(path).status_code < 500


def test_a_bug_quotes_nobody(browser: TestClient, swallowed_errors: list[str]) -> None:
    """Neither to the person nor to the log; the answer is guarded like any other."""
    answer = browser.get("/bug")
    assert answer.status_code == 500
    assert [CANARY in error for error in swallowed_errors] == [False]
    swallowed_errors.clear()
    assert CANARY not in answer.text
    assert "mistake of the program" in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "status"), [(f"/{CANARY}", 404), (f"/number/{CANARY}", 400)])
def test_errors_quote_nothing_that_was_sent(browser: TestClient, path: str, status: int) -> None:
    """It may be a message."""
    answer = browser.get(path)
    assert answer.status_code == status
    assert CANARY not in answer.text


def test_another_method_than_a_pages_is_told(browser: TestClient) -> None:
    """With the ones there are."""
    answer = browser.post("/frame")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert "cannot be done here" in answer.text


def test_what_was_done_is_told_once(browser: TestClient) -> None:
    """On the next page, to those who hear it too, as text."""
    sign_in_to(browser, Role.REVIEWER, name="Rosa")
    assert browser.post("/said").headers["location"] == "/frame"
    first, second = browser.get("/frame").text, browser.get("/frame").text
    assert 'class="flash warning" role="status">&lt;script&gt;' in first
    assert 'role="status"' not in second


@pytest.mark.parametrize(
    "cookie", ["x", "bnVsbA==", "WzEsMl0=", "WyJ4IiwgInkiXQ==", "WyJnb29kIiwgN10=", "W1tdLCAiYSJd", "W1tb" * 9_000]
)
def test_a_cookie_that_is_no_such_word_is_nothing(browser: TestClient, cookie: str) -> None:
    """Not an error either: it would be there again on the page of the error."""
    sign_in_to(browser, Role.REVIEWER, name="Rosa").cookies.set(SAID, cookie)
    answer = browser.get("/frame")
    assert answer.status_code == 200
    assert 'role="status"' not in answer.text


def test_colours_can_be_taken_away(browser: TestClient) -> None:
    """And brought back; it holds on every page."""
    sign_in_to(browser, Role.REVIEWER, name="Rosa")
    assert 'class="console"' in browser.get("/frame").text
    browser.post("/greyscale")
    assert 'class="console greyscale"' in browser.get("/frame").text
    browser.post("/greyscale")
    assert 'class="console"' in browser.get("/frame").text


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=-3), "0 s"),
        (timedelta(seconds=59.9), "59 s"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(days=2, hours=4, minutes=59), "2 d 4 h"),
    ],
)
def test_spans_are_told_as_people_do(length: timedelta, words: str) -> None:
    """Clocks that differ by seconds make no negative age."""
    assert span(length) == words
