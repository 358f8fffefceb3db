"""Whoever is woken finds a page that says what it means, what to look at and what to do, in words that exist."""

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from moderator.__main__ import COMMANDS
from moderator.config import FILE_VARIABLE, Settings, load_settings
from moderator.errors import DeadLetterCode
from moderator.settings_table import describe_settings
from moderator.topics.rights import Role, rights_of
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
    settings = {FILE_VARIABLE, *(line.name for line in describe_settings(Settings.model_construct()))}
    named = re.findall(r"\bMODERATOR_\w+\b(?!\*)", PAGE)
    assert named
    assert [name for name in named if name not in settings] == []


def block(language: str, word: str) -> str:
    """The block of code that holds the word."""
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if word in text]
    return str(found)


def test_the_operator_has_the_rights_of_what_agents_may_not() -> None:
    """Who is told to run audits and to look at dead letters is granted both first; agents are granted neither."""
    words = shlex.split(block("sh", "topics apply"))
    roles = [Role(word.partition("=")[0]) for before, word in pairwise(words) if before == "--principal"]
    held, agents = ({right for role in each for right in granted(role)} for each in (roles, [Role.AGENT]))
    needed = granted(Role.AUDIT) | granted(Role.DEAD_LETTERS)
    assert needed <= held
    assert not needed <= agents


def granted(role: Role) -> set[str]:
    """What it may."""
    return {str(right) for right in rights_of(role, "User:operator", Settings.model_construct())}


def test_the_operators_file_is_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands there, but for where the password is."""
    password, file = tmp_path / "password", tmp_path / "operator.toml"
    password.write_text("secret", "utf-8")
    file.write_text(block("toml", "operator").replace("/run/secrets/operator", str(password)), "utf-8")
    monkeypatch.setenv("MODERATOR_CONFIG", str(file))
    assert load_settings().kafka.sasl_username == "operator"


def test_an_agents_pod_can_be_somebody_else_for_one_command(tmp_path: Path) -> None:
    """The line that is run in it leaves its settings as they are, but for who it is."""
    agents = tmp_path / "password"
    agents.write_text("agent", "utf-8")
    line = block("sh", "kubectl exec -i").replace("moderator audit --since 1h", "moderator config show --json")
    words = shlex.split(line.partition("<")[0])
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "MODERATOR_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "MODERATOR_KAFKA__SASL_USERNAME": "agent",
        "MODERATOR_KAFKA__SASL_PASSWORD_FILE": str(agents),
    }
    command = words[words.index("--") + 1 :]
    done = subprocess.run(command, input="operators", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kafka = {name.partition("__")[2]: value for name, value in json.loads(done.stdout).items() if "_KAFKA__" in name}
    assert (kafka["SECURITY_PROTOCOL"], kafka["SASL_USERNAME"]) == ("SASL_SSL", "operator")
    assert (kafka["SASL_PASSWORD"], kafka["SASL_PASSWORD_FILE"]) == ("********", "")


def test_it_says_what_to_do_about_every_dead_letter() -> None:
    """Each code has its way out."""
    assert [code.value for code in DeadLetterCode if code.value not in section("ModeratorCompletenessBurn")] == []
