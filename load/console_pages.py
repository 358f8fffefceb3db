"""The console's pages in a process of their own, and reviewers who work by HTTP."""

import asyncio
import http.client
import multiprocessing
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from multiprocessing.context import SpawnProcess
from random import Random
from urllib.parse import urlencode

from load.console_reviewers import Rest, Work, since_ms
from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.serving import serve
from moderator.console_settings import ConsoleSettings, StoreUrl
from moderator.review.documents import load_policies
from tests.support.real_kafka import free_ports

STARTS_WITHIN_S = 60.0
ANSWERS_WITHIN_S = 60.0
LOOK_S = 0.1
HOST = "127.0.0.1"
OF_THE_CLAIM = re.compile(r'name="(job|lease|policy)" value="([^"]*)"')
UNLIMITED = 1_000_000  # nobody here gets tired


def _serve(url: str, port: int) -> None:
    settings = ConsoleSettings(
        store_url=StoreUrl(url),
        host=HOST,
        port=port,
        dev_login=True,
        severe_per_day=UNLIMITED,
        break_after_minutes=UNLIMITED,
        double_review=0,  # so that a job that is claimed twice is a fault
    )
    desk = Desk(Store(url), load_policies(), settings, TopicSettings(), lambda: datetime.now(UTC))
    asyncio.run(serve(build_app(desk), HOST, port, lambda _address: None, asyncio.Event()))


@contextmanager
def pages(url: str) -> Iterator[int]:
    """Their port, once they answer. Raises RuntimeError when they do not."""
    (port,) = free_ports(1)
    serving = multiprocessing.get_context("spawn").Process(target=_serve, args=(url, port), daemon=True)
    serving.start()
    try:
        _await_answer(port, serving)
        yield port
    finally:
        serving.kill()
        serving.join()


class AtThePages:
    """One person's browser, without scripts and style sheets."""

    def __init__(self, port: int, number: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=ANSWERS_WITHIN_S)
        self._headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        self._cookies: dict[str, str] = {}
        self._send("POST", "/login", {"name": f"r-{number}", "role": "reviewer"})
        self._claim: dict[str, str] = {}

    def turn(self, work: Work, random: Random, rest: Rest) -> None:
        """See Reviewer. From the second on, the next message is there without being asked for: a decision's page shows
        it, and what the reviewer waits for is that page.
        """
        del random
        rest()
        begun = time.monotonic()
        if self._claim:
            page = self._send("POST", "/review/decide", {**self._claim, "outcome": "allow"})
            work.decided_ms.append(since_ms(begun))
        else:
            page = self._send("POST", "/review/next", {})
        self._claim = dict(OF_THE_CLAIM.findall(self._send("GET", page)))
        work.next_ms.append(since_ms(begun))
        if self._claim:
            work.claimed.append(self._claim["job"])

    def _send(self, method: str, path: str, form: Mapping[str, str] | None = None) -> str:
        """What the answer holds: of a form's the address to go on at. Raises RuntimeError for any other answer."""
        body = None if form is None else urlencode(form)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body, {**self._headers, "Cookie": cookies})
        answer = self._connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.msg.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status != (HTTPStatus.OK if form is None else HTTPStatus.SEE_OTHER):
            raise RuntimeError(f"{method} {path.partition('?')[0]}: {answer.status}")
        return page if form is None else answer.getheader("Location", "")


def _await_answer(port: int, serving: SpawnProcess) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while serving.is_alive() and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(LOOK_S)
        else:
            return
    raise RuntimeError("the pages do not start")
