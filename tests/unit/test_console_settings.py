"""The console's settings: no password is ever shown, and nobody gets in by an oversight."""

from pathlib import Path

import pytest

from moderator.config import load_settings
from moderator.console_settings import ConsoleSettings, StoreUrl
from moderator.errors import ConfigError
from moderator.policy.priority import HEAD_START
from moderator.settings_table import describe_settings

CANARY = "do-not-quote-me"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////var/lib/moderator/console.db", "sqlite:////var/lib/moderator/console.db"),
        ("postgresql://me@db/moderator", "postgresql://me@db/moderator"),
        (f"postgresql://me:{CANARY}@db/moderator", "postgresql://me:********@db/moderator"),
        (f"postgresql://me:{CANARY}/@:{CANARY}@db:1/x", "postgresql://me:********@db:1/x"),
        (f"postgresql://:{CANARY}@db/x", "postgresql://:********@db/x"),
        (f"postgresql://me@db/x?password={CANARY}", "postgresql://me@db/x?********"),
        (f"postgresql:///x?host=/run&a=1\n{CANARY}", "postgresql:///x?********"),
    ],
)
def test_a_password_in_the_url_is_masked(url: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the table, and wherever else settings may be printed."""
    monkeypatch.setenv("MODERATOR_CONSOLE__STORE_URL", url)
    settings = load_settings()
    assert settings.console.store_url.get_secret_value() == url
    (line,) = [line for line in describe_settings(settings) if line.name == "MODERATOR_CONSOLE__STORE_URL"]
    assert line.value == shown
    assert CANARY not in repr(settings) + str(settings) + settings.model_dump_json()


def test_the_url_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As other secrets do."""
    file = tmp_path / "url"
    file.write_text("postgresql://me:secret@db/moderator\n", encoding="utf-8")
    monkeypatch.setenv("MODERATOR_CONSOLE__STORE_URL_FILE", str(file))
    assert load_settings().console.store_url == StoreUrl("postgresql://me:secret@db/moderator")


def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, or beside a URL that is given too."""
    monkeypatch.setenv("MODERATOR_CONSOLE__STORE_URL_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ConfigError, match=r"MODERATOR_CONSOLE__STORE_URL: store_url_file .*cannot be read"):
        load_settings()
    monkeypatch.setenv("MODERATOR_CONSOLE__STORE_URL", "postgresql://me@db/moderator")
    with pytest.raises(ConfigError, match="MODERATOR_CONSOLE__STORE_URL: store_url_file is given too"):
        load_settings()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_development_login_is_for_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By any of its names."""
    monkeypatch.setenv("MODERATOR_CONSOLE__HOST", host)
    monkeypatch.setenv("MODERATOR_CONSOLE__DEV_LOGIN", "true")
    assert load_settings().console.dev_login


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", "console.example.org", "localhost.example.org"])  # noqa: S104
def test_it_is_refused_where_others_reach_it(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start, not at the first intruder."""
    monkeypatch.setenv("MODERATOR_CONSOLE__HOST", host)
    monkeypatch.setenv("MODERATOR_CONSOLE__DEV_LOGIN", "true")
    with pytest.raises(ConfigError, match="MODERATOR_CONSOLE__DEV_LOGIN: host is no loopback address"):
        load_settings()


ISSUER = {"ISSUER": "https://login.example", "AUDIENCE": "console"}


@pytest.mark.parametrize(
    "oidc",
    [
        ISSUER | {"JWKS_URL": "https://login.example/keys"},
        ISSUER | {"JWKS_URL": "https://login.example/keys?p=b2c_1_sign_in"},
        ISSUER | {"JWKS_URL": "http://127.0.0.1:9000/keys"},
        ISSUER | {"JWKS_URL": "http://[::1]:9000/keys"},
        ISSUER | {"JWKS_FILE": "/etc/moderator/jwks.json"},
    ],
)
def test_an_issuer_may_be_believed(oidc: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By keys from where nobody can forge them."""
    for name, value in oidc.items():
        monkeypatch.setenv(f"MODERATOR_CONSOLE__OIDC__{name}", value)
    assert load_settings().console.oidc.issuer == "https://login.example"


@pytest.mark.parametrize(
    ("oidc", "problem"),
    [
        (ISSUER, "OIDC__JWKS_FILE: an issuer needs jwks_url or jwks_file"),
        (ISSUER | {"JWKS_URL": "https://x.example", "JWKS_FILE": "x"}, "OIDC__JWKS_FILE: .* and not both"),
        (ISSUER | {"JWKS_URL": "http://login.example/keys"}, "OIDC__JWKS_URL: must begin with https://"),
        (ISSUER | {"JWKS_URL": "http://127.0.0.1.evil.example/keys"}, "OIDC__JWKS_URL: must begin with https://"),
        (ISSUER | {"JWKS_URL": "file:///etc/passwd"}, "OIDC__JWKS_URL: no address of the form https://host/keys"),
        (ISSUER | {"JWKS_URL": "https://["}, "OIDC__JWKS_URL: no address of the form https://host/keys"),
        (ISSUER | {"JWKS_URL": "login.example/keys"}, "OIDC__JWKS_URL: no address of the form https://host/keys"),
        (ISSUER | {"JWKS_URL": f"https://me:{CANARY}@login.example/keys"}, "OIDC__JWKS_URL: holds an @"),
        ({"ISSUER": "https://login.example", "JWKS_FILE": "x"}, "OIDC__AUDIENCE: issuer and audience go together"),
        ({"AUDIENCE": "console"}, "OIDC__AUDIENCE: issuer and audience go together"),
        (ISSUER | {"JWKS_FILE": "x", "HEADER": "a b"}, "OIDC__HEADER"),
    ],
)
def test_a_set_up_that_believes_too_much_or_nobody_is_refused(
    oidc: dict[str, str], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the setting's name."""
    for name, value in oidc.items():
        monkeypatch.setenv(f"MODERATOR_CONSOLE__OIDC__{name}", value)
    with pytest.raises(ConfigError, match=f"MODERATOR_CONSOLE__{problem}") as caught:
        load_settings()
    assert CANARY not in str(caught.value)


def test_people_sign_in_by_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The development login beside a provider would be a way round it."""
    for name, value in (ISSUER | {"JWKS_FILE": "x"}).items():
        monkeypatch.setenv(f"MODERATOR_CONSOLE__OIDC__{name}", value)
    monkeypatch.setenv("MODERATOR_CONSOLE__DEV_LOGIN", "true")
    with pytest.raises(ConfigError, match="MODERATOR_CONSOLE__DEV_LOGIN: people sign in by oidc already"):
        load_settings()


def test_the_default_head_start_is_the_policys() -> None:
    """It stands in two layers of which neither may import the other."""
    assert ConsoleSettings().head_start_s == HEAD_START.total_seconds()
