"""What people and scripts read of a comparison."""

import json
from xml.etree import ElementTree as ET

from moderator.comparison.comparison import compare
from moderator.comparison.pictures import flip_matrix, score_grids
from moderator.comparison.report import Report
from tests.unit.comparison.verdicts import comparison, side, verdict

SOME = [(0.1, 0.1)] * 6 + [(0.6, 0.1)] * 3 + [(0.1, 0.95)]


def test_tables() -> None:
    """The most frequent flip first; all with their part of what was compared."""
    report = Report(comparison(SOME), None)
    assert [row[:2] for row in report.flip_table()[1:3]] == [["escalate -> allow", "3"], ["allow -> block", "1"]]
    assert report.flip_table()[-1][:2] == ["all flips", "4"]
    assert report.outcome_table()[3][:3] == ["block", "0.00%", "10.00%"]
    assert report.label_table()[1] == ["toxic", "1", "3", "-0.0650", "0.2350", "0.8500"]


def test_what_the_tables_leave_out_is_said() -> None:
    """How many messages, and why; and nothing of what there is none of."""
    first = side([verdict(offset) for offset in (0, 0, 0, 0, 2, 3, 4, 5)])
    shadow = side([*(verdict(offset, policy="new") for offset in (1, 2, 5, 6, 7, 8)), verdict(0, policy="old")][::-1])
    lines = Report(compare(first, shadow), None).remarks()[2:-1]
    assert [line.split(" that ")[0].split(":")[0] for line in lines] == [
        "2 messages between the shadow's first and last",
        "4 shadow verdicts left out",
        "1 messages left out",
        "3 verdicts were repeated; the last on a message counts",
    ]
    assert len(Report(comparison(SOME), None).remarks()) == 3


def test_advice() -> None:
    """None without a limit; against it above; against what nothing was compared for, whatever the limit."""
    assert Report(comparison(SOME), None).advised is None
    assert Report(comparison(SOME), 0.9).advised is True
    assert Report(comparison(SOME), 0.5).advised is False
    assert Report(comparison([]), None).advised is False


def test_json() -> None:
    """Every pair, also of an empty comparison, which has no shares."""
    figures = json.loads(Report(comparison(SOME), 0.9).to_json())
    assert figures["compared"] == 10
    assert figures["flips"]["messages"] == 4
    assert figures["flips"]["by_pair"]["escalate->allow"]["expected"] == 0.3
    assert sum(cell["messages"] for cell in figures["outcomes"]) == 10
    assert json.loads(Report(comparison([]), None).to_json())["compared"] == 0


def test_pictures() -> None:
    """A box for each pair of outcomes with its number, and a panel for each label; also where there is nothing."""
    matrix = ET.fromstring(flip_matrix(comparison(SOME)))  # noqa: S314  our own
    words = [text.text for text in matrix.iter("{http://www.w3.org/2000/svg}text")]
    assert words.count("0") == 6
    assert {"6", "3", "1", "60.000%"} <= set(words)
    grids = ET.fromstring(score_grids(comparison(SOME)))  # noqa: S314
    assert len(grids.findall("{http://www.w3.org/2000/svg}g")) == 8
    ET.fromstring(flip_matrix(comparison([])))  # noqa: S314
    ET.fromstring(score_grids(comparison([])))  # noqa: S314
