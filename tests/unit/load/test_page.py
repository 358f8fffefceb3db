"""The page of a load's results."""

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from load.load_report import LoadReport
from load.measured_load import MeasuredLoad
from load.page import page
from load.plots import Line, line_plot, linear_axis, log_axis, time_axis
from load.profiles import PROFILES
from load.tally import Journal
from tests.unit.load.loads import CAPACITY, MACHINE, answered_in_turn, measured


def shown(load: MeasuredLoad, **changed: Any) -> str:
    """The page as it is written after a run."""
    report = LoadReport(load)
    document = report.document(MACHINE, report.judged(), []) | changed
    return page(json.loads(json.dumps(document)))


@pytest.mark.parametrize("name", PROFILES)
def test_a_page_is_one_file_without_network_or_scripts(name: str) -> None:
    """It is mailed, kept with a release, opened years later."""
    text = shown(measured(name))
    assert not re.findall(r"https?:|src=|<link|<script|@import|url\(", text)
    svgs = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(svgs) == (5 if PROFILES[name].peer_goal else 4)
    for svg in svgs:
        ET.fromstring(svg)  # noqa: S314  our own


def test_the_head_says_what_was_missed() -> None:
    """Nobody has to look for it in a table."""
    assert "Every goal is met." in shown(measured())
    slow = shown(replace(measured(), backlog=CAPACITY / 2))
    assert "2 goals missed: agent / classifier alone (47.5 %, goal &gt;= 90), agent / transformers pipeline" in slow
    assert "Every goal is met." not in slow


def test_an_impossible_rate_is_on_the_page() -> None:
    """Beside the plots that show it."""
    journal = answered_in_turn(PROFILES["steady"], 10 * CAPACITY)
    assert "this machine reached 200/s" in shown(measured(journal=journal, scale=10 * CAPACITY))


def test_an_agent_without_times_of_stages_is_said_to_have_none() -> None:
    """Rather than an empty picture."""
    assert "exports no times of stages" in shown(replace(measured(), stages_ms={}))
    assert "exports no times of stages" not in shown(measured())


def test_latencies_of_a_single_second_are_no_line() -> None:
    """As of a rate that was given up at once: the page says so in place of an empty picture."""
    good = measured()
    first = [sent for sent in good.journal.sent if sent.due_s < 1]
    journal = Journal(first, good.journal.answered[: len(first)], gave_up=True)
    text = shown(measured(journal=journal))
    assert "in too few seconds for a line" in text
    assert len(re.findall("<svg", text)) == 4
    assert "in too few seconds for a line" not in shown(good)


def test_what_comes_from_the_machine_is_escaped() -> None:
    """A processor may be called anything."""
    text = shown(measured(), machine=MACHINE | {"cpu": "<b>Fast</b> & new"})
    assert "&lt;b&gt;Fast&lt;/b&gt; &amp; new" in text


def test_axes_end_at_round_numbers_that_hold_the_values() -> None:
    """And are written without an exponent."""
    assert [label for _, label in linear_axis(980, "").ticks] == ["0", "200", "400", "600", "800", "1,000"]
    assert linear_axis(1_430, "").high >= 1_430
    assert [label for _, label in log_axis(12, 900, "").ticks] == ["10", "20", "50", "100", "200", "500", "1,000"]
    assert [label for _, label in log_axis(90, 16_000, "").ticks] == ["10", "100", "1,000", "10,000", "100,000"]
    assert log_axis(100, 100, "").high == 1_000
    assert time_axis(61).high == 61


def test_a_value_is_drawn_where_it_belongs() -> None:
    """In proportion, on a logarithmic axis by decades, outside at the edge."""
    assert linear_axis(1_000, "").part(250) == pytest.approx(0.25)
    assert log_axis(10, 1_000, "").part(100) == pytest.approx(0.5)
    assert log_axis(10, 1_000, "").part(0) == 0
    assert linear_axis(1_000, "").part(5_000) == 1


def test_a_second_without_messages_leaves_a_gap() -> None:
    """A line through it would claim latencies that nobody measured."""
    drawn = line_plot(time_axis(4), linear_axis(10, ""), [Line("p99", "a", [(0, 1), (1, 2), (2, None), (3, 4)])])
    assert drawn.count("<polyline") == 2
