"""The console's settings: no password is ever shown, and the store's URL may come from a file."""

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


def test_the_default_head_start_is_the_policys() -> None:
    """It stands in two layers of which neither may import the other."""
    assert ConsoleSettings().head_start_s == HEAD_START.total_seconds()
