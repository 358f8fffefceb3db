"""The report as a reader sees it: what is unknown, assumed or left out is said."""

import json

from moderator.config import Settings
from moderator.costs.programs import Program
from moderator.costs.report import Report, report
from moderator.costs.table import amount, cost_table, heading, large_table, remarks, to_json
from moderator.costs.traffic import count
from tests.unit.costs.programs import agent, console, reviewer

SETTINGS = Settings()
ALL = (agent(escalated=20_000), reviewer(answers=100, read=100_000, written=10_000, spent=0.5), console(decisions=40))


def reported(*programs: Program) -> Report:
    """With the settings that nobody has touched."""
    return report(count(programs), SETTINGS.costs, SETTINGS.reviewer)


def said(*programs: Program) -> str:
    """All remarks."""
    return "\n".join(remarks(reported(*programs), SETTINGS))


def test_a_heading_tells_the_traffic() -> None:
    """By all three tiers."""
    assert heading(reported(*ALL), "in the last 1h") == [
        "1,000,000 messages answered in the last 1h; seen: 1 x agent, 1 x reviewer, 1 x console",
        "20,000 of them escalated (2.0%), beside audit samples",
        "100 answers of the large model, canaries with them (100,000 tokens read, 10,000 written)",
        "40 decisions of people",
    ]


def test_every_row_has_its_place() -> None:
    """The total last; what is no figure is a dash."""
    first, *rows, total = cost_table(reported(*ALL), "EUR")
    assert first == ["tier: part", "CPU s", "EUR", "Wh", "CPU s/million", "EUR/million", "Wh/million"]
    assert rows[0] == ["mini model: decode", "10.00", "0.00011", "0.011", "10.00", "0.00011", "0.011"]
    assert ["large model: tokens", "-", "0.50", "-", "-", "0.50", "-"] in rows
    assert total[:2] == ["total", "106"]


def test_the_large_model_beside() -> None:
    """How many times what the models take together: people are in neither."""
    _, now, then, times = large_table(reported(*ALL), "EUR")
    assert now[3:] == ["0.50", "0.12"]
    assert then[1:] == ["1,100,000,000", "833", "5,000", "-"]
    assert times[3:] == ["9,976.9", "-"]


def test_assumptions_are_named() -> None:
    """With the setting that replaces them; what somebody has set is no assumption."""
    assert "MODERATOR_COSTS__CORE_HOUR=0.04" in said(*ALL)
    own = SETTINGS.model_copy(update={"costs": type(SETTINGS.costs)(core_hour="0.04")})
    assert "CORE_HOUR" not in "\n".join(remarks(reported(*ALL), own))


def test_what_is_not_set_is_named() -> None:
    """Energy of tokens always; prices only where nobody has reckoned with any."""
    assert "MODERATOR_COSTS__WH_PER_MILLION_INPUT" in said(*ALL)
    assert "PRICE_PER_MILLION" not in said(*ALL)
    assert "MODERATOR_REVIEWER__PRICE_PER_MILLION_OUTPUT" in said(agent())


def test_what_was_not_seen_or_measured_is_said() -> None:
    """Nobody takes half a report for a whole one."""
    assert "No reviewer was seen" in said(agent())
    assert "ASSUMED" in said(agent(), reviewer())
    assert "ASSUMED" not in said(*ALL)
    assert "No message was answered" in said(agent(messages=0))
    assert "does not tell processor time" in said(agent(cpu_s=None))
    assert "does not tell processor time" not in said(*ALL)


def test_json_holds_every_figure() -> None:
    """Money as text, exact; null where nobody knows."""
    found = json.loads(to_json(reported(*ALL), SETTINGS))
    by_part = {(row["tier"], row["part"]): row for row in found["rows"]}
    assert by_part["large model", "tokens"]["money"] == "0.500000000"
    assert by_part["large model", "tokens"]["wh"] is None
    assert by_part["mini model", "infer"]["per_million"]["cpu_s"] == 30
    assert found["total"]["cpu_s"] == 106
    assert found["programs"] == {"agent": 1, "reviewer": 1, "console": 1}
    assert found["every_message_to_the_large_model"]["cost"]["money"] == "5000.000000000"


def test_amounts_have_the_digits_that_tell_something() -> None:
    """No exponents, no more than a reader wants."""
    amounts = [amount(value) for value in (None, 0, 0.000001234, 0.5, 12.345, 123_456.7)]
    assert amounts == ["-", "0.00", "0.0000012", "0.50", "12.35", "123,457"]
