"""The figures that the benchmark prints, and what it makes of its goals."""

from collections.abc import Sequence

from load.report import AS_GIVEN, SORTED, Figure, Goal, Row, Series, exit_code, report, table, variant_name


def rows_by_title(series: Series) -> dict[str, Row]:
    """The report of an installation whose default is OpenVINO."""
    return {row.title: row for row in report(series, "OpenVINO")}


def values(series: Series, title: str) -> Sequence[float]:
    """What one row is made of."""
    return rows_by_title(series)[title].values


def test_the_median_is_held_to_the_goal() -> None:
    """One slow round of three does not miss a goal, one fast round does not meet it."""
    goal = Goal(85, at_least=True)
    assert Row("ratio", "%", (70.0, 86.0, 88.0), goal).met
    assert not Row("ratio", "%", (70.0, 84.0, 99.0), goal).met


def test_a_bound_from_above_is_not_met_by_the_bound_itself() -> None:
    """`below 20 ms` means below, `at least 85 %` takes 85."""
    assert not Goal(20).met(20.0)
    assert Goal(20).met(19.9)
    assert Goal(85, at_least=True).met(85.0)


def test_ratios_are_taken_within_each_round() -> None:
    """A machine that halves its speed between two rounds changes no ratio."""
    series: Series = {
        Figure.CLASSIFIER: {"OpenVINO": [2000.0, 1000.0]},
        Figure.END_TO_END: {"OpenVINO": [1800.0, 900.0]},
    }
    assert values(series, "end to end / classifier alone, OpenVINO") == (90.0, 90.0)


def test_the_peer_is_compared_with_the_default_provider() -> None:
    """Sixteen times the peer is a promise about the program as it comes; the sorted peer is shown without a goal."""
    series: Series = {
        Figure.END_TO_END: {"CPU": [900.0], "OpenVINO": [1700.0]},
        Figure.PIPELINE: {AS_GIVEN: [100.0], SORTED: [200.0]},
    }
    rows = rows_by_title(series)
    given = rows[f"end to end / transformers pipeline, {AS_GIVEN}"]
    ordered = rows[f"end to end / transformers pipeline, {SORTED}"]
    assert (given.values, given.met, ordered.values, ordered.goal) == ((17.0,), True, (8.5,), None)


def test_a_part_that_was_not_measured_has_no_rows() -> None:
    """`--only classifier` prints no ratio and misses no goal of anything else."""
    rows = report({Figure.CLASSIFIER: {"CPU": [900.0]}}, "OpenVINO")
    assert [row.title for row in rows] == ["classifier alone, CPU"]
    assert exit_code(rows) == 0


def test_latency_is_reported_by_percentile_and_held_to_its_99th() -> None:
    """Half a per cent of slow messages does not miss the goal, two per cent do."""
    two_slow: Series = {Figure.LATENCY: {"CPU": [5.0] * 398 + [90.0] * 2}}
    eight_slow: Series = {Figure.LATENCY: {"CPU": [5.0] * 392 + [90.0] * 8}}
    assert values(two_slow, "idle latency, CPU, p99") == (5.0,)
    assert values(two_slow, "idle latency, CPU, max") == (90.0,)
    assert exit_code(report(two_slow, "CPU")) == 0
    assert exit_code(report(eight_slow, "CPU")) == 1


def test_one_lost_message_fails_the_run() -> None:
    """Speed that loses messages is no result."""
    lossless: Series = {Figure.END_TO_END: {"CPU": [900.0]}, Figure.LOST: {"CPU": [0.0]}}
    assert exit_code(report(lossless, "CPU")) == 0
    assert exit_code(report({**lossless, Figure.LOST: {"CPU": [1.0]}}, "CPU")) == 1


def test_memory_has_a_goal_of_its_own_for_each_provider() -> None:
    """400 MB are fine on OpenVINO and too much on the CPU provider."""
    series: Series = {Figure.MEMORY: {"OpenVINO": [400.0], "CPU": [400.0]}}
    assert {row.title: row.met for row in report(series, "OpenVINO")} == {
        "memory after the backlog, OpenVINO": True,
        "memory after the backlog, CPU": False,
    }


def test_goals_know_the_providers_by_the_names_that_figures_carry() -> None:
    """A renamed provider would lose its memory goal in silence."""
    assert variant_name("OpenVINOExecutionProvider") == "OpenVINO"
    assert variant_name("CPUExecutionProvider") == "CPU"


def test_the_table_says_what_was_missed() -> None:
    """Figure, median, range, unit, goal and judgement stand in one aligned line."""
    rows = [
        Row("speed", "texts/s", (1830.4, 1790.0, 1850.0)),
        Row("start", "s", (3.26,), Goal(3)),
        Row("ratio", "%", (88.0,), Goal(85, at_least=True)),
    ]
    assert table(rows).splitlines() == [
        "figure  median    min    max  unit      goal",
        "speed    1,830  1,790  1,850  texts/s",
        "start     3.26                s          < 3  MISSED",
        "ratio       88                %        >= 85  met",
    ]
