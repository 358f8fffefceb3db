"""A large model decides what it may, and leaves the rest to people; alone it lets nothing severe pass."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.review import Decision, Escalation, Referral, Suggestion
from moderator.contracts.verdict import Outcome, PolicyDocument, Reason, ReasonCode, VerdictSource
from moderator.review.authority import SEVERE, AuthorityLimits, decide, refer
from moderator.review.final import final_verdict
from moderator.review.opinion import Opinion
from moderator.review.probation import Standing
from tests.unit.review.reviewed import AT, NOTHING, escalation

LIMITS = AuthorityLimits(severe_from=0.7, block_from=0.1, confidence=0.5)
POLICY = PolicyDocument(id="community", version="3", hash="c81e6f3a5d907b24")
ALLOW = Opinion(Outcome.ALLOW, (), (), 0.75, "harmless banter")
BLOCK = Opinion(Outcome.BLOCK, (Label.INSULT,), ("insult.1",), 0.75, "insults a person")
LATER = AT + timedelta(seconds=3)
THEIRS: dict[str, Any] = {"reviewer_id": "llm-1", "started_at": AT, "decided_at": LATER}


def decided(
    opinion: Opinion,
    asked: Escalation | None = None,
    standing: Standing = Standing.TRUSTED,
    limits: AuthorityLimits = LIMITS,
    *,
    sampled: bool = False,
) -> Decision:
    """On a message that was escalated for an insult, unless another is given."""
    asked = asked or escalation(insult=0.5)
    return decide(asked, opinion, POLICY, standing, sampled=sampled, limits=limits, **THEIRS)


def escalated_for(*codes: ReasonCode, **fields: Any) -> Escalation:
    """With no score behind it."""
    reasons = tuple(Reason(code=code) for code in codes)
    return escalation(insult=0.5).model_copy(update={"reasons": reasons} | fields)


@pytest.mark.parametrize("opinion", [ALLOW, BLOCK, replace(BLOCK, confidence=None), replace(ALLOW, confidence=0.5)])
def test_a_trusted_model_decides(opinion: Opinion) -> None:
    """And the platform gets its final verdict, with the grounds that the model gave."""
    decision = decided(opinion)
    assert (decision.outcome, decision.labels, decision.rules) == (opinion.outcome, opinion.labels, opinion.rules)
    assert (decision.source, decision.reviewer_id, decision.policy) == (VerdictSource.LLM, "llm-1", POLICY)
    assert (decision.rationale, decision.replaces) == (opinion.rationale, "e" * 32)
    assert (decision.started_at, decision.decided_at) == (AT, LATER)
    assert decision.suggestion is None
    assert final_verdict(escalation(insult=0.5), decision) is not None


@pytest.mark.parametrize("standing", [Standing.ON_PROBATION, Standing.REVOKED])
@pytest.mark.parametrize("opinion", [ALLOW, BLOCK])
def test_one_that_is_not_trusted_only_suggests(standing: Standing, opinion: Opinion) -> None:
    """People decide, and are told what it thinks."""
    decision = decided(opinion, standing=standing)
    assert (decision.outcome, decision.referral) == (Outcome.ESCALATE, Referral.PROBATION)
    assert (decision.labels, decision.rules, decision.rationale) == ((), (), None)
    assert decision.suggestion == Suggestion(
        outcome=opinion.outcome,
        labels=opinion.labels,
        rules=opinion.rules,
        rationale=opinion.rationale,
        confidence=opinion.confidence,
    )


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("opinion", [ALLOW, BLOCK, replace(ALLOW, confidence=0.1)])
@pytest.mark.parametrize("asked", [escalation(insult=0.5), escalation(threat=0.4)])
def test_the_sample_depends_on_nothing_but_itself(standing: Standing, opinion: Opinion, asked: Escalation) -> None:
    """Else a model on probation would never meet people who do not know what it thinks, and agreement would be
    measured on a choice of its own.
    """
    decision = decided(opinion, asked, standing, sampled=True)
    assert decision.referral is Referral.SAMPLED
    assert decision.suggestion is not None


@pytest.mark.parametrize("opinion", [ALLOW, BLOCK])
def test_a_model_earns_nothing_by_audit_samples(opinion: Opinion) -> None:
    """Of what is plain it would agree with people whatever it is worth on what is not; people decide these."""
    decision = decided(opinion, escalated_for(ReasonCode.AUDIT_SAMPLE), sampled=True)
    assert (decision.outcome, decision.referral) == (Outcome.ESCALATE, Referral.ONE_SIDED)
    assert decision.suggestion is not None


@pytest.mark.parametrize(
    "asked",
    [
        *(escalation("words", **{str(label): 0.3}) for label in sorted(SEVERE)),
        escalation(insult=0.5, threat=0.2),
        escalation(insult=0.7),
        escalation(insult=0.5).model_copy(update={"scores": escalation(spam=0.7).scores}),
    ],
)
def test_what_looks_severe_is_not_allowed_by_it_alone(asked: Escalation) -> None:
    """For its label, or for how sure the small model is, of whatever label."""
    assert decided(ALLOW, asked).referral is Referral.ONE_SIDED


def test_what_looks_severe_may_be_blocked_by_it() -> None:
    """Its authority is one-sided."""
    threat = Opinion(Outcome.BLOCK, (Label.THREAT,), ("threat.1",), 0.75, None)
    assert decided(threat, escalation(threat=0.4)).outcome is Outcome.BLOCK
    assert decided(BLOCK, escalation(insult=0.75)).outcome is Outcome.BLOCK


@pytest.mark.parametrize("opinion", [ALLOW, BLOCK])
@pytest.mark.parametrize("code", [code for code in ReasonCode if code is not ReasonCode.ESCALATE_THRESHOLD])
def test_only_scores_between_thresholds_may_be_closed_by_it(opinion: Opinion, code: ReasonCode) -> None:
    """Not what the small model could not read: then nothing checks what the large one says. Nor what it blocks."""
    assert decided(opinion, escalated_for(code)).referral is Referral.ONE_SIDED
    assert decided(opinion, escalated_for(ReasonCode.ESCALATE_THRESHOLD, code)).referral is Referral.ONE_SIDED
    assert decided(opinion, escalated_for(ReasonCode.ESCALATE_THRESHOLD)).outcome is opinion.outcome


@pytest.mark.parametrize("opinion", [ALLOW, BLOCK])
def test_a_text_that_was_not_read_to_its_end_is_not_closed_by_it(opinion: Opinion) -> None:
    """Whether or not that was the reason."""
    assert decided(opinion, escalation(insult=0.5).model_copy(update={"truncated": True})).outcome is Outcome.ESCALATE


def test_self_harm_is_for_people() -> None:
    """Whoever of the two sees it, whatever the other says."""
    found = replace(BLOCK, labels=(Label.INSULT, Label.SELF_HARM))
    assert decided(BLOCK, escalation(insult=0.5, self_harm=0.3)).referral is Referral.ONE_SIDED
    assert decided(found).referral is Referral.ONE_SIDED


@pytest.mark.parametrize("opinion", [ALLOW, BLOCK])
def test_an_unsure_model_asks_people(opinion: Opinion) -> None:
    """By its own word."""
    assert decided(replace(opinion, confidence=0.49)).referral is Referral.UNSURE


@pytest.mark.parametrize(
    ("labels", "sure"),
    [((Label.SPAM,), False), ((Label.SPAM, Label.INSULT), True), ((), False), ((Label.TOXIC,), True)],
)
def test_a_block_for_what_the_small_model_rules_out_goes_to_people(labels: tuple[Label, ...], *, sure: bool) -> None:
    """One of its labels must have a score that allows for it; a block without a label has none."""
    decision = decided(replace(BLOCK, labels=labels), escalation(insult=0.5, toxic=0.1))
    assert decision.referral is (None if sure else Referral.UNSURE)


def test_operators_say_what_is_severe() -> None:
    """Instead of the labels that are by default."""
    limits = replace(LIMITS, severe=frozenset({Label.INSULT}))
    assert decided(ALLOW, limits=limits).referral is Referral.ONE_SIDED
    assert decided(ALLOW, escalation(threat=0.4), limits=limits).outcome is Outcome.ALLOW


REFERRALS = [
    *(Referral.REFUSED, Referral.CUT_SHORT, Referral.INVALID_OUTPUT, Referral.TIMED_OUT),
    *(Referral.UNAVAILABLE, Referral.BUDGET_SPENT, Referral.NO_POLICY),
]


@pytest.mark.parametrize("referral", REFERRALS)
def test_a_model_that_gave_no_opinion_says_why(referral: Referral) -> None:
    """And the first verdict still holds."""
    policy = None if referral is Referral.NO_POLICY else POLICY
    decision = refer(escalation(), referral, policy, **THEIRS)
    assert (decision.outcome, decision.referral, decision.policy) == (Outcome.ESCALATE, referral, policy)
    assert decision.suggestion is None
    assert final_verdict(escalation(), decision) is None


def test_a_repeated_request_gives_the_same_id() -> None:
    """Whatever came of it; another reviewer, policy or escalation gives another."""
    first = decided(ALLOW)
    assert len(first.id) == 32
    assert {decided(BLOCK).id, refer(escalation(), Referral.TIMED_OUT, POLICY, **THEIRS).id} == {first.id}
    others = [
        refer(escalation(), Referral.NO_POLICY, None, **THEIRS),
        refer(escalation(), Referral.TIMED_OUT, POLICY.model_copy(update={"hash": "0"}), **THEIRS),
        refer(escalation(), Referral.TIMED_OUT, POLICY, **THEIRS | {"reviewer_id": "llm-2"}),
        refer(escalation().model_copy(update={"id": "f" * 32}), Referral.TIMED_OUT, POLICY, **THEIRS),
    ]
    assert len({first.id, *(other.id for other in others)}) == 5


scores = st.floats(0, 1)
labels = st.lists(st.sampled_from(LABELS), unique=True).map(tuple)
opinions = st.builds(
    Opinion,
    outcome=st.sampled_from([Outcome.ALLOW, Outcome.BLOCK]),
    labels=labels,
    rules=st.sampled_from([(), ("threat.1",)]),
    confidence=st.none() | scores,
    rationale=st.none(),
)
reasons = st.builds(Reason, code=st.sampled_from(ReasonCode), label=st.none() | st.sampled_from(LABELS), score=scores)
escalations = st.builds(
    lambda why, found, *, truncated: escalation().model_copy(
        update={
            "reasons": tuple(why),
            "scores": type(escalation().scores)(**NOTHING | found),
            "truncated": truncated,
        }
    ),
    st.lists(reasons, min_size=1, max_size=4),
    st.dictionaries(st.sampled_from(LABELS), scores),
    truncated=st.booleans(),
)


@given(
    asked=escalations,
    opinion=opinions,
    standing=st.sampled_from([Standing.TRUSTED, *Standing]),
    sampled=st.booleans(),
    limits=st.builds(AuthorityLimits, severe_from=scores, block_from=scores, confidence=scores),
)
def test_no_severe_message_is_allowed_by_a_large_model_alone(
    asked: Escalation, opinion: Opinion, standing: Standing, limits: AuthorityLimits, *, sampled: bool
) -> None:
    """Whatever it says, has earned, and is configured to; and what it decides is what it said, in what it may close."""
    decision = decided(opinion, asked, standing, limits, sampled=sampled)
    highest = max(asked.scores.model_dump().values())
    severe = highest >= limits.severe_from or any(reason.label in SEVERE for reason in asked.reasons)
    uncertain = all(reason.code is ReasonCode.ESCALATE_THRESHOLD for reason in asked.reasons)
    if decision.outcome is Outcome.ALLOW:
        assert not severe
    if decision.outcome is not Outcome.ESCALATE:
        assert uncertain
        assert not asked.truncated
        assert decision.outcome is opinion.outcome
        assert (standing, sampled) == (Standing.TRUSTED, False)
    assert (decision.suggestion is not None) == (decision.outcome is Outcome.ESCALATE)
