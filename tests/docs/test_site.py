"""The site of docs/: built strictly, by task, and sufficient to itself."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.site import ROOT, built

LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href")}
TASKS = (
    "Try it",
    "Connect your platform",
    "Tune",
    "Review",
    "Run it",
    "On call",
    "Reference",
    "How it works",
)


class _Page(HTMLParser):
    """What a page loads when it is shown, the words of its menu, and its classes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.classes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Of each element that makes a browser ask for something."""
        self.loaded += [value or "" for name, value in attrs if (tag, name) in LOADED]
        self.classes |= set((dict(attrs).get("class") or "").split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; every warning of the build is an error."""
    folder = tmp_path_factory.mktemp("site")
    done = built(folder)
    assert done.returncode == 0, done.stderr
    return folder


def pages(site: Path) -> dict[str, _Page]:
    """Every page by its path."""
    return {str(path.relative_to(site)): _Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_a_page_asks_no_other_host_for_anything(site: Path) -> None:
    """Whoever reads how to keep texts at home is not told on by the documentation: no fonts, scripts, pictures."""
    elsewhere = {
        path: [address for address in page.loaded if re.match(r"(\w+:)?//", address)]
        for path, page in pages(site).items()
    }
    assert len(elsewhere) > 30
    assert {path: found for path, found in elsewhere.items() if found} == {}
    styles = [style.read_text(encoding="utf-8") for style in site.rglob("*.css")]
    assert styles
    assert not any(re.search(r"(url\(|@import )[\"']?(https?:)?//", style) for style in styles)


def test_diagrams_are_drawn_while_building(site: Path) -> None:
    """The theme's script would fetch a drawing program from another host for an element of class `mermaid`."""
    found = pages(site)
    assert "diagram" in found["architecture/index.html"].classes
    assert "diagram" in found["index.html"].classes
    assert not any("mermaid" in page.classes for page in found.values())


@pytest.mark.parametrize("task", TASKS)
def test_the_menu_is_by_task(site: Path, task: str) -> None:
    """Each task has its place on the first page's menu."""
    menu = (site / "index.html").read_text(encoding="utf-8").partition("md-tabs__list")[2].partition("</nav>")[0]
    assert task in [" ".join(words.split()) for words in re.findall(r">([^<>]+)<", menu)]


@pytest.mark.parametrize(
    "file", ["schemas/asyncapi.yaml", "schemas/verdict.v1.schema.json", "models/MODEL_CARD/index.html"]
)
def test_what_pages_link_to_beside_docs_is_there(site: Path, file: str) -> None:
    """The pages are written for the repository, where it stands beside them."""
    assert (site / file).is_file()


def test_a_link_out_of_docs_leads_to_its_copy(site: Path) -> None:
    """Also from a page in a folder."""
    contracts = (site / "contracts" / "index.html").read_text(encoding="utf-8")
    assert 'href="../schemas/asyncapi.yaml"' in contracts
    schemas = (site / "reference" / "schemas" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../schemas/asyncapi.yaml"' in schemas


def test_an_alert_leads_to_its_runbook(site: Path) -> None:
    """The anchors that the rules name are those of the built page."""
    rules = (ROOT / "deploy" / "helm" / "files" / "rules.yaml").read_text(encoding="utf-8")
    anchors = set(re.findall(r"runbook_url: \"?https://[^#\s]+/#([\w-]+)", rules))
    page = (site / "runbooks" / "index.html").read_text(encoding="utf-8")
    assert anchors
    assert {anchor for anchor in anchors if f'id="{anchor}"' not in page} == set()


def test_search_finds_a_setting(site: Path) -> None:
    """In the index that is part of the site."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = [entry["location"] for entry in index["docs"] if "MODERATOR_HANG_TIMEOUT_S" in entry["text"]]
    assert any(location.startswith("reference/settings/") for location in found)
