"""The issuer's keys: fetched seldom, and kept while it is away."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from moderator.console.web.signing_keys import KEPT_S, NOT_AGAIN_WITHIN_S, KeysUnavailable, SigningKeys, fetching
from moderator.console_settings import OidcSettings
from tests.unit.console.web.issuer import ec_key, jwks

ONE = jwks(one=ec_key("one"))
TWO = jwks(one=ec_key("one"), two=ec_key("two"))


class Issuer:
    """Answers with its keys, or not, on a clock that stands."""

    def __init__(self) -> None:
        self.answer: bytes | None = ONE
        self.asked = 0
        self.time = 1_000.0
        self.keys = SigningKeys(self._fetch, lambda: self.time)

    def _fetch(self) -> bytes:
        self.asked += 1
        if self.answer is None:
            raise TimeoutError
        return self.answer


@pytest.fixture
def issuer() -> Issuer:
    """With one key."""
    return Issuer()


def test_they_are_fetched_once_for_many_tokens(issuer: Issuer) -> None:
    """The issuer is no part of every request."""
    assert [issuer.keys.key("one") is not None for _ in range(5)] == [True] * 5
    assert issuer.asked == 1


def test_a_new_key_is_asked_for_when_it_is_seen(issuer: Issuer) -> None:
    """Long before those that are kept are old."""
    issuer.keys.key("one")
    issuer.answer = TWO
    issuer.time += NOT_AGAIN_WITHIN_S
    assert issuer.keys.key("two") is not None


def test_made_up_ids_do_not_become_requests(issuer: Issuer) -> None:
    """Whoever sends tokens could otherwise have the console flood the issuer."""
    assert [issuer.keys.key(f"made up {n}") for n in range(50)] == [None] * 50
    assert issuer.asked == 1


def test_a_withdrawn_key_is_not_believed_for_ever(issuer: Issuer) -> None:
    """It goes when the kept ones are old."""
    issuer.answer = TWO
    assert issuer.keys.key("two") is not None
    issuer.answer = ONE
    issuer.time += KEPT_S
    assert issuer.keys.key("two") is None


@pytest.mark.parametrize("answer", [None, b"", b"<html>", b"[]", b'{"keys": []}', b'{"keys": 7}', b"\xff", b"null"])
def test_who_is_signed_in_stays_so_while_the_issuer_is_away(issuer: Issuer, answer: bytes | None) -> None:
    """Or answers nonsense."""
    issuer.keys.key("one")
    issuer.answer = answer
    issuer.time += KEPT_S
    assert issuer.keys.key("one") is not None


def test_without_any_nobody_can_be_believed(issuer: Issuer) -> None:
    """And it is asked again after a while."""
    issuer.answer = None
    for _ in range(3):
        with pytest.raises(KeysUnavailable):
            issuer.keys.key("one")
    assert issuer.asked == 1
    issuer.answer = ONE
    issuer.time += NOT_AGAIN_WITHIN_S
    assert issuer.keys.key("one") is not None


def test_keys_of_other_algorithms_are_none(issuer: Issuer) -> None:
    """A secret in a public set would let anybody sign."""
    issuer.answer = b'{"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0", "alg": "HS256"}]}'
    with pytest.raises(KeysUnavailable):
        issuer.keys.key("one")


class _Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Keys at one address, a way there at another."""
        self.send_response(200 if self.path == "/keys" else 302)
        self.send_header("Location", "/keys")
        self.end_headers()
        self.wfile.write(ONE)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Of a web server on this machine."""
    server = http.server.HTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_they_come_over_http(address: str) -> None:
    """From the very address that is set: where another one leads is nobody's word."""
    here = OidcSettings(issuer="i", audience="a", jwks_url=f"{address}/keys")
    assert SigningKeys(fetching(here)).key("one") is not None
    elsewhere = OidcSettings(issuer="i", audience="a", jwks_url=f"{address}/moved")
    with pytest.raises(KeysUnavailable):
        SigningKeys(fetching(elsewhere)).key("one")
