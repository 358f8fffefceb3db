"""Pictures that say in words what they show, keep within the page's rules, and take no words for markup."""

import re
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from moderator.console.web import charts
from moderator.console.web.charts import Column, Mark, Ratio, Stack
from moderator.policy.interval import Interval

NAME = "<script>alert(1)</script>"
PICTURES = [
    charts.columns("a", NAME, NAME, [Column(NAME, 3), Column("y", 0)]),
    charts.whiskers("b", NAME, NAME, [Ratio(NAME, Interval(1, 0.9, 1), NAME)], needed=0.9),
    charts.band("c", NAME, NAME, [Stack(NAME, 1, 2)], [Mark(NAME, 0.4)]),
]
EMPTY = [charts.columns("a", "t", "w", []), charts.whiskers("b", "t", "w", []), charts.band("c", "t", "w", [], [])]


@pytest.mark.parametrize("picture", [*PICTURES, *EMPTY])
def test_a_picture_is_whole_named_and_without_styles(picture: Markup) -> None:
    """What a content security policy would block is not in it; who cannot see it hears its title and description."""
    root = ET.fromstring(picture)[0]  # noqa: S314 - made here
    assert root.get("role") == "img"
    ids = str(root.get("aria-labelledby")).split()
    assert [child.get("id") for child in root][:2] == ids
    assert not re.search(r"\s(style|on\w+)=|<script|<style", picture)


def test_whiskers_lie_where_their_share_does() -> None:
    """The interval from its lower to its upper end, the dot between."""
    root = ET.fromstring(charts.whiskers("b", "t", "w", [Ratio("n", Interval(0.5, 0.25, 0.75), "1 of 2")]))[0]  # noqa: S314
    bar, dot = root.find("rect"), root.find("circle")
    assert bar is not None
    assert dot is not None
    assert (bar.get("x"), bar.get("width"), dot.get("cx")) == ("25.75%", "48.50%", "50.00%")


def test_columns_are_as_high_as_their_amounts() -> None:
    """Against the round number above them."""
    root = ET.fromstring(charts.columns("a", "t", "w", [Column("x", 30), Column("y", 15)]))[0]  # noqa: S314
    heights = [float(str(bar.get("height"))) for bar in root.iter("rect")]
    assert heights[0] == 2 * heights[1] == pytest.approx(30 / 40 * charts.HEIGHT)
