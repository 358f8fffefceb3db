"""What a plan tells: the tables, the picture and the remarks."""

import json
from xml.etree import ElementTree as ET

import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.planning.plot import svg
from moderator.planning.report import Report, plain_lines
from moderator.policy.curve import curve, label_curve
from moderator.policy.escalate import Bands, Capacity, plan
from moderator.policy.traffic import ANY, ScoredText, traffic
from tests.unit.policy.samples import PRESENT, mixed, text

SVG = "{http://www.w3.org/2000/svg}"


def report(people: float, shares: dict[str, float], *others: ScoredText, audit_part: float = 0.0) -> Report:
    """Of 1,000 messages an hour, by 200 rows that know two labels and `others`, at a risk of 0.1."""
    hour = traffic([*mixed(1, 200), *others], 1_000, shares)
    bands = Bands(hour, PRESENT, 0.1)
    curves = [label_curve(bands.rehearsal, index) for index in range(len(LABELS))]
    return Report(plan(bands, Capacity(people), 0.1), hour, curve(bands), curves, 0, 0, audit_part)


def test_every_label_has_its_line_and_only_planned_ones_a_promise() -> None:
    """The bound that holds for the planned band, where the capacity suffices."""
    columns, *rows, total = report(1_000, {}).label_table()
    promised = {row[0]: row[columns.index("promised")] for row in rows}
    assert promised.keys() == set(LABELS)
    assert {label for label, bound in promised.items() if bound != "-"} == {Label.TOXIC, Label.SPAM}
    assert total[0] == "all"
    _, *rows, _ = report(1, {}).label_table()
    assert {row[-1] for row in rows} == {"-"}


@pytest.mark.parametrize("people", [1_000, 20])
def test_the_curve_marks_where_we_are_and_where_the_plan_leads(people: float) -> None:
    """Once each, in the order of escalations."""
    columns, *rows = report(people, {}).curve_table()
    assert sorted(row[-1] for row in rows if row[-1]) == ["< planned", "< present"]
    hourly = [float(row[columns.index("escalated/h")].replace(",", "")) for row in rows]
    assert hourly == sorted(hourly, reverse=True)


def test_remarks_tell_whose_shares_are_used() -> None:
    """An operator must not take the file's mix for the platform's unknowingly."""
    assert any("the file's own mix" in line for line in report(100, {}).remarks())
    partly = report(100, {"toxic": 0.02}).remarks()
    assert any(line.startswith("Shares of spam follow from the file") for line in partly)
    assert not any("hares" in line for line in report(100, {"toxic": 0.02, "spam": 0.02}).remarks())


def test_remarks_tell_what_audit_samples_cost() -> None:
    """A part of what the planned bands do not escalate; nothing where none are drawn."""
    made = report(1_000, {}, audit_part=0.5)
    hourly = 0.5 * (1_000 - made.plan.planned.escalations)
    assert f"Audit samples, some {hourly:,.1f} an hour, come on top: take them off the capacity." in made.remarks()
    assert not any("udit" in line for line in report(1_000, {}).remarks())


def test_remarks_begin_with_the_result() -> None:
    """Kept, not kept, or not to be kept at all."""
    assert report(1_000, {}).remarks()[0].startswith("Within capacity")
    assert report(20, {}).remarks()[0].startswith("NOT within capacity")
    kept = text({Label.HATE: (0.6, True)})  # one row promises nothing, so its label's band stays as it is
    assert "Even the narrowest" in report(1, {}, kept).remarks()[1]


def test_the_json_holds_the_tables_figures() -> None:
    """For programs: the plan, whether it is promised, and the curves."""
    made = report(20, {ANY: 0.1})
    content = json.loads(made.to_json())
    assert (content["promised"], content["shares"]) == (False, {"any": 0.1})
    assert content["planned"]["escalations"] <= content["capacity"] == 20
    assert len(content["curve"]) == len(made.curve)
    assert {label for label, points in content["label_curves"].items() if points} == {"toxic", "spam"}


def test_the_picture_has_a_panel_for_all_and_for_each_label_that_rows_know() -> None:
    """Well-formed, each with its curve and both marks; the capacity stands in the first."""
    picture = ET.fromstring(svg(report(100, {}).panels()))  # noqa: S314  our own
    assert [group[0].text for group in picture.iter(f"{SVG}g")] == ["all labels", "toxic", "spam"]
    assert len(list(picture.iter(f"{SVG}polyline"))) == 3
    assert len(list(picture.iter(f"{SVG}circle"))) == 6
    assert len(list(picture.iter(f"{SVG}line"))) == 1


def test_plain_lines_align() -> None:
    """The first column begins where it begins, the others end where they end."""
    assert plain_lines([["label", "rows"], ["toxic", "1,000"], ["all", "2"]]) == [
        "label   rows",
        "toxic  1,000",
        "all        2",
    ]
