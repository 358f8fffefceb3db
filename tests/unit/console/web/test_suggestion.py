"""Thresholds move only on enough decisions, only inwards, and only where nearly all of them agree."""

import pytest

from moderator.console.web.policy_diff import edits
from moderator.console.web.suggestion import FEWEST, MOST_WRONG, Change, Effect, effect, reports
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.policy.editing import End, changed
from moderator.policy.thresholds import Threshold
from tests.unit.console.web.weighed import BAND, PRESENT, weighed

MANY = FEWEST + 50
BLOCK = Outcome.BLOCK


def changes(scores: list[object], label: Label = Label.INSULT) -> tuple[Change, ...]:
    """Of that label, under the present bands."""
    found = {report.label: report for report in reports(scores, PRESENT)}  # type: ignore[arg-type]
    return found[label].changes


def test_escalate_at_rises_where_nearly_nothing_is_blocked() -> None:
    """As far as that is so: where people block, it ends."""
    (change,) = changes([*weighed([0.41, 0.55] * MANY), *weighed([0.7] * 100, BLOCK, of="b")])
    assert (change.end, change.present, change.suggested) == (End.ESCALATE_AT, 0.4, 0.56)
    assert (change.wrong, change.decided) == (0, 2 * MANY)
    assert change.share.low == change.share.expected == 0
    assert 0 < change.share.high <= MOST_WRONG


def test_block_at_falls_where_nearly_all_have_the_label() -> None:
    """As far as that is so."""
    (change,) = changes(
        [*weighed([0.7, 0.79] * MANY, BLOCK), *weighed([0.5] * MANY, of="a"), *weighed([0.5] * MANY, BLOCK, of="b")]
    )
    assert (change.end, change.suggested, change.decided) == (End.BLOCK_AT, 0.68, 2 * MANY)


@pytest.mark.parametrize("wrong", [0, 30], ids=["too few", "too often wrong"])
def test_nothing_follows_from_too_little(wrong: int) -> None:
    """Neither from few decisions nor from many that could well be wrong."""
    few = (
        weighed([0.45] * (FEWEST - 1)) if not wrong else weighed([0.45] * MANY) + weighed([0.45] * wrong, BLOCK, of="b")
    )
    assert changes([*few, *weighed([0.75] * (FEWEST - 1), BLOCK, of="c")]) == ()


def test_few_wrong_ones_may_be_more_by_chance() -> None:
    """Four of a hundred were blocked; of so few decisions that may mean six."""
    assert changes([*weighed([0.45] * 240), *weighed([0.45] * 10, BLOCK, of="b")]) == ()


def test_the_ends_of_a_band_do_not_cross() -> None:
    """Even where messages with another label, too, speak for the opposite."""
    both = [*weighed([0.45] * 30 * MANY, BLOCK, of="b"), *weighed([0.5] * 30 * MANY, BLOCK, label=Label.TOXIC, of="b")]
    (change,) = changes([*weighed([0.45] * MANY), *both])
    assert change.end is End.ESCALATE_AT


def test_many_right_ones_do_not_hide_a_part_of_the_band_that_is_wrong() -> None:
    """All together next to nothing is blocked; above 0.6 nearly everything is."""
    (change,) = changes([*weighed([0.45] * 30 * MANY), *weighed([0.62] * 50, BLOCK, of="b")])
    assert (change.suggested, change.wrong) == (0.48, 0)


def test_what_another_label_escalates_does_not_count_as_passing() -> None:
    """It would come before people all the same."""
    both = [*weighed([0.45] * MANY), *weighed([0.5] * MANY, label=Label.TOXIC)]
    assert changes([*both]) == ()
    assert changes([*weighed([0.45] * MANY)]) != ()


def test_a_block_for_another_label_is_lost_if_it_passes() -> None:
    """Whatever people found, they would not have seen it."""
    assert changes([*weighed([0.45] * MANY), *weighed([0.45] * 40, BLOCK, found=False, of="b")]) == ()


@pytest.mark.parametrize("odd", [{"threshold": 0.3}, {"threshold": 0.8}], ids=["another threshold", "a checked block"])
def test_only_decisions_of_the_present_band_count(odd: dict[str, float]) -> None:
    """Others saw another part of the messages."""
    score = 0.85 if odd["threshold"] == 0.8 else 0.45
    (report,) = [each for each in reports(weighed([score] * MANY, **odd), PRESENT) if each.label is Label.INSULT]  # type: ignore[arg-type]
    assert (report.changes, report.decided, report.others) == ((), 0, MANY)


def test_self_harm_is_never_blocked_without_a_person() -> None:
    """However sure the scores are."""
    assert changes([*weighed([0.7] * MANY, BLOCK, label=Label.SELF_HARM)], Label.SELF_HARM) == ()


def test_a_band_stays_a_band() -> None:
    """Its ends do not cross, whatever is decided at either."""
    made = changes([*weighed([0.45] * 30 * MANY), *weighed([0.75] * MANY, BLOCK, of="b")])
    assert [change.end for change in made] == [End.ESCALATE_AT, End.BLOCK_AT]
    new = changed(PRESENT, edits(made))[LABELS.index(Label.INSULT)]
    assert 0.4 < new.escalate_at < new.block_at < 0.8
    assert changed(PRESENT, edits(made))[LABELS.index(Label.TOXIC)] == BAND


def test_the_effect_of_all_changes_is_counted_by_message() -> None:
    """A message with two labels passes when both thresholds have risen; and mistakes are named."""
    scores = [
        *weighed([0.45, 0.45]),
        *weighed([0.45], label=Label.TOXIC),
        *weighed([0.45], BLOCK, of="lost"),
        *weighed([0.75], BLOCK, of="right"),
        *weighed([0.75], of="wrong"),
        *weighed([0.6], of="kept"),
        *weighed([0.9], threshold=0.8, of="check"),
    ]
    narrow = Threshold(escalate_at=0.5, block_at=0.7)
    assert effect(scores, PRESENT, (narrow,) * len(LABELS)) == Effect(6, 3, 1, 2, 1)


def test_steps_show_every_decision_of_the_band() -> None:
    """Found and not found, from the score on."""
    (report,) = [
        each for each in reports([*weighed([0.4, 0.79]), *weighed([0.79], BLOCK, of="b")], PRESENT) if each.decided
    ]
    assert [(step.found, step.not_found) for step in (report.steps[0], report.steps[-1])] == [(0, 1), (1, 1)]
    assert report.decided == 3
