"""What a reviewer sees first, and that everything is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Reason, ReasonCode
from moderator.policy.priority import HEAD_START, MOST, SEVERITY, order_at, priority, uncertainty

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TRUNCATED = Reason(code=ReasonCode.TRUNCATED)
AUDIT_SAMPLE = Reason(code=ReasonCode.AUDIT_SAMPLE)
BLOCKED = Reason(code=ReasonCode.BLOCK_THRESHOLD, label=Label.THREAT, score=0.99, threshold=0.9)
reaches = st.floats(0, 1e9)


def scored(label: Label, score: float) -> Reason:
    """An escalation for this score."""
    return Reason(code=ReasonCode.ESCALATE_THRESHOLD, label=label, score=score, threshold=0.1)


reasons = st.lists(
    st.builds(scored, st.sampled_from(LABELS), st.floats(0, 1)) | st.sampled_from([TRUNCATED, AUDIT_SAMPLE]),
    min_size=1,
    max_size=4,
)


def test_every_label_has_a_severity() -> None:
    """Of 1 at most, and more than nothing."""
    assert SEVERITY.keys() == set(LABELS)
    assert all(0 < severity <= 1 for severity in SEVERITY.values())


def test_the_graver_the_more_uncertain_and_the_farther_reaching_goes_first() -> None:
    """Each factor by itself; the gravest reason counts."""
    threat = priority([scored(Label.THREAT, 0.3)])
    assert threat > priority([scored(Label.SPAM, 0.3)])
    assert threat > priority([scored(Label.THREAT, 0.2)])
    assert threat < priority([scored(Label.THREAT, 0.3)], reach=2)
    assert threat == priority([scored(Label.SPAM, 0.4), scored(Label.THREAT, 0.3), scored(Label.OBSCENE, 0.4)])


def test_what_is_almost_certain_does_not_wait_behind_what_is_uncertain() -> None:
    """A label that never blocks escalates all its cases."""
    assert priority([scored(Label.SELF_HARM, 0.99)]) >= priority([scored(Label.SELF_HARM, 0.5)])
    assert uncertainty(0.5) == 1


def test_unread_texts_lie_between() -> None:
    """Graver than spam, less grave than a threat."""
    assert priority([scored(Label.SPAM, 0.5)]) < priority([TRUNCATED]) < priority([scored(Label.THREAT, 0.5)])


@given(score=st.floats(0.001, 1), label=st.sampled_from(LABELS))
def test_an_audit_sample_waits_for_all_that_is_uncertain_but_not_for_ever(score: float, label: Label) -> None:
    """Its verdict stands meanwhile, whatever it was blocked for; what comes a head start later comes after it."""
    assert priority([AUDIT_SAMPLE, BLOCKED]) == priority([AUDIT_SAMPLE]) < priority([scored(label, score)])
    late = AT + HEAD_START + timedelta(seconds=1)
    assert order_at(AT, priority([AUDIT_SAMPLE])) < order_at(late, priority([scored(label, score)]))


@given(first=reasons, second=reasons, reach=st.tuples(reaches, reaches), apart=st.floats(0, 1e7))
def test_nothing_is_overtaken_for_ever(
    first: list[Reason], second: list[Reason], reach: tuple[float, float], apart: float
) -> None:
    """What comes later than the longest head start comes after."""
    late = AT + HEAD_START * MOST + timedelta(seconds=1 + apart)
    assert order_at(AT, priority(first, reach[0])) < order_at(late, priority(second, reach[1]))


def test_age_makes_up_for_priority() -> None:
    """A priority of 1 goes before what has waited a head start less a second, not a second more."""
    grave = order_at(AT, 1.0)
    assert grave < order_at(AT - HEAD_START + timedelta(seconds=1), 0.0)
    assert grave > order_at(AT - HEAD_START - timedelta(seconds=1), 0.0)


@pytest.mark.parametrize("reach", [-1, 0])
def test_nobody_reached_is_last_but_seen(reach: float) -> None:
    """In the order of arrival."""
    assert order_at(AT, priority([TRUNCATED], reach)) == AT
