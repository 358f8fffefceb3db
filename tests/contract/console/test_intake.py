"""What is consumed is in the store once, however often it comes and in whatever order."""

import pytest

from moderator.console.store import intake
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.figures import queue
from moderator.console.store.intake import Position, consumed_until, take
from moderator.console.store.queue import claim_next
from moderator.console.store.trail import Step, Wanted, export
from moderator.contracts.record import Partition
from tests.contract.console.scene import GRACE, HEADERS, LEASE, NOW, arrival, blocks, claimed, filled, model_says
from tests.unit.review.reviewed import decision

PARTITION = Partition("moderation.escalations", 2)


def test_a_job_holds_what_its_record_held(store: Store) -> None:
    """Text, key and headers, byte for byte."""
    take(store, [arrival(1, text="with a NUL \0 and \N{PILE OF POO}")], [], [])
    job = claimed(store).job
    assert job.escalation == arrival(1, text="with a NUL \0 and \N{PILE OF POO}").escalation
    assert (job.key, job.headers, job.standing) == (b"key 1", HEADERS, "e-1")


def test_what_comes_again_changes_nothing(store: Store) -> None:
    """After a crash between the store's commit and Kafka's, all of it is consumed once more."""
    for _ in range(2):
        take(store, [arrival(1), arrival(2), arrival(1)], [model_says(2)], [Position(PARTITION, 3)])
    assert queue(store).depth == 1
    assert [entry.step for entry in export(store)] == [Step.CLOSED]
    assert consumed_until(store) == {PARTITION: 3}


def test_an_escalation_that_comes_again_does_not_reopen_its_job(store: Store) -> None:
    """Nor while a reviewer has it."""
    filled(store, [1])
    claim = claimed(store)
    filled(store, [1])
    assert claim_next(store, "r-2", NOW, LEASE) is None
    assert claim.job.id == "e-1"


def test_a_crash_before_the_end_keeps_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the jobs nor the position, so that consuming starts where it was."""
    take(store, [arrival(1)], [], [Position(PARTITION, 1)])

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(intake, "_keep_positions", crash)
        with pytest.raises(KeyboardInterrupt):
            take(store, [arrival(2)], [], [Position(PARTITION, 2)])
    assert queue(store).depth == 1
    assert consumed_until(store) == {PARTITION: 1}
    take(store, [arrival(2)], [], [Position(PARTITION, 2)])
    assert queue(store).depth == 2


@pytest.mark.parametrize("escalation_first", [True, False])
def test_what_a_large_model_decided_waits_for_nobody(store: Store, *, escalation_first: bool) -> None:
    """The two topics are consumed in no order."""
    parts = [([arrival(1)], []), ([], [model_says(1)])]
    for arrivals, said in parts if escalation_first else reversed(parts):
        take(store, arrivals, said, [])
    assert claim_next(store, "r-1", NOW, LEASE) is None
    assert [(entry.step, entry.actor) for entry in export(store, Wanted(job_id="e-1"))] == [(Step.CLOSED, "a-model")]


@pytest.mark.parametrize("escalation_first", [True, False])
def test_a_suggestion_is_shown_unless_the_job_is_blinded(store: Store, *, escalation_first: bool) -> None:
    """Agreement is measured on the jobs where the reviewer cannot know what the model says."""
    suggestion = {"outcome": "block", "labels": ["threat"], "confidence": 0.7}
    refers = {"outcome": "escalate", "policy": None, "suggestion": suggestion}
    said = [model_says(1, referral="unsure", **refers), model_says(2, referral="sampled", **refers)]
    parts = [([arrival(1), arrival(2)], []), ([], said)]
    for arrivals, decisions in parts if escalation_first else reversed(parts):
        take(store, arrivals, decisions, [])
    seen, blinded = claimed(store, "r-1").job, claimed(store, "r-2").job
    assert (seen.opinion, seen.blinded) == (said[0], False)
    assert (blinded.opinion, blinded.blinded) == (None, True)


def test_a_person_who_was_faster_stays_the_decider(store: Store) -> None:
    """A large model's decision that comes later is kept, and closes nothing."""
    filled(store, [1])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    take(store, [], [model_says(1)], [])
    assert [entry.step for entry in export(store, Wanted(job_id="e-1"))] == [Step.DECIDED]


def test_peoples_decisions_on_the_topic_are_passed_over(store: Store) -> None:
    """They are in the store since they were made."""
    take(store, [arrival(1)], [decision(escalation_id="e-1")], [])
    assert queue(store).depth == 1
