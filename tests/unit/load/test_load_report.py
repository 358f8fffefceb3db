"""What `python -m load.profile` prints, writes and exits with."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.samples import Sample

from load.baseline import baseline_document, compared, read_baseline, write_baseline
from load.judged import Breach, Judged, exit_code
from load.load_report import LoadReport
from load.machine import int8_instructions
from load.measured_load import MeasuredLoad
from load.peers import PIPELINE
from load.profiles import PROFILES
from load.scraped import stage_means_ms
from tests.unit.load.loads import CAPACITY, MACHINE, answered_in_turn, measured


def code(load: MeasuredLoad) -> int:
    """With which the command ends."""
    return exit_code(LoadReport(load).judged())


def row(load: MeasuredLoad, title: str) -> Judged:
    """The one with this title."""
    (found,) = (each for each in LoadReport(load).judged() if each.row.title.strip() == title)
    return found


def test_a_load_that_meets_its_goals_ends_with_zero() -> None:
    """At 70 % of a steady agent nothing is missed."""
    assert code(measured()) == 0


def test_each_breach_has_an_exit_code_and_the_gravest_counts() -> None:
    """A script that runs loads tells a lost message from a slow one."""
    good = measured()
    sent, answered = good.journal.sent, good.journal.answered
    late = [replace(answer, at_s=answer.at_s + 0.4) for answer in answered]
    slow = replace(good, journal=replace(good.journal, answered=late))
    assert code(slow) == Breach.LATENCY
    assert code(replace(slow, backlog=CAPACITY / 2)) == Breach.LATENCY
    assert code(replace(good, backlog=CAPACITY / 2)) == Breach.SPEED
    assert code(replace(slow, same_outcomes=99.9)) == Breach.VERDICTS
    lost = replace(good.journal, sent=sent, answered=late[:-1])
    assert code(replace(slow, same_outcomes=99.9, journal=lost)) == Breach.LOST


def test_an_impossible_rate_is_told_with_what_the_machine_reached() -> None:
    """Whoever asks for more than there is learns how much there is."""
    journal = answered_in_turn(PROFILES["steady"], 10 * CAPACITY)
    load = measured(journal=journal, scale=10 * CAPACITY)
    told = LoadReport(load).impossible()
    assert told is not None
    assert told.startswith("1,400 messages/s were asked for: this machine reached 200/s; ask for less than")
    assert "200/s, or" in told
    assert code(load) == Breach.RATE
    assert LoadReport(measured()).impossible() is None


def test_a_burst_is_held_to_when_it_is_over_and_not_to_its_latency() -> None:
    """Five seconds of work wait after it; 85 % of the capacity works them off in six."""
    burst = measured("burst")
    assert row(burst, "p99 below 250 ms again after the burst").row.value == pytest.approx(6, abs=1)
    assert code(burst) == 0


def test_a_ramp_tells_how_far_it_went() -> None:
    """An agent that answers one message after the other is fast up to nearly all that it can do."""
    assert 85 <= row(measured("ramp"), "of the capacity").row.value <= 110


def test_speed_is_that_on_a_backlog_and_load_is_held_against_the_capacity() -> None:
    """Clients beside the agent take of its cores: that is no fault of the agent, and a load must leave them room."""
    shared = replace(measured("ramp"), capacity=CAPACITY * 0.8)
    assert row(shared, "agent / classifier alone").row.value == pytest.approx(95)
    assert row(shared, "of the capacity").row.value == pytest.approx(
        row(measured("ramp"), "of the capacity").row.value / 0.8
    )


def test_the_multiple_of_each_peer_is_within_the_run() -> None:
    """Agent over peer, the pipeline's held to the goal."""
    multiple = row(measured(), f"agent / {PIPELINE}")
    assert multiple.row.value == pytest.approx(20)
    assert str(multiple.row.goal) == ">= 16"


def test_a_run_that_is_worse_than_its_baseline_fails(tmp_path: Path) -> None:
    """By more than the tolerance, and only then; a better one passes."""
    file = tmp_path / "baselines" / "steady.json"
    good = LoadReport(measured())
    write_baseline(file, baseline_document(MACHINE, "steady", good.ratios()))
    before = read_baseline(file)
    for part, breach in ((1.0, 0), (0.9, 0), (2.0, 0), (0.8, Breach.BASELINE)):
        ratios = [replace(each, value=each.value * (1 if each.lower_is_better else part)) for each in good.ratios()]
        assert exit_code(compared(before, MACHINE, ratios)) == breach
    slow = [replace(each, value=each.value * (2.1 if each.lower_is_better else 1)) for each in good.ratios()]
    assert exit_code(compared(before, MACHINE, slow)) == Breach.BASELINE


def test_another_kind_of_processor_is_not_held_to_the_gain_over_fp32() -> None:
    """What int8 gains depends on its instructions; what Kafka costs beside the classifier does not."""
    ratios = LoadReport(measured()).ratios()
    before = baseline_document(MACHINE | {"int8_instructions": "avx_vnni"}, "steady", ratios)
    held = [each.row.title.partition(",")[0] for each in compared(before, MACHINE, ratios)]
    assert held == ["agent / classifier alone", "p99 in messages of capacity"]


def test_what_is_no_baseline_is_named(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(ValueError, match=r"missing\.json: no baseline; write one with --write-baseline"):
        read_baseline(tmp_path / "missing.json")
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(ValueError, match=r"other\.json: no baseline"):
        read_baseline(tmp_path / "other.json")


def test_the_document_is_json_and_holds_machine_texts_and_figures() -> None:
    """Other programs read it."""
    report = LoadReport(measured())
    document = json.loads(json.dumps(report.document(MACHINE, report.judged(), []), allow_nan=False))
    assert document["machine"] == MACHINE
    assert document["texts"]["p50_tokens"] == 20
    assert document["latency_ms"]["p99"] > 0
    assert document["lost"] == 0
    assert {peer["name"]: peer["ratio"] for peer in document["peers"]}[PIPELINE] == pytest.approx(20)
    assert len(document["seconds"]) >= 60


def test_a_stages_mean_is_its_seconds_by_its_messages() -> None:
    """Buckets and other metrics are passed over, as is a stage that nothing went through."""
    name = "moderator_end_to_end_latency_seconds"
    samples = [
        Sample(f"{name}_bucket", {"stage": "infer", "le": "1"}, 3),
        Sample(f"{name}_sum", {"stage": "infer"}, 0.5),
        Sample(f"{name}_count", {"stage": "infer"}, 10),
        Sample(f"{name}_sum", {"stage": "poll"}, 0),
        Sample(f"{name}_count", {"stage": "poll"}, 0),
        Sample("moderator_batch_size_sum", {}, 7),
    ]
    assert stage_means_ms(samples) == {"infer": 50.0}


def test_the_processors_int8_instructions_are_read(tmp_path: Path) -> None:
    """A baseline is held against machines that have the same."""
    info = tmp_path / "cpuinfo"
    info.write_text("flags\t\t: fpu avx2 avx_vnni avx512_vnni\n")
    assert int8_instructions(info) == "avx512_vnni"
    info.write_text("flags\t\t: fpu avx2\n")
    assert int8_instructions(info) == "none known"
    assert int8_instructions(tmp_path / "none") == "none known"
