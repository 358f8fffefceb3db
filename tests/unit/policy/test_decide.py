"""Scores to outcome: the gravest rule decides, every rule that fired is told."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message
from moderator.contracts.scores import Scores
from moderator.contracts.verdict import Outcome, Reason, ReasonCode
from moderator.policy.decide import Ruling, decide
from moderator.policy.thresholds import parse_policy

ESCALATE_AT, BLOCK_AT = 0.5, 0.9
POLICY = parse_policy(
    {
        "version": "1",
        "labels": {label.value: {"escalate_at": ESCALATE_AT, "block_at": BLOCK_AT} for label in LABELS},
        "overrides": [{"tenant": "strict", "labels": {"spam": {"escalate_at": 0.1, "block_at": 0.2}}}],
    },
    "policy.toml",
    "0",
)
MESSAGE = Message(id="m-1", text="Good morning!")


def rule(*, truncated: bool = False, message: Message = MESSAGE, **scores: float) -> Ruling:
    """The ruling on these scores, 0 for every other label."""
    labels = tuple(scores.get(label.value, 0.0) for label in LABELS)
    return decide(POLICY, message, Scores(labels, (0.2, 0.5, 0.3)), truncated=truncated)


@pytest.mark.parametrize(
    ("score", "outcome", "labels"),
    [
        (0.0, Outcome.ALLOW, ()),
        (0.4999, Outcome.ALLOW, ()),
        (0.5, Outcome.ESCALATE, (Label.HATE,)),
        (0.8999, Outcome.ESCALATE, (Label.HATE,)),
        (0.9, Outcome.BLOCK, (Label.HATE,)),
        (1.0, Outcome.BLOCK, (Label.HATE,)),
    ],
)
def test_thresholds_count_as_reached(score: float, outcome: Outcome, labels: tuple[Label, ...]) -> None:
    """A score at a threshold is over it, and a label over escalate_at is listed."""
    ruling = rule(hate=score)
    assert (ruling.outcome, ruling.labels) == (outcome, labels)


def test_an_allow_has_no_reasons() -> None:
    """Nothing fired, nothing to tell."""
    assert rule().reasons == ()


def test_block_beats_escalate() -> None:
    """One label that blocks decides, wherever it stands; labels stay in their own order, reasons come gravest first."""
    ruling = rule(toxic=0.6, threat=0.95, spam=0.7)
    assert ruling.outcome is Outcome.BLOCK
    assert ruling.labels == (Label.TOXIC, Label.THREAT, Label.SPAM)
    assert [(reason.code, reason.label) for reason in ruling.reasons] == [
        (ReasonCode.BLOCK_THRESHOLD, Label.THREAT),
        (ReasonCode.ESCALATE_THRESHOLD, Label.TOXIC),
        (ReasonCode.ESCALATE_THRESHOLD, Label.SPAM),
    ]


def test_reasons_say_what_was_compared() -> None:
    """Score and threshold stand in the reason, so that the outcome can be followed without the policy."""
    block, escalate = rule(hate=0.95, spam=0.6).reasons
    assert (block.score, block.threshold) == (0.95, BLOCK_AT)
    assert (escalate.score, escalate.threshold) == (0.6, ESCALATE_AT)


def test_truncated_never_allows_silently() -> None:
    """What was not read to its end is for a reviewer, however harmless its beginning."""
    ruling = rule(truncated=True)
    assert (ruling.outcome, ruling.labels) == (Outcome.ESCALATE, ())
    assert [reason.code for reason in ruling.reasons] == [ReasonCode.TRUNCATED]


def test_an_unreadable_text_goes_to_a_reviewer_whatever_its_scores() -> None:
    """Scores of words that the model does not know must neither block nor allow."""
    scores = Scores((0.99,) * len(LABELS), (0.2, 0.5, 0.3))
    ruling = decide(POLICY, MESSAGE, scores, truncated=False, unreadable=True)
    assert (ruling.outcome, ruling.labels) == (Outcome.ESCALATE, ())
    assert [reason.code for reason in ruling.reasons] == [ReasonCode.UNREADABLE]


def test_a_text_in_an_unsupported_language_gets_the_outcome_that_the_policy_names() -> None:
    """Whatever its scores and length; the reason says so also where the policy allows it."""
    scores = Scores((0.99,) * len(LABELS), (0.2, 0.5, 0.3))
    for named in Outcome:
        policy = dataclasses.replace(POLICY, unsupported_language=named)
        ruling = decide(policy, MESSAGE, scores, truncated=True, unreadable=True, unsupported_language=True)
        assert (ruling.outcome, ruling.labels) == (named, ())
        assert ruling.reasons == (Reason(code=ReasonCode.UNSUPPORTED_LANGUAGE),)


def test_truncated_is_told_beside_the_rest() -> None:
    """A block stays one, and the reader learns that there was more."""
    ruling = rule(truncated=True, hate=0.95, spam=0.6)
    assert ruling.outcome is Outcome.BLOCK
    assert [reason.code for reason in ruling.reasons] == [
        ReasonCode.BLOCK_THRESHOLD,
        ReasonCode.ESCALATE_THRESHOLD,
        ReasonCode.TRUNCATED,
    ]


def test_overrides_decide() -> None:
    """The thresholds are those of the message's tenant."""
    assert rule(spam=0.3).outcome is Outcome.ALLOW
    strict = rule(spam=0.3, message=Message(id="m-1", text="Good morning!", tenant="strict"))
    assert strict.outcome is Outcome.BLOCK
    assert strict.reasons[0].threshold == 0.2


@given(scores=st.lists(st.floats(0, 1), min_size=len(LABELS), max_size=len(LABELS)), truncated=st.booleans())
def test_any_scores(*, scores: list[float], truncated: bool) -> None:
    """Only silence allows, the highest score decides, and each label listed has its reason."""
    ruling = decide(POLICY, MESSAGE, Scores(tuple(scores), (0.2, 0.5, 0.3)), truncated=truncated)
    assert (ruling.outcome is Outcome.ALLOW) == (not ruling.reasons)
    assert (ruling.outcome is Outcome.BLOCK) == (max(scores) >= BLOCK_AT)
    assert (ruling.outcome is Outcome.ALLOW) == (max(scores) < ESCALATE_AT and not truncated)
    assert {reason.label for reason in ruling.reasons if reason.label} == set(ruling.labels)
