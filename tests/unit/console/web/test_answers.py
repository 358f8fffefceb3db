"""What a reviewer chose becomes a decision that rests on the policy, and what is published of it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from moderator.config import TopicSettings
from moderator.console.store.deciding import Answer
from moderator.console.store.job import Job
from moderator.console.store.leases import Lease
from moderator.console.web.answers import (
    MOST_RATIONALE,
    Answering,
    BlockWithoutRule,
    Choice,
    NoPolicy,
    UnknownRule,
    decision_id,
)
from moderator.contracts.labels import Label
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.review.documents import Policies, load_policies
from tests.unit.review.reviewed import AT, escalation

POLICIES = load_policies()
LEASE = Lease("lease-1", "e" * 32, "dev:rosa")
NOW = AT + timedelta(minutes=1)
TRACE = ("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")


def job(about: Escalation | None = None) -> Job:
    """Escalated for threat, unless told otherwise."""
    found = about or escalation()
    return Job(
        id=found.id,
        escalation=found,
        key=b"an author",
        headers=(TRACE,),
        standing="v-1",
        cluster=None,
        appeals=0,
        severe=False,
        blinded=False,
        opinion=None,
        suggestion_seen=False,
        claimed_at=AT,
    )


def answer(choice: Choice, to: Job | None = None, policies: Policies = POLICIES) -> Answer:
    """What is said to a job."""
    return Answering(choice, LEASE, policies, TopicSettings(), NOW)(to or job())


def blocks(*rules: str, **chosen: Any) -> Choice:
    """For these rules."""
    return Choice(Outcome.BLOCK, rules, **chosen)


def test_a_block_rests_on_its_rules_and_finds_their_labels() -> None:
    """In the document's order, whatever order they were chosen in."""
    made = answer(blocks("insult.1", "threat.1")).decision
    assert (made.outcome, made.rules) == (Outcome.BLOCK, ("threat.1", "insult.1"))
    assert made.labels == (Label.INSULT, Label.THREAT)
    assert made.policy == POLICIES.documents[2].reference
    assert made.policy.id == "abuse"


def test_a_decision_tells_who_when_and_what_they_knew() -> None:
    """From the claim to the answer, and which verdict it replaces."""
    made = answer(blocks("threat.1", rationale=" said it twice ", suggestion_seen=True)).decision
    assert (made.source, made.reviewer_id) == (VerdictSource.HUMAN, "dev:rosa")
    assert (made.started_at, made.decided_at) == (AT, NOW)
    assert (made.replaces, made.rationale, made.suggestion_seen) == ("v-1", "said it twice", True)


def test_an_allow_rests_on_no_rule() -> None:
    """Also where some were ticked before the reviewer thought better of it."""
    made = answer(Choice(Outcome.ALLOW, ("threat.1",))).decision
    assert (made.outcome, made.rules, made.labels) == (Outcome.ALLOW, (), ())


def test_a_block_without_a_rule_is_refused() -> None:
    """It could not say why."""
    with pytest.raises(BlockWithoutRule, match="at least one rule"):
        answer(blocks())


@pytest.mark.parametrize("rules", [("sexual.1",), ("threat.1", "threat.99")])
def test_a_rule_of_another_document_is_refused(rules: tuple[str, ...]) -> None:
    """Though others of them are this one's."""
    with pytest.raises(UnknownRule):
        answer(blocks(*rules))


def test_another_document_can_be_chosen() -> None:
    """Where a message breaks another one than it was escalated for."""
    made = answer(blocks("sexual.1", policy_id="sexual")).decision
    assert made.policy is not None
    assert (made.policy.id, made.labels) == ("sexual", (Label.SEXUAL,))


@pytest.mark.parametrize(
    ("choice", "policies"),
    [(blocks("threat.1"), Policies(())), (blocks("threat.1", policy_id="gone"), POLICIES)],
    ids=["none covers it", "there is none of that name"],
)
def test_without_a_document_nothing_is_decided(choice: Choice, policies: Policies) -> None:
    """The reviewer is asked to choose one."""
    with pytest.raises(NoPolicy, match="choose the document"):
        answer(choice, policies=policies)


def test_a_decision_and_its_final_verdict_are_published_as_their_escalation_was() -> None:
    """Same key, same trace, the decision first; the verdict's id is the one that the store keeps."""
    said = answer(blocks("threat.1"))
    topics = TopicSettings()
    assert [each.topic for each in said.publications] == [topics.decisions, topics.verdicts]
    assert {each.key for each in said.publications} == {b"an author"}
    assert all(TRACE in each.headers for each in said.publications)
    decided, final = (json.loads(each.value or b"") for each in said.publications)
    assert (decided["id"], final["id"], final["replaces"]) == (said.decision.id, said.verdict_id, "v-1")


def test_one_claim_gives_one_decision() -> None:
    """So that a form that is sent twice is known; another claim, and another job of a cluster, give others."""
    choice = blocks("threat.1")
    other = escalation().model_copy(update={"id": "f" * 32})
    assert answer(choice).decision.id == answer(choice).decision.id == decision_id(LEASE, LEASE.job_id)
    ids = {answer(choice).decision.id, answer(choice, job(other)).decision.id}
    ids.add(decision_id(replace(LEASE, id="lease-2"), LEASE.job_id))
    assert len(ids) == 3


def test_a_rationale_has_an_end() -> None:
    """As a large model's has, since both stand on the topic."""
    rationale = answer(blocks("threat.1", rationale="x" * (MOST_RATIONALE + 1))).decision.rationale
    assert rationale == "x" * MOST_RATIONALE
    assert answer(blocks("threat.1", rationale="  ")).decision.rationale is None
