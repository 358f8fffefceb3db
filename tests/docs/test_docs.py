"""The documentation is held to the program: what the program has, the pages name, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator.__main__ import COMMANDS
from moderator.config import FILE_VARIABLE, Settings
from moderator.exit_codes import ExitCode
from moderator.settings_table import describe_settings
from moderator.telemetry.metrics import Metrics

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("docs/**/*.md")),
    ROOT / "models" / "MODEL_CARD.md",
]
DOCS = {page: page.read_text(encoding="utf-8") for page in sorted(ROOT.glob("docs/**/*.md"))}
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)")
METRIC = re.compile(r"\bmoderator_[a-z_]+[a-z]\b(?!\.)")
VARIABLE = re.compile(r"\bMODERATOR_[A-Z_]+[A-Z]\b")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def metric_names() -> list[str]:
    """Every metric as Prometheus shows it."""
    return [declared.name for declared in Metrics(CollectorRegistry()).table]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_metric_is_documented_that_does_not_exist() -> None:
    """An alert on a metric of the docs must be able to fire."""
    known = {f"{name}{suffix}" for name in metric_names() for suffix in ("", "_bucket", "_sum", "_count")}
    mentioned = {(page.name, name) for page, text in DOCS.items() for name in METRIC.findall(text)}
    assert {(page, name) for page, name in mentioned if name not in known} == set()


def test_no_setting_is_documented_that_does_not_exist() -> None:
    """A variable that is copied from a page is not refused at the start."""
    known = {FILE_VARIABLE, *(setting.name for setting in describe_settings(Settings.model_construct()))}
    mentioned = {(page.name, name) for page, text in DOCS.items() for name in VARIABLE.findall(text)}
    assert {(page, name) for page, name in mentioned if name not in known} == set()


def test_every_exit_code_is_documented() -> None:
    """A supervisor's rules are written from this table."""
    documented = re.findall(r"^\| (\d) \|", OPERATIONS, re.MULTILINE)
    assert [int(code) for code in documented] == sorted(ExitCode)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_subcommand_is_in_the_readme(command: str) -> None:
    """A newcomer learns of it."""
    assert f"moderator {command}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A file or a heading that is renamed takes its links along."""
    dead = []
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        file = (page.parent / target) if target else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            dead.append(f"{target}#{anchor}")
    assert dead == []
