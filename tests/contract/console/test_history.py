"""Leads see how the queue came to be what it is, and what speaks for another threshold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from moderator.console.store.appeals import appeal
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.figures import Queue
from moderator.console.store.history import (
    Depths,
    Evidence,
    decided_per_hour,
    depths,
    judged_twice,
    model_canaries,
    threshold_evidence,
)
from moderator.console.store.intake import take
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import Filter
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, Reason, ReasonCode
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled, model_says
from tests.unit.review.reviewed import AT

ALLOWS = {"outcome": "allow", "labels": [], "rules": []}


def test_depth_is_told_by_policy_and_label(store: Store) -> None:
    """Of what waits; a job of two labels is in both queues."""
    arrivals = [
        arrival(1, policy_id="abuse", scores={"threat": 0.4, "hate": 0.3}),
        arrival(2, policy_id="abuse"),
        arrival(3, scores={"spam": 0.4}),
        arrival(4, policy_id="abuse"),
    ]
    take(store, arrivals, [], [])
    decide(store, claimed(store, wanted=Filter(label=Label.HATE)).lease, blocks(), NOW, GRACE)
    assert depths(store) == Depths(
        {"abuse": Queue(2, AT), None: Queue(1, AT)}, {Label.THREAT: Queue(2, AT), Label.SPAM: Queue(1, AT)}
    )


def test_decisions_are_counted_by_the_hour(store: Store) -> None:
    """Of Greenwich, whatever the database's; without what was undone, or decided by a large model."""
    take(store, map(arrival, range(1, 6)), [model_says(5)], [])
    hour = datetime(2026, 3, 2, 23, tzinfo=UTC)
    for at in (hour, hour + timedelta(minutes=59), hour + timedelta(hours=2)):
        decide(store, claimed(store).lease, blocks(decided_at=at), NOW, GRACE)
    act = decide(store, claimed(store).lease, blocks(decided_at=hour), NOW, GRACE)
    undo(store, act.id, "r-1", NOW, LEASE)
    assert decided_per_hour(store, hour) == {hour: 2, hour + timedelta(hours=2): 1}
    assert list(decided_per_hour(store, hour + timedelta(hours=1)).values()) == [1]


def test_a_threshold_is_judged_by_scores_and_what_people_found(store: Store) -> None:
    """Each label of a job, found or not, and whether the text was blocked for whatever."""
    take(store, [arrival(1, scores={"threat": 0.4, "hate": 0.3}), arrival(2)], [], [])
    for fields in ({"labels": ["hate"]}, ALLOWS):
        decide(store, claimed(store).lease, blocks(**fields), NOW, GRACE)
    assert threshold_evidence(store, AT) == [
        Evidence("e-1", Label.HATE, 0.3, 0.2, Outcome.BLOCK, found=True),
        Evidence("e-1", Label.THREAT, 0.4, 0.2, Outcome.BLOCK, found=False),
        Evidence("e-2", Label.THREAT, 0.4, 0.2, Outcome.ALLOW, found=False),
    ]
    assert threshold_evidence(store, AT + MOMENT) == []


def test_near_duplicates_that_were_decided_together_are_one_piece_of_evidence(store: Store) -> None:
    """A hundred copies of one text say no more than it."""
    take(store, [arrival(number, cluster="c") for number in range(3)], [], [])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE, whole_cluster=True)
    assert [each.job_id for each in threshold_evidence(store, AT)] == ["e-0"]


def test_after_an_appeal_the_second_word_is_the_evidence(store: Store) -> None:
    """The first one was wrong."""
    filled(store, [1])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    later = NOW + GRACE
    mark_published(store, [each.number for each in pick(store, later, LEASE, 10)], later)
    with store.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one()
    appeal(store, final, "the platform", "a joke", later, NOW)
    decide(store, claimed(store, "r-2", later).lease, blocks("r-2", decided_at=later, **ALLOWS), later, GRACE)
    assert [each.outcome for each in threshold_evidence(store, AT)] == [Outcome.ALLOW]


def test_agreement_is_measured_where_the_reviewer_did_not_know(store: Store) -> None:
    """A person who saw the suggestion has not judged by themselves; a model that decided suggests nothing."""
    refers = {
        "outcome": "escalate",
        "policy": None,
        "suggestion": {"outcome": "block", "labels": ["threat"]},
        "referral": "sampled",
    }
    asked = [model_says(number, **refers) for number in (1, 2, 3)]
    take(store, map(arrival, range(1, 6)), [*asked, model_says(5)], [])
    for fields in (ALLOWS, {"suggestion_seen": True}, {}, {}):
        decide(store, claimed(store).lease, blocks(**fields), NOW, GRACE)
    found = sorted(judged_twice(store, AT), key=lambda pair: pair[0].id)
    assert [(model, person.outcome) for model, person in found] == [
        (asked[0], Outcome.ALLOW),
        (asked[2], Outcome.BLOCK),
    ]


def test_what_large_models_say_of_canaries_is_told(store: Store) -> None:
    """Of nothing else, in its order; leads see what it does on known answers."""
    refers = {"outcome": "escalate", "policy": None, "suggestion": {"outcome": "block", "labels": ["threat"]}}
    canary = model_says(1, referral="canary", **refers)
    take(store, [], [canary, model_says(2, referral="sampled", **refers), model_says(3)], [])
    assert model_canaries(store, AT) == [canary]
    assert model_canaries(store, AT + MOMENT) == []


def test_an_audit_sample_is_blinded_and_no_measure_of_agreement(store: Store) -> None:
    """Its reviewer judges alone; and on what is plain all agree."""
    plain = arrival(1)
    checked = Reason(code=ReasonCode.AUDIT_SAMPLE)
    escalation = plain.escalation.model_copy(update={"reasons": (checked,)})
    refers = {"outcome": "escalate", "policy": None, "suggestion": {"outcome": "allow"}, "referral": "sampled"}
    take(store, [replace(plain, escalation=escalation)], [model_says(1, **refers)], [])
    claim = claimed(store)
    assert (claim.job.blinded, claim.job.opinion) == (True, None)
    decide(store, claim.lease, blocks(), NOW, GRACE)
    assert judged_twice(store, AT) == []
