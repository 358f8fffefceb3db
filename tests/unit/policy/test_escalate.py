"""Bands by risk and capacity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message
from moderator.contracts.scores import Scores
from moderator.contracts.verdict import Outcome
from moderator.errors import ConfigError
from moderator.policy.curve import curve, label_curve
from moderator.policy.decide import decide
from moderator.policy.escalate import Bands, Capacity, Kept, Plan, plan
from moderator.policy.thresholds import Policy, Threshold
from moderator.policy.traffic import ScoredText, traffic
from tests.unit.policy.samples import PRESENT, mixed, text

PEOPLE = st.floats(0.1, 2_000)
RISKS = st.floats(0.05, 0.9)
SEEDS = st.integers(0, 20)


def planned(seed: int, people: float, risk: float) -> Plan:
    """Of 1,000 messages an hour, by 150 rows that know two labels."""
    return plan(Bands(traffic(mixed(seed, 150), 1_000, {}), PRESENT, risk), Capacity(people), risk)


@given(seed=SEEDS, people=st.tuples(PEOPLE, PEOPLE), risk=RISKS)
def test_more_reviewers_never_miss_more(seed: int, people: tuple[float, float], risk: float) -> None:
    """Of any label, and in all; and with fewer, more is never escalated."""
    fewer, more = (planned(seed, each, risk) for each in sorted(people))
    assert more.planned.misses.expected <= fewer.planned.misses.expected
    assert more.planned.escalations >= fewer.planned.escalations
    assert more.held <= fewer.held
    for many, few in zip(more.planned.labels, fewer.planned.labels, strict=True):
        assert many.missed <= few.missed


@given(seed=SEEDS, people=PEOPLE, risk=RISKS)
def test_a_plan_is_promised_or_fits(seed: int, people: float, risk: float) -> None:
    """The risk is kept where reviewers can bear it; where not, they get what they can bear, unless nothing is."""
    made = planned(seed, people, risk)
    assert made.fits or made.held == 1.0
    if made.promised:
        assert all(part.bound <= risk + 1e-9 for part in made.planned.labels if part.bound is not None)
    for part in made.planned.labels:
        Threshold(escalate_at=part.escalate_at, block_at=part.block_at)  # a band that a policy may have


@given(seed=SEEDS, risks=st.tuples(RISKS, RISKS))
def test_a_lower_risk_never_escalates_less(seed: int, risks: tuple[float, float]) -> None:
    """With reviewers enough."""
    low, high = (planned(seed, 1e6, each) for each in sorted(risks))
    assert low.planned.escalations >= high.planned.escalations
    assert low.planned.misses.expected <= high.planned.misses.expected


def test_a_forecast_is_what_the_policy_does() -> None:
    """Each text decided by the policy itself: escalated, or harmful and allowed."""
    texts = mixed(7, 300, LABELS[:4])
    made = plan(Bands(traffic(texts, 300, {}), PRESENT, 0.1), Capacity(1e6), 0.1)
    for forecast, thresholds in (
        (made.present, PRESENT),
        (
            made.planned,
            tuple(Threshold(escalate_at=each.escalate_at, block_at=each.block_at) for each in made.planned.labels),
        ),
    ):
        outcomes = [outcome(each, thresholds) for each in texts]
        missed = [each.harmful and made is Outcome.ALLOW for each, made in zip(texts, outcomes, strict=True)]
        assert forecast.escalations == pytest.approx(outcomes.count(Outcome.ESCALATE))
        assert forecast.misses.expected == pytest.approx(sum(missed))
        assert forecast.misses.low <= forecast.misses.expected <= forecast.misses.high


def outcome(each: ScoredText, thresholds: tuple[Threshold, ...]) -> Outcome:
    """By the policy that serves."""
    policy = Policy("1", "0", thresholds, ())
    return decide(policy, Message(id="m-1", text="x"), Scores(each.scores, (0.2, 0.5, 0.3)), truncated=False).outcome


def test_a_message_is_escalated_once_and_counts_for_each_label() -> None:
    """So that the parts may add up to more than the whole, which is what reviewers see."""
    both = [text({Label.TOXIC: (0.6, True), Label.SPAM: (0.6, True)})] * 20
    neither = [text({Label.TOXIC: (0.1, False), Label.SPAM: (0.1, False)})] * 20
    present = plan(Bands(traffic([*both, *neither], 40, {}), PRESENT, 0.1), Capacity(100), 0.1).present
    assert present.escalations == pytest.approx(20)
    assert [part.escalations for part in present.labels if part.carrying] == pytest.approx([20, 20])


def test_what_blocks_is_neither_escalated_nor_missed() -> None:
    """A reviewer never sees it."""
    blocked = [text({Label.TOXIC: (0.95, True), Label.SPAM: (0.6, True)})] * 20
    free = [text({Label.TOXIC: (0.1, False), Label.SPAM: (0.1, False)})] * 20
    present = plan(Bands(traffic([*blocked, *free], 40, {}), PRESENT, 0.1), Capacity(100), 0.1).present
    assert (present.escalations, present.misses.expected) == (0, 0)


def test_labels_that_the_sample_cannot_plan_keep_their_band() -> None:
    """Each with its reason."""
    few = [text({Label.TOXIC: (0.1 + number / 50, number > 10), Label.SPAM: (0.1, False)}) for number in range(40)]
    rare = text({Label.SPAM: (0.7, True), Label.HATE: (0.01, True)})
    made = plan(Bands(traffic([*few, rare], 100, {}), PRESENT, 0.1), Capacity(1e6), 0.1)
    assert made.kept[Label.SPAM] is Kept.TOO_FEW
    assert made.kept[Label.HATE] is Kept.CONSTANT
    assert made.kept[Label.THREAT] is Kept.UNKNOWN
    assert Label.TOXIC not in made.kept
    changed = [part.label for part in made.planned.labels if part.escalate_at != 0.5]
    assert changed == [Label.TOXIC]


def test_a_label_that_no_row_carries_is_refused() -> None:
    """Zero misses an hour would be read as safety."""
    texts = [text({Label.TOXIC: (0.6, True), Label.SPAM: (0.1, False)}), text({Label.THREAT: (0.2, False)})]
    with pytest.raises(ConfigError) as refused:
        Bands(traffic(texts, 100, {}), PRESENT, 0.5)
    assert [problem.partition(":")[0] for problem in refused.value.problems] == ["threat", "spam"]


def test_rows_too_few_for_any_label_are_refused_with_the_number_needed() -> None:
    """A promise is not made on nine rows."""
    texts = [text({Label.TOXIC: (number / 10, number > 1)}) for number in range(10)]
    with pytest.raises(ConfigError, match="19 rows must carry a label"):
        Bands(traffic(texts, 100, {}), PRESENT, 0.05)


@pytest.mark.parametrize(
    ("capacity", "most"),
    [
        (Capacity(100), 100),
        (Capacity(100, model=1_000), 100),  # it decides nothing alone
        (Capacity(100, model=1_000, settled=0.5), 200),  # it reads all 200, and people get the half
        (Capacity(100, model=50, settled=0.5), 125),  # it reads 50, and people get the other 75 and 25 of these
        (Capacity(100, model=50, settled=1), 150),
    ],
)
def test_a_model_takes_work_off_people_as_far_as_it_decides_alone(capacity: Capacity, most: float) -> None:
    """What it leaves to people, they must be able to do."""
    assert capacity.escalations == most


def test_curves_fall() -> None:
    """The more is escalated the less is missed, for each label and in all; the plan's own point lies on it."""
    bands = Bands(traffic(mixed(5, 300), 1_000, {}), PRESENT, 0.1)
    for points in (curve(bands), *(label_curve(bands.rehearsal, LABELS.index(label)) for label in ("toxic", "spam"))):
        assert len(points) > 10
        assert [point.escalations for point in points] == sorted((p.escalations for p in points), reverse=True)
        assert [point.misses.expected for point in points] == sorted(point.misses.expected for point in points)
    made = plan(bands, Capacity(1e6), 0.1)
    (same,) = [point for point in curve(bands) if point.at == 0.1]
    assert (same.escalations, same.misses) == (made.planned.escalations, made.planned.misses)
    assert label_curve(bands.rehearsal, LABELS.index(Label.HATE)) == []
