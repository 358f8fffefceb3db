"""What axe finds on a page, in both colour schemes."""

from importlib.resources import files
from typing import Any

from tests.e2e.console.seat import Seat

GRAVE = {"serious", "critical"}
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # what the dark changes
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def grave(seat: Seat, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page by these rules and calls serious or critical, with where it is."""
    if not seat.page.evaluate("'axe' in window"):
        seat.page.evaluate(AXE)
    run = "options => axe.run(options).then(results => results.violations)"
    found = seat.page.evaluate(run, {"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def check(seat: Seat) -> None:
    """The page in hand, in both schemes."""
    where = seat.page.url.removeprefix(seat.address)
    assert [where, *grave(seat, WCAG)] == [where]
    seat.page.emulate_media(color_scheme="dark")
    assert [where, "dark", *grave(seat, COLOURS)] == [where, "dark"]
    seat.page.emulate_media(color_scheme="light")
