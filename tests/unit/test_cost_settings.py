"""Prices and watts are checked like every setting."""

import pytest

from moderator.config import load_settings
from moderator.errors import ConfigError


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CORE_HOUR", "-1", "CORE_HOUR"),
        ("CORE_WATTS", "nan", "CORE_WATTS"),
        ("WAGE_PER_HOUR", "inf", "WAGE_PER_HOUR"),
        ("CURRENCY", "", "CURRENCY"),
        ("WH_PER_MILLION_INPUT", "5", "WH_PER_MILLION_OUTPUT"),
    ],
)
def test_what_is_no_price_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    """By the name of its variable; energy of tokens is set for both ways or none."""
    monkeypatch.setenv(f"MODERATOR_COSTS__{name}", value)
    with pytest.raises(ConfigError, match=f"MODERATOR_COSTS__{told}: "):
        load_settings()


def test_only_what_nobody_has_set_is_assumed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Energy of tokens has no default to be assumed."""
    monkeypatch.setenv("MODERATOR_COSTS__CORE_WATTS", "4")
    assert set(load_settings().costs.assumed()) == {
        *("currency", "core_hour", "seconds_per_decision", "wage_per_hour"),
    }
