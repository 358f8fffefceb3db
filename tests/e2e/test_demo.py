"""`moderator demo` where there is no terminal: it ends by itself, and its exit code is the balance's. Asked to, it goes
on until people have decided what is uncertain.
"""

import re
import signal
import time
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx
import pytest

from moderator.demo.samples import BROKEN, load_samples
from tests.e2e.program import COMMAND, ENDS_WITHIN_S, Running, run

BALANCE = re.compile(r"^records in ([\d,]+) = first verdicts ([\d,]+) \+ dead letters ([\d,]+)$", re.MULTILINE)
BALANCED = (len(load_samples()), len(load_samples()) - len(BROKEN), len(BROKEN))


def balance(told: bytes) -> tuple[int, ...]:
    """Records in, verdicts, dead letters."""
    line = BALANCE.search(told.decode())
    assert line
    return tuple(int(number.replace(",", "")) for number in line.groups())


@pytest.mark.parametrize("option", [("--once",), ()], ids=["--once", "no terminal"])
def test_every_sample_is_answered(option: tuple[str, ...]) -> None:
    """A line an answer, the balance, the next steps, and nothing on standard error."""
    ended = run("demo", *option, "--rate", "1000")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert balance(ended.stdout) == BALANCED
    told = ended.stdout.decode()
    answers = [line for line in told.splitlines() if re.match("(allow|block|escalate|dead letter)  ", line)]
    assert len(answers) == BALANCED[0]
    assert "Try next:" in told


def test_settings_of_ones_own_cluster_do_not_matter() -> None:
    """Who has set the service up already may still look at the demo."""
    settings = {
        "KAFKA__BOOTSTRAP_SERVERS": "kafka.invalid:9093",
        "KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "KAFKA__SASL_USERNAME": "user",
        "KAFKA__SASL_PASSWORD": "password",
        "TOPICS__MESSAGES": "ours",
        "INPUT__TEXT_POINTER": "/body",
    }
    ended = run("demo", "--rate", "1000", settings=settings)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert balance(ended.stdout) == BALANCED


class Forms(HTMLParser):
    """The forms of a page: what each sends, by the path that it sends it to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self._fields: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.forms.setdefault(given.get("action", "").partition("?")[0], [])
        elif tag == "input" and "name" in given and (given.get("type") != "checkbox" or "checked" in given):
            self._fields.append((given["name"], given.get("value", "")))


class Browser:
    """One that knows no JavaScript, on a page."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(follow_redirects=True, timeout=ENDS_WITHIN_S)
        self._page = self._client.get(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def shows(self, path: str) -> bool:
        """Whether the page has a form for `path`."""
        assert self._page.is_success, f"{self._page.status_code} from {self._page.url.path}"
        return path in Forms(self._page.text).forms

    def press(self, path: str, **button: str) -> None:
        """Send that form, with what its button adds."""
        assert self.shows(path)
        here, data = str(self._page.url), dict[str, list[str]]()
        for name, value in [*Forms(self._page.text).forms[path], *button.items()]:
            data.setdefault(name, []).append(value)
        headers = {"Origin": urljoin(here, "/").rstrip("/")}
        self._page = self._client.post(urljoin(here, path), data=data, headers=headers)


def test_a_decision_in_the_browser_becomes_a_final_verdict() -> None:
    """One click signs in; what is decided then leaves the console, and its final verdict is read off the topic."""
    with Running([*COMMAND, "demo", "--once", "--review", "--rate", "1000"]) as program:
        program.until("dead letter  ")  # the model is loaded; the reviewers come after that
        link = program.until("Decide yourself: ").partition(": ")[2].strip()
        with Browser(link) as browser:
            browser.press("/login")
            deadline = time.monotonic() + ENDS_WITHIN_S  # until the console has joined its group, there is nothing
            while not browser.shows("/review/decide"):
                assert time.monotonic() < deadline
                browser.press("/review/next")
            browser.press("/review/decide", outcome="allow")
        assert "human dev:you" in program.until("final allow")
        assert program.stop(signal.SIGINT) == 0
        assert program.errors == ""
    assert balance(program.output.encode()) == BALANCED
    assert "\nfinal verdicts 1 (people 1, stub-large-model 0), waiting for people " in program.output
