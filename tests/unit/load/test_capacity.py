"""The capacity model against what was measured, and its rules."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from load.capacity import main
from load.capacity_cost import FITTED_TOKENS, Costs, Texts, fitted, is_fitted, planned_a_message, planned_calls, shapes
from load.capacity_page import PAGE, measured_bytes, predicted_ms, predicted_us, sections, with_sections
from load.capacity_plan import Assumed, Plan, plan
from load.capacity_points import Points, read_points
from load.capacity_queue import (
    MOST_IN_BATCH,
    PASSAGE_MS,
    capacity,
    latencies_ms,
    part_before_fetch,
    played_s,
    rate_within,
)
from load.capacity_sizes import Bytes, sizes_of
from load.rates import percentile
from moderator.inference.batch import Batch

# What docs/capacity.md states.
COST_ERROR = 0.15
BYTES_ERROR = 0.25
LATENCY_FACTOR = 2.5  # what batches wait for beside the model (fetch, threads, publishing) is not in it

TEXTS = Texts(20)
COSTS = Costs(message_us=300, batch_us=2_000, shape_us=1_000, call_us=1_000, token_us=70)
SIZES = Bytes(message=100, verdict=1_000, escalation=2_000)
ASSUMED = Assumed()


@pytest.fixture(scope="module")
def points() -> Points:
    """The committed ones."""
    return read_points()


def planned(rate: float, p99_ms: float = 250, assumed: Assumed = ASSUMED, texts: Texts = TEXTS) -> Plan:
    """A plan at prices of this test."""
    return plan(COSTS, SIZES, texts, rate, p99_ms, assumed)


def test_every_measured_cost_is_met_within_the_stated_error(points: Points) -> None:
    """Also of lengths, batches and repetition that the model was not fitted to."""
    costs = fitted(points.costs)
    predictions = [point for point in points.costs if not is_fitted(point)]
    assert any(point["repeated"] > 0.3 for point in predictions)
    errors = [(dict(point), predicted_us(costs, point) / point["cpu_us"] - 1) for point in points.costs]
    assert [(point, error) for point, error in errors if abs(error) > COST_ERROR] == []


def test_every_measured_latency_is_met_within_the_stated_factor(points: Points) -> None:
    """At the parts of the capacity that were measured; while none was, the page says so in their place."""
    costs = fitted(points.costs)
    assert points.latencies or "to be measured by" in PAGE.read_text(encoding="utf-8")
    factors = [predicted_ms(costs, point)[1] / point["p99_ms"] for point in points.latencies]
    assert [factor for factor in factors if not 1 / LATENCY_FACTOR < factor < LATENCY_FACTOR] == []


def test_sizes_of_records_are_met_within_the_stated_error(points: Points) -> None:
    """Of texts between those that the line was drawn through."""
    model, measured = asdict(sizes_of(points.costs, 20)), asdict(measured_bytes(points))
    assert model == pytest.approx(measured, rel=BYTES_ERROR)


def test_the_page_has_the_tables_of_the_model(points: Points) -> None:
    """When it fails: python -m load.capacity_page."""
    page = PAGE.read_text(encoding="utf-8")
    assert with_sections(page, sections(points)) == page


def test_costs_that_made_the_points_are_found_again() -> None:
    """The fit has no preference of its own."""
    made = [
        {"median_tokens": tokens, "mean_batch": batch, "repeated": 0.0, "cpu_us": 1e6 * cost}
        for tokens in sorted(FITTED_TOKENS)
        for batch in (1, 8, 64, 400)
        for cost in [COSTS.message_s(Texts(tokens), batch)]
    ]
    assert asdict(fitted(made)) == pytest.approx(asdict(COSTS), rel=1e-3)


def test_remembered_texts_are_not_read_again() -> None:
    """Half of the calls' tokens where half of the texts are remembered."""
    whole, half = planned_a_message(TEXTS, 256)[2], planned_a_message(Texts(20, repeated=0.5), 256)[2]
    assert half / whole == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("fetched", [0.0, 0.75, 1.0])
def test_a_queue_with_batches_of_one_length_is_as_theory_has_it(fetched: float) -> None:
    """Up to a batch until the next fetch, evenly, then the rest of the running one and the whole of the own one."""
    batch_s, rest = 0.02, 1 - fetched
    taken_s = played_s(10_000, lambda _messages: (batch_s, fetched * batch_s))
    assert percentile(taken_s, 50) == pytest.approx((0.5 + rest + 1) * batch_s, rel=0.02)
    assert percentile(taken_s, 99) == pytest.approx((0.99 + rest + 1) * batch_s, rel=0.02)


def test_the_next_batch_is_fetched_when_three_quarters_of_the_work_are_done() -> None:
    """On two cores: at once where both calls run, at the end of four, after three pairs of eight calls."""
    parts = [part_before_fetch(planned_calls([128] * windows), 2) for windows in (4, 8, 16)]
    assert parts == [0, 1, 0.75]
    assert part_before_fetch([], 2) == 1


def test_short_texts_are_planned_in_rows_of_several_as_agents_read_them() -> None:
    """A hundred texts of eight tokens fill thirteen rows of 64: full calls, small ones, and hardly any padding."""
    calls = planned_calls([8] * 100)
    assert sum(len(call.rows) for call in calls) == 13
    assert sum(call.padded_tokens for call in calls) < 1.1 * 8 * 100
    assert shapes(calls) < len(calls)


def test_calls_of_as_many_rows_and_of_one_length_have_one_shape() -> None:
    """Whatever is in their rows: OpenVINO sees no windows."""
    assert shapes([Batch(64, ((0, 1, 2), (3,))), Batch(64, ((4,), (5,)))]) == 1
    assert shapes([Batch(64, ((0,), (1,))), Batch(64, ((2,),)), Batch(128, ((3,),))]) == 3


def test_a_queue_with_more_than_it_can_do_waits_ever_longer() -> None:
    """Batches are bounded: a rate that full ones cannot keep up with has no latency to plan with."""
    taken_s = played_s(2 * MOST_IN_BATCH, lambda _messages: (1.0, 0.75))
    assert taken_s[-1] > 1.5 * taken_s[len(taken_s) // 2]


def test_the_rate_within_a_latency_is_the_highest_such_rate() -> None:
    """A twentieth more would take longer."""
    rate = rate_within(COSTS, TEXTS, 2, 100)
    assert 0 < rate < capacity(COSTS, TEXTS, 2)
    assert latencies_ms(COSTS, TEXTS, 2, rate, (99,))[0] <= 100 < latencies_ms(COSTS, TEXTS, 2, 1.05 * rate, (99,))[0]


def test_cores_beyond_what_python_keeps_busy_are_not_counted() -> None:
    """One process decodes and publishes on one core, however many the model runs on."""
    assert capacity(COSTS, TEXTS, 64) == pytest.approx(1e6 / COSTS.message_us)


def test_no_number_of_cores_makes_a_call_shorter() -> None:
    """One text is read on one core: 3.3 ms for it, its batch and shape, one for the call, and the shortest row."""
    (p50,) = latencies_ms(COSTS, TEXTS, 64, 1, (50,))
    assert p50 > PASSAGE_MS + 4.3 + 16 * 0.07


def test_one_agent_may_be_away() -> None:
    """Of each group, since others' members do not read its topic: those that stay hold the latency without it."""
    found = planned(100_000, assumed=replace(ASSUMED, outage_minutes=0))
    assert found.groups > 1
    members, rate = found.agents // found.groups, found.rate / found.groups
    assert (members - 2) * found.agent_rate < rate <= (members - 1) * found.agent_rate


def test_a_long_outage_takes_more_agents_than_latency() -> None:
    """All of them together answer what waits and what comes within the time."""
    assumed = replace(ASSUMED, outage_minutes=60, caught_up_minutes=30)
    found = planned(10_000, assumed=assumed)
    assert found.why == "catching up after an outage"
    assert 30 * found.agents * found.agent_capacity >= (30 + 60) * found.rate


@pytest.mark.parametrize("rate", [1, 1_000, 100_000, 1_000_000])
def test_every_agent_has_a_partition_and_no_group_is_too_large(rate: float) -> None:
    """An agent without one would do nothing."""
    found = planned(rate)
    members = found.agents // found.groups
    assert members <= ASSUMED.group_members
    assert found.partitions // found.groups >= members


def test_broker_bytes_are_counted_once_a_replica() -> None:
    """By hand: 1,000 messages of 100 bytes, as many verdicts of 1,000 and ten escalations of 2,000, three replicas."""
    found = planned(1_000)
    assert found.in_bytes == pytest.approx(3 * 1_120_000)
    assert found.out_bytes == pytest.approx(2 * 1_120_000 + 100_000 + 1_000_000 + 2 * 20_000)
    days = {"messages": 7 * 100_000, "verdicts": 30 * 1_000_000, "escalations": 14 * 20_000}
    assert found.disk_tb == pytest.approx(ASSUMED.mean * 3 * 86_400 * sum(days.values()) / 1e12)


@pytest.mark.parametrize(
    ("assumed", "brokers", "why"),
    [
        (ASSUMED, 3, "replicas"),
        (
            replace(ASSUMED, broker_gbit=0.01),
            7,
            "network",
        ),  # 3.38 MB a second out, of which a broker may send half a megabyte
        (replace(ASSUMED, broker_disk_tb=1.0), 7, "disk"),  # 4.02 TB, of which a broker keeps 0.6
        (replace(ASSUMED, broker_partitions=20), 6, "partitions"),  # three topics of 12, three times each
    ],
)
def test_there_are_brokers_for_whatever_asks_for_most(assumed: Assumed, brokers: int, why: str) -> None:
    """By hand."""
    found = planned(1_000, assumed=assumed)
    assert (found.brokers, found.brokers_for) == (brokers, why)


def test_money_is_a_months() -> None:
    """By hand: three agents of two cores, three brokers, 4,015 GB, and half of ten escalations a second."""
    assumed = replace(ASSUMED, core_hour=0.1, broker_hour=1.0, disk_gb_month=0.1, escalation_asked=0.01)
    found = planned(1_000, assumed=assumed)
    assert (found.agents, found.brokers) == (3, 3)
    assert found.money == pytest.approx(
        {
            "agents": 3 * 2 * 720 * 0.1,
            "brokers": 3 * 720,
            "disk": 1_000 * found.disk_tb * 0.1,
            "large model": 5 * 30 * 86_400 * 0.01,
            "people": found.money["people"],
        }
    )


def test_people_and_their_money_follow_what_the_large_model_leaves() -> None:
    """10 escalations a second, of which it settles half: five decisions of 20 s a second keep a hundred at work."""
    found = planned(1_000, assumed=replace(ASSUMED, decision_s=20, person_hour=30))
    assert found.people == 100
    assert found.money["people"] == pytest.approx(ASSUMED.mean * 100 * 720 * 30)


def test_a_latency_that_no_agent_has_is_refused_by_the_option() -> None:
    """More agents would not help."""
    result = CliRunner().invoke(main, ["--rate", "10", "--p99-ms", "5"])
    assert result.exit_code == 1
    assert "--p99-ms 5: an idle agent has" in result.output


@pytest.mark.parametrize("given", ["--escalated 1.5", "--group-members 1", "--caught-up-minutes 0", "--rate 0"])
def test_an_impossible_assumption_is_refused(given: str) -> None:
    """With its name and its range."""
    option, value = given.split()
    result = CliRunner().invoke(main, ["--rate", "10", option, value])
    assert result.exit_code == 2
    assert f"Invalid value for '{option}'" in result.output
    assert "is not in the range" in result.output


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "No such file or directory"),
        ("no JSON", "no measured points"),
        ("[1, 2]", "no measured points"),
        ('{"a": 1}', "no measured points"),
        ('{"full batches": {"points": [{"median_tokens": 8}]}}', "no measured points"),
        ('{"latency": {"points": []}}', "no costs of texts of 8 and 128 tokens"),
    ],
)
def test_a_file_without_points_is_named(content: str | None, problem: str, tmp_path: Path) -> None:
    """With what is expected of it, and no words of Python's."""
    file = tmp_path / "points.json"
    if content is not None:
        file.write_text(content)
    result = CliRunner().invoke(main, ["--rate", "10", "--measured", str(file)])
    assert result.exit_code == 1
    expected = f"expected is what `python -m load.capacity_measured --json {file}` writes"
    assert result.output == f"Error: {file}: {problem}; {expected}\n"


def test_a_slow_stream_is_told_as_it_was_asked_for() -> None:
    """And money is in no currency but that of whoever gives the prices."""
    result = CliRunner().invoke(main, ["--rate", "0.1"])
    assert result.output.startswith("0.1 messages/s, ")
    assert " in the currency of the prices: agents " in result.output


def test_an_assumption_that_is_given_is_taken() -> None:
    """And told to machines with the plan."""
    result = CliRunner().invoke(main, ["--rate", "1000", "--decision-s", "40", "--json"])
    document = json.loads(result.output)
    assert document["assumed"]["decision_s"] == 40
    assert document["plan"]["people"] == 200
