"""What `moderator config show` prints: every setting, no secret."""

import pytest

from moderator.config import Settings, load_settings
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings
from moderator.settings_table import describe_settings

CANARY = "do-not-quote-me"
ADDRESSES = ("REVIEWER__BASE_URL", "TRACING__ENDPOINT", "CONSOLE__OIDC__JWKS_URL")


def test_every_setting_can_be_set_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name is a variable that the program takes, given the value that stands beside it; none is listed twice."""
    lines = describe_settings(Settings.model_construct())
    names = [line.name for line in lines]
    assert len(set(names)) == len(names)
    assert {"MODERATOR_KAFKA__GROUP_ID", "MODERATOR_INPUT__TEXT_POINTER", "MODERATOR_DRAIN_TIMEOUT_S"} <= set(names)
    for line in lines:
        if line.value:
            monkeypatch.setenv(line.name, line.value)
    assert load_settings() == Settings.model_construct()


def test_every_setting_is_described() -> None:
    """An operator need not read the source."""
    assert [line.name for line in describe_settings(Settings.model_construct()) if not line.description] == []


def test_changed_settings_are_told_from_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Defaults are the program's, not those of the environment that it is asked in."""
    monkeypatch.setenv("MODERATOR_HTTP__PORT", "0")
    lines = describe_settings(load_settings())
    assert [(line.name, line.value, line.default) for line in lines if line.changed] == [
        ("MODERATOR_HTTP__PORT", "0", "8080")
    ]


def test_secrets_are_masked() -> None:
    """A password is shown to be set, not what it is nor how long."""
    settings = Settings.model_construct(kafka=KafkaSettings.model_validate({"sasl_password": CANARY}))
    lines = {line.name: line for line in describe_settings(settings)}
    assert lines["MODERATOR_KAFKA__SASL_PASSWORD"].value == "********"
    assert lines["MODERATOR_KAFKA__SASL_PASSWORD"].changed
    assert CANARY not in repr(lines)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("user", [f"me:{CANARY}", f":{CANARY}", f"me:1/{CANARY}", f"me:{CANARY} ?#", f"me:[{CANARY}"])
def test_a_password_in_an_address_is_refused(name: str, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be shown: in the table, in `moderator check`, in logs. The refusal does not quote it."""
    monkeypatch.setenv(f"MODERATOR_{name}", f"https://{user}@host.example/v1")
    with pytest.raises(ConfigError, match=f"MODERATOR_{name}: holds an @") as refusal:
        load_settings()
    assert CANARY not in str(refusal.value) + repr(refusal.value)


def test_every_address_is_held_to_that() -> None:
    """A new one belongs in the test above, unless it is a secret that is masked."""
    named = {line.name for line in describe_settings(Settings.model_construct())}
    addresses = {name for name in named if name.endswith(("URL", "ENDPOINT"))}
    assert addresses == {f"MODERATOR_{name}" for name in (*ADDRESSES, "CONSOLE__STORE_URL")}


def test_unset_is_empty() -> None:
    """What is not set shows nothing, rather than a word that looks like a value."""
    lines = {line.name: line for line in describe_settings(Settings.model_construct())}
    assert lines["MODERATOR_MODEL__DIRECTORY"].value == ""
