"""Which large model is asked: an address that works, or a problem that says what is allowed."""

import pytest

from moderator.config import load_settings
from moderator.errors import ConfigError

CANARY = "do-not-quote-me"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000/v1", "https://models.example/v1/", "http://vllm.models:8000", "http://[::1]:1/v1"],
)
def test_an_address_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is given."""
    monkeypatch.setenv("MODERATOR_REVIEWER__BASE_URL", address)
    assert load_settings().reviewer.base_url == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vllm:8000",
        "vllm:8000/v1",
        "//vllm/v1",
        "ftp://vllm/v1",
        "http://",
        "http://[::1",
        "http://vllm:port/v1",
        "http://vllm:99999/v1",
        " http://vllm/v1",
        "http://vllm/v1\n",
        "http://v llm/v1",
        f"vllm:8000/{CANARY}",
    ],
)
def test_what_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the start, by the setting's name; not at the first escalation, which would go to people."""
    monkeypatch.setenv("MODERATOR_REVIEWER__BASE_URL", address)
    with pytest.raises(ConfigError, match=r"MODERATOR_REVIEWER__BASE_URL: no .* form http://host:8000/v1$") as caught:
        load_settings()
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        f"http://me:{CANARY}@vllm/v1",
        f"https://{CANARY}@vllm/v1",
        f"http://me:1/{CANARY}@vllm/v1",
        f"http://vllm/v1?key={CANARY}",
        f"http://vllm/v1#{CANARY}",
        f"http://me:{CANARY}@[::1]:8000/v1",
    ],
)
def test_credentials_in_an_address_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`moderator config show` would show them; the problem says where they go, and quotes none."""
    monkeypatch.setenv("MODERATOR_REVIEWER__BASE_URL", address)
    with pytest.raises(ConfigError, match="MODERATOR_REVIEWER__API_KEY_FILE") as caught:
        load_settings()
    assert CANARY not in str(caught.value) + repr(caught.value)
