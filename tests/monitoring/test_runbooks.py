"""Whoever is woken finds a page that says what it means, what to look at and what to do, in words that exist."""

import re
from pathlib import Path

import pytest
import yaml

from moderator.__main__ import COMMANDS
from moderator.config import Settings
from moderator.errors import DeadLetterCode
from moderator.settings_table import describe_settings
from monitoring.__main__ import FOLDER
from monitoring.alerts import ALERTS

PAGE = (Path(__file__).parents[2] / "docs" / "runbooks.md").read_text("utf-8")
NAMES = sorted({alert.name for alert in ALERTS})


def section(name: str) -> str:
    """What the page says of an alert."""
    (found,) = [each for each in PAGE.split("\n## ") if each.startswith(f"{name}\n")]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_alert_leads_to_its_section(name: str) -> None:
    """By the address in the rule itself."""
    groups = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"] if rule.get("alert") == name]
    assert {rule["annotations"]["runbook_url"].rpartition("#")[2] for rule in rules} == {name.lower()}
    assert [part for part in ("**Means**", "**Look**", "**Do**") if part not in section(name)] == []


def test_no_section_is_of_an_alert_that_is_gone() -> None:
    """Each is of one that can fire."""
    assert sorted(re.findall(r"^## (Moderator\w+)$", PAGE, re.MULTILINE)) == NAMES


def test_it_names_commands_and_settings_that_exist() -> None:
    """What is typed at night must work."""
    commands = set(re.findall(r"`moderator ([a-z-]+)", PAGE))
    assert commands
    assert commands - set(COMMANDS) == set()
    settings = {line.name for line in describe_settings(Settings.model_construct())}
    named = re.findall(r"\bMODERATOR_\w+\b(?!\*)", PAGE)
    assert named
    assert [name for name in named if name not in settings] == []


def test_it_says_what_to_do_about_every_dead_letter() -> None:
    """Each code has its way out."""
    assert [code.value for code in DeadLetterCode if code.value not in section("ModeratorCompletenessBurn")] == []
