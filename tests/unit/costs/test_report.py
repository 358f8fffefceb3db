"""Hand-reckoned examples: a million messages, so that what it has cost is what a million costs."""

from decimal import Decimal
from typing import Any

import pytest

from moderator.cost_settings import CostSettings
from moderator.costs.programs import Program
from moderator.costs.report import Cost, Report, report
from moderator.costs.traffic import count
from moderator.reviewer_settings import ReviewerSettings
from tests.unit.costs.programs import agent, console, on_trial, reviewer

COSTS = CostSettings(
    core_hour=Decimal("0.36"),  # 0.0001 a second
    core_watts=36.0,  # 0.01 Wh a second
    wh_per_million_input=50.0,
    wh_per_million_output=500.0,
    seconds_per_decision=36.0,
    wage_per_hour=Decimal(25),  # 0.25 a decision
)
PRICED = ReviewerSettings(price_per_million_input=Decimal(1), price_per_million_output=Decimal(4))
UNPRICED = ReviewerSettings()


def reported(*programs: Program, costs: CostSettings = COSTS, prices: ReviewerSettings = PRICED) -> Report:
    """Of these programs."""
    return report(count(programs), costs, prices)


def about(wh: float) -> Any:
    """Which is a sum of floats."""
    return pytest.approx(wh)


def rows(found: Report) -> dict[tuple[str, str], Cost]:
    """By tier and part."""
    return {(row.tier, row.part): row.cost for row in found.rows}


def test_the_mini_model_costs_its_processor_time_by_stage() -> None:
    """What is outside of the stages is a row too, so that they add up to what the process has used."""
    found = reported(agent())
    assert rows(found) == {
        ("mini model", "decode"): Cost(10, Decimal("0.001"), 0.1),
        ("mini model", "tokenize"): Cost(20, Decimal("0.002"), 0.2),
        ("mini model", "infer"): Cost(30, Decimal("0.003"), 0.3),
        ("mini model", "everything else"): Cost(40, Decimal("0.004"), 0.4),
    }
    assert found.total == Cost(100, Decimal("0.010"), about(1.0))
    assert found.per_million(found.total) == found.total


def test_agents_add_up() -> None:
    """A million messages cost half of what two million did."""
    found = reported(agent(), agent())
    assert found.total.cpu_s == 200
    assert found.per_million(found.total) == Cost(100, Decimal("0.01"), about(1.0))


def test_large_model_and_people() -> None:
    """Tokens at the set prices; decisions at the time and wage that are set; programs at their processor time."""
    tiers = (agent(), reviewer(answers=100, read=100_000, written=10_000), console(decisions=40))
    found = reported(*tiers)
    assert (
        rows(found).items()
        >= {
            ("large model", "tokens"): Cost(None, Decimal("0.14"), 10.0),
            ("large model", "its program"): Cost(4, Decimal("0.0004"), about(0.04)),
            ("people", "decisions"): Cost(None, Decimal(10), None),
            ("people", "its program"): Cost(2, Decimal("0.0002"), about(0.02)),
        }.items()
    )
    assert found.total == Cost(106, Decimal("10.1506"), about(11.06))


def test_what_was_spent_is_what_the_reviewers_reckoned() -> None:
    """Prices may have changed since, or be set for the reviewer only."""
    program = reviewer(answers=100, read=100_000, written=10_000, spent=0.5)
    for prices in (PRICED, UNPRICED):
        found = reported(agent(), program, prices=prices)
        assert rows(found)["large model", "tokens"].money == Decimal("0.5")
        assert found.all_large.cost.money == 5_000  # 0.005 for each of a million


def test_every_message_to_the_large_model() -> None:
    """A thousand tokens read, a hundred written, three seconds each: as measured of the escalated ones."""
    large = reported(agent(), reviewer(answers=100, read=100_000, written=10_000), console(decisions=40)).all_large
    assert large.request.measured
    assert (large.tokens, large.seconds) == (1_100e6, 3e6)
    assert large.cost == Cost(None, Decimal(1_400), 100_000.0)
    assert large.now == Cost(104, Decimal("0.1504"), about(11.04))  # no people in it


def test_a_large_model_that_was_never_asked() -> None:
    """The request is assumed, and said to be: a policy document, the text's tokens, an answer. No time is made up."""
    large = reported(agent(), reviewer()).all_large
    assert not large.request.measured
    assert 300 < large.request.input_tokens < 3_000
    assert large.request.input_tokens == pytest.approx(reported(agent(messages=7)).all_large.request.input_tokens)
    assert large.seconds is None
    assert large.cost.money is not None


def test_prices_that_nobody_has_set() -> None:
    """Are no prices of 0; what cost nothing has cost nothing all the same."""
    unset = CostSettings()
    asked = reported(agent(), reviewer(answers=1, read=9, written=9), costs=unset, prices=UNPRICED)
    assert rows(asked)["large model", "tokens"] == Cost(None, None, None)
    assert asked.all_large.cost == Cost(None, None, None)
    idle = reported(agent(), reviewer(), costs=unset, prices=UNPRICED)
    assert rows(idle)["large model", "tokens"] == Cost(None, Decimal(0), 0.0)


def test_no_traffic() -> None:
    """An idle agent costs what it costs; there is nothing to reckon for a message."""
    found = reported(agent(messages=0))
    assert found.total.cpu_s == 100
    assert found.per_million(found.total) == Cost(None, None, None)
    assert found.all_large.cost == Cost(None, Decimal(0), 0.0)


def test_only_what_was_seen() -> None:
    """A tier whose program was not looked at is no tier that costs nothing."""
    assert {row.tier for row in reported(agent()).rows} == {"mini model"}
    assert {row.tier for row in reported(agent(), console()).rows} == {"mini model", "people"}


def test_a_model_on_trial_is_a_tier_of_its_own() -> None:
    """It neither makes the model that decides dearer, nor its messages more."""
    found = reported(agent(), on_trial())
    assert rows(found)["on trial", "its program"].cpu_s == 50
    assert rows(found)["mini model", "infer"].cpu_s == 30
    assert found.total.cpu_s == 150
    assert found.all_large.now.cpu_s == 100
    assert found.traffic.text_tokens == 25_000_000


def test_a_system_that_does_not_tell_processor_time() -> None:
    """Stages are measured everywhere; the rest is not known there, and not 0."""
    found = reported(agent(cpu_s=None))
    assert rows(found)["mini model", "everything else"] == Cost(None, None, None)
    assert found.total.cpu_s == 60


def test_stages_never_take_more_than_all() -> None:
    """Prometheus reckons each series by itself."""
    found = reported(agent(cpu_s=59.9))
    assert rows(found)["mini model", "everything else"].cpu_s == 0
