"""Where spans go: an address that works, or a problem that says what to do."""

import pytest

from moderator.config import load_settings
from moderator.errors import ConfigError

CANARY = "do-not-quote-me"


@pytest.mark.parametrize("address", ["http://collector:4318", "https://otel.example/prefix", "http://[::1]:4318/"])
def test_an_address_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without TLS too: spans hold nothing that anybody wrote."""
    monkeypatch.setenv("MODERATOR_TRACING__ENDPOINT", address)
    assert load_settings().tracing.endpoint == address


@pytest.mark.parametrize(
    "address", ["", "collector:4318", "grpc://collector:4317", "http://", "http://[::1", "http://collector:port"]
)
def test_what_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start, by the setting's name."""
    monkeypatch.setenv("MODERATOR_TRACING__ENDPOINT", address)
    with pytest.raises(ConfigError, match=r"MODERATOR_TRACING__ENDPOINT: no address of the form http://host:4318"):
        load_settings()


@pytest.mark.parametrize(
    "address", [f"https://me:{CANARY}@otel", f"https://me:1/{CANARY}@otel", f"https://otel/?key={CANARY}"]
)
def test_credentials_in_an_address_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown by `moderator config show`; the problem says where they go, and quotes none."""
    monkeypatch.setenv("MODERATOR_TRACING__ENDPOINT", address)
    with pytest.raises(ConfigError, match="OTEL_EXPORTER_OTLP_HEADERS") as caught:
        load_settings()
    assert CANARY not in str(caught.value)
