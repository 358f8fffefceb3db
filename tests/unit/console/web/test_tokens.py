"""Whose tokens are believed, and whose are not."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Anybody
from moderator.console_settings import ConsoleSettings, OidcSettings
from tests.unit.console.web.issuer import (
    AUDIENCE,
    ISSUER,
    ec_key,
    jwks,
    rsa_key,
    signed,
    signed_with_the_public_key,
    unsigned,
)
from tests.unit.console.web.visitors import ADDRESS

Ask = Callable[..., Any]
"""`ask(token)` or `ask(headers={...})`: the answer to who has it."""


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The issuer's keys `one`, of an elliptic curve, and `rsa`."""
    file = tmp_path / "jwks.json"
    file.write_bytes(jwks(one=ec_key("one"), rsa=rsa_key("rsa")))
    return file


@pytest.fixture
def ask_with(desk: Desk, key_file: Path) -> Callable[..., Ask]:
    """A console with these settings beside the issuer's."""

    def asking(**settings: Any) -> Ask:
        oidc = OidcSettings(issuer=ISSUER, audience=AUDIENCE, jwks_file=key_file, **settings)
        app = build_app(replace(desk, settings=ConsoleSettings(oidc=oidc)))

        @app.get("/who")
        def _who(person: Anybody) -> dict[str, Any]:
            said = {"id": person.id, "name": person.name, "roles": sorted(person.roles)}
            return said | ({} if person.policies is None else {"policies": sorted(person.policies)})

        browser = TestClient(app, ADDRESS, follow_redirects=False)

        def ask(token: str = "", headers: dict[str, str] | None = None) -> Any:
            return browser.get("/who", headers=headers or {"Authorization": f"Bearer {token}"})

        return ask

    return asking


@pytest.fixture
def ask(ask_with: Callable[..., Ask]) -> Ask:
    """With the settings as they come."""
    return ask_with()


def test_a_good_token_says_who_it_is(ask: Ask) -> None:
    """By either algorithm; roles of other programs are none here."""
    expected = {"id": "u-17", "name": "Rosa Meyer", "roles": ["reviewer"]}
    assert ask(signed(ec_key("one"))).json() == expected
    assert ask(signed(rsa_key("rsa"), "rsa", "RS256")).json() == expected
    assert ask(signed(ec_key("one"), aud=["another", AUDIENCE])).json() == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"nbf": int(time.time()) + 3600},
        {"aud": "another-program"},
        {"aud": ["another-program"]},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 129},
        {"sub": "a\nb"},
    ],
    ids=",".join,  # the claims alone: two processes that collect tests see two times
)
def test_a_token_that_is_not_for_here_and_now_is_refused(ask: Ask, changed: dict[str, Any]) -> None:
    """Expired, another's, or of nobody."""
    assert ask(signed(ec_key("one"), **changed)).status_code == 401


@pytest.mark.parametrize(
    "forged",
    [
        unsigned,
        lambda: signed_with_the_public_key(rsa_key("rsa"), "rsa"),
        lambda: signed(ec_key("mallory")),
        lambda: signed(rsa_key("mallory"), "rsa", "RS256"),
        lambda: signed(rsa_key("rsa"), "rsa", "RS512"),
        lambda: signed(rsa_key("rsa"), "rsa", "PS256"),
        lambda: signed(ec_key("one"), "rsa"),
        lambda: signed(ec_key("one"), "unknown"),
        lambda: signed(ec_key("one"), None),
        lambda: signed(ec_key("one"))[:-4] + "AAAA",
        lambda: signed(ec_key("one")).rpartition(".")[0] + ".",
        lambda: "a.b.c",
        lambda: "",
        lambda: "é",
    ],
)
def test_a_forged_token_is_refused(ask: Ask, forged: Callable[[], str]) -> None:
    """No signature, another's key, another algorithm, or none of it."""
    assert ask(headers={"Authorization": b"Bearer " + forged().encode("latin-1")}).status_code == 401


def test_nobody_without_a_token(ask: Ask) -> None:
    """Also none in the header of another set-up."""
    assert ask(headers={"X": "y"}).status_code == 401
    assert ask(headers={"X-Forwarded-Access-Token": signed(ec_key("one"))}).status_code == 401


def test_a_proxy_may_send_it_in_a_header_of_its_own(ask_with: Callable[..., Ask]) -> None:
    """Bare, as they do; one in the usual header counts no more then."""
    ask = ask_with(header="X-Forwarded-Access-Token")
    token = signed(ec_key("one"))
    assert ask(headers={"X-Forwarded-Access-Token": token}).json()["id"] == "u-17"
    assert ask(token).status_code == 401


@pytest.mark.parametrize(
    ("claim", "said", "roles"),
    [
        ("roles", {"roles": "moderator-lead moderator-auditor"}, ["auditor", "lead"]),
        ("realm_access.roles", {"realm_access": {"roles": ["moderator-lead"]}}, ["lead"]),
        ("https://x.example/roles", {"https://x.example/roles": ["moderator-lead"]}, ["lead"]),
        ("groups", {"roles": ["moderator-lead"]}, []),
        ("roles", {"roles": {"moderator-lead": True}}, []),
        ("roles", {"roles": [["moderator-lead"], 7, None]}, []),
        ("roles.x", {"roles": ["moderator-lead"]}, []),
    ],
)
def test_roles_are_where_the_provider_puts_them(
    ask_with: Callable[..., Ask], claim: str, said: dict[str, Any], roles: list[str]
) -> None:
    """What is not understood gives no role."""
    token = signed(ec_key("one"), **{"roles": None, **said})
    assert ask_with(roles_claim=claim)(token).json()["roles"] == roles


@pytest.mark.parametrize(
    ("said", "policies"),
    [({"queues": ["sexual", "abuse", 7]}, ["abuse", "sexual"]), ({"queues": "spam"}, ["spam"]), ({}, [])],
)
def test_a_provider_may_say_whose_messages_a_person_decides(
    ask_with: Callable[..., Ask], said: dict[str, Any], policies: list[str]
) -> None:
    """A token that should name them, and does not, opens none."""
    assert ask_with(policies_claim="queues")(signed(ec_key("one"), **said)).json()["policies"] == policies


def test_who_has_no_role_may_do_nothing(ask_with: Callable[..., Ask]) -> None:
    """Another name of a role is none."""
    token = signed(ec_key("one"))
    assert ask_with(reviewer_role="trust-team")(token).json()["roles"] == []
    assert ask_with(reviewer_role="something-else")(token).json()["roles"] == ["reviewer"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"name": None, "preferred_username": "rosa"}, "rosa"),
        ({"name": 7, "email": "rosa@example.com"}, "rosa@example.com"),
        ({"name": " "}, "u-17"),
        ({"name": "x" * 1000}, "x" * 60),
    ],
)
def test_a_name_is_found(ask: Ask, said: dict[str, Any], name: str) -> None:
    """Or the id stands for it."""
    assert ask(signed(ec_key("one"), **said)).json()["name"] == name


def test_keys_may_change(ask: Ask, key_file: Path) -> None:
    """A token by a key that is new is believed once the issuer shows it, without a restart."""
    token = signed(ec_key("two"), "two")
    key_file.write_bytes(jwks(two=ec_key("two")))
    assert ask(token).json()["id"] == "u-17"


def test_without_keys_nobody_is_believed(ask: Ask, key_file: Path) -> None:
    """It is told as what it is: no mistake of who asks."""
    key_file.unlink()
    answer = ask(signed(ec_key("one")))
    assert answer.status_code == 503
    assert "keys" in answer.text


def test_tokens_are_told_nobody(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in answers nor in logs, good or bad."""
    caplog.set_level(logging.DEBUG)
    for token in (signed(ec_key("one")), signed(ec_key("mallory")), "do-not-quote-me"):
        answer = ask(token)
        secret = token.rpartition(".")[2]
        assert secret not in answer.text + json.dumps(dict(answer.headers)) + caplog.text
