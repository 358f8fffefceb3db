"""What is refused before any page sees it, and what every answer says to the browser."""

import pytest
from fastapi.testclient import TestClient

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.security import FORM, HEADERS, MOST_BYTES
from tests.unit.console.web.visitors import ADDRESS, visitor

LOGIN = {"name": "Rosa", "role": "reviewer"}


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    """One that says nothing about where its requests come from."""
    return TestClient(build_app(desk), ADDRESS, follow_redirects=False)


@pytest.mark.parametrize(
    "said",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": ADDRESS},
        {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS},
    ],
)
def test_the_consoles_own_pages_may_send(browser: TestClient, said: dict[str, str]) -> None:
    """Browsers that tell Sec-Fetch-Site, and those that only tell Origin."""
    assert browser.post("/login", data=LOGIN, headers=said).status_code == 303


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost:8081.evil.example"},
        {"Origin": "localhost:8081"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_elses_may(browser: TestClient, said: dict[str, str], method: str) -> None:
    """A foreign page in the reviewer's browser decides nothing; who tells nothing is no page of ours."""
    answer = browser.request(method, "/login", data=LOGIN, headers=said)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8081", "localhost.evil.example", "10.0.0.7:8081", ""])
def test_the_development_login_answers_to_this_machines_names_alone(desk: Desk, host: str) -> None:
    """A foreign name that is made to resolve to loopback makes a foreign page same-origin."""
    answer = visitor(desk).get("/login", headers={"Host": host})
    assert answer.status_code == 421
    assert "form" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8081", "127.0.0.1:8081", "[::1]:8081", "localhost", "127.0.0.2:1"])
def test_all_of_them_are_answered(desk: Desk, host: str) -> None:
    """Whichever the browser was given."""
    assert visitor(desk).get("/login", headers={"Host": host}).status_code == 200


def test_a_form_is_no_flood(desk: Desk) -> None:
    """Forms are read into memory: a long one, and one that does not tell its length, is not read at all."""
    browser = visitor(desk)
    assert browser.post("/login", content=b"x" * (MOST_BYTES + 1)).status_code == 413
    assert browser.post("/login", content=iter([b"name=Rosa&role=lead"])).status_code == 413


def test_a_form_is_no_flood_by_two_lengths(desk: Desk) -> None:
    """A server reads as much as comes, whatever the other one says."""
    headers = {"Content-Length": "30", "Transfer-Encoding": "chunked", "Content-Type": FORM}
    assert visitor(desk).post("/login", content=b"name=Rosa&role=lead", headers=headers).status_code == 413


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=b; charset=punycode", "application/json", "text/plain"]
)
def test_only_what_the_pages_send_is_read(desk: Desk, kind: str) -> None:
    """A megabyte of a slow codec would keep everybody waiting for minutes, and nobody needs to sign in to send it."""
    assert visitor(desk).post("/review/note", content=b"x", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize("path", ["/login/", "/lead/", "/review/", "//evil.example/lead/"])
def test_no_redirect_leads_to_the_host_that_a_request_names(desk: Desk, path: str) -> None:
    """Nor away from HTTPS, where a proxy in front ends it."""
    assert visitor(desk).get(f"{ADDRESS}{path}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/login"), ("GET", "/nowhere"), ("GET", "/"), ("GET", "/static/console.css")]
)
def test_every_answer_tells_the_browser_what_is_forbidden(desk: Desk, method: str, path: str) -> None:
    """Pages, errors, redirects and files alike."""
    answer = visitor(desk).request(method, path)
    expected = HEADERS | ({"Cache-Control": "no-cache"} if path.startswith("/static/") else {})
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_refusals_do_too(browser: TestClient) -> None:
    """They are answered before the pages."""
    assert browser.post("/login").headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_framework_shows_no_pages_of_its_own(desk: Desk, path: str) -> None:
    """They would load scripts from elsewhere."""
    assert visitor(desk).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"])
def test_only_static_files_are_files(desk: Desk, path: str) -> None:
    """Nothing beside the folder, and no listing of it."""
    assert visitor(desk).get(path).status_code == 404
