"""The documentation is held to the program: what the program has, the pages name, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator.__main__ import COMMANDS
from moderator.exit_codes import ExitCode
from moderator.telemetry.metrics import Metrics

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("docs/**/*.md")),
    ROOT / "models" / "MODEL_CARD.md",
]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def metric_names() -> list[str]:
    """Every metric as Prometheus shows it."""
    return [declared.name for declared in Metrics(CollectorRegistry()).table]


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", metric_names())
def test_every_metric_is_documented(name: str) -> None:
    """An SRE who sees a metric finds its meaning."""
    assert f"`{name}`" in OPERATIONS


def test_no_metric_is_documented_that_does_not_exist() -> None:
    """An alert on a metric of the docs must be able to fire."""
    mentioned = set(re.findall(r"`?\b(moderator_[a-z_]+)", OPERATIONS))
    assert mentioned <= set(metric_names())


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
