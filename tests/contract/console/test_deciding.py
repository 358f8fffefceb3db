"""A decision is made once, by whoever holds the job, and can be taken back until it leaves."""

import pytest

from moderator.console.store import deciding
from moderator.console.store.database import Store
from moderator.console.store.deciding import Answer, decide, near_duplicates, undo
from moderator.console.store.figures import queue
from moderator.console.store.intake import take
from moderator.console.store.job import Job
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import claim_next, skip
from moderator.console.store.refusals import AlreadyDecided, LeaseExpired, NothingToUndo, UndoTooLate
from moderator.console.store.trail import Step, export
from moderator.contracts.codec import parse_json
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled, model_says

LATER = NOW + GRACE


def leaving(store: Store) -> list[tuple[str, str]]:
    """Topic and id of everything due after the grace period."""
    picked = pick(store, LATER, LEASE, 1_000)
    return [(each.publication.topic, parse_json(each.publication.value or b"")["id"]) for each in picked]


def test_a_decision_and_its_verdict_leave_together_once_undo_is_over(store: Store) -> None:
    """Not before; the decision first, each with the key and headers of its escalation."""
    filled(store, [1])
    claim = claimed(store)
    answers: list[Answer] = []

    def answer(job: Job) -> Answer:
        answers.append(blocks()(job))
        return answers[-1]

    act = decide(store, claim.lease, answer, NOW, GRACE)
    assert act.undo_until == LATER
    assert pick(store, LATER - MOMENT, LEASE, 10) == []
    assert [each.publication for each in pick(store, LATER, LEASE, 10)] == answers[0].publications


def test_a_decision_on_an_expired_lease_is_refused(store: Store) -> None:
    """In words for the reviewer, and with nothing saved."""
    filled(store, [1])
    claim = claimed(store)
    with pytest.raises(LeaseExpired, match=r"^Your claim on this message has run out.*take the next one"):
        decide(store, claim.lease, blocks(), claim.until, GRACE)
    assert (queue(store).depth, leaving(store)) == (1, [])


def test_a_decided_job_cannot_be_decided_again(store: Store) -> None:
    """By the same lease, as after a double click."""
    filled(store, [1])
    lease = claimed(store).lease
    decide(store, lease, blocks(), NOW, GRACE)
    with pytest.raises(AlreadyDecided):
        decide(store, lease, blocks(), NOW, GRACE)
    assert len(leaving(store)) == 2


def test_a_large_model_that_is_faster_wins(store: Store) -> None:
    """The reviewer is told; there is one final verdict."""
    filled(store, [1])
    lease = claimed(store).lease
    take(store, [], [model_says(1)], [])
    with pytest.raises(AlreadyDecided):
        decide(store, lease, blocks(), NOW, GRACE)


@pytest.mark.parametrize("step", ["decision_row", "outgoing", "record"])
def test_a_crash_while_deciding_loses_and_doubles_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whichever part was not reached, none is kept; deciding again does all of it once."""
    filled(store, [1])
    lease = claimed(store).lease

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deciding, step, crash)
        with pytest.raises(KeyboardInterrupt):
            decide(store, lease, blocks(), NOW, GRACE)
    assert (queue(store).depth, leaving(store), list(export(store))) == (1, [], [])
    decide(store, lease, blocks(), NOW, GRACE)
    assert [topic for topic, _ in leaving(store)] == ["decisions", "verdicts"]


def test_an_undone_decision_never_leaves_and_its_job_comes_back(store: Store) -> None:
    """Into the hands of who undid it; the next decision replaces the same verdict; the trail tells all of it."""
    filled(store, [1])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    again = undo(store, act.id, "r-1", LATER - MOMENT, LEASE)
    assert again.job.standing == "e-1"
    assert leaving(store) == []
    assert claim_next(store, "r-2", LATER, LEASE) is None
    second = decide(store, again.lease, blocks(outcome="allow", labels=[], rules=[]), NOW, GRACE)
    assert leaving(store)[0] == ("decisions", second.id)
    assert [(entry.step, entry.decision_id) for entry in export(store)] == [
        (Step.DECIDED, act.id),
        (Step.UNDONE, act.id),
        (Step.DECIDED, second.id),
    ]


def test_undo_is_refused_once_its_time_is_over(store: Store) -> None:
    """By the clock, whether or not a publisher has come by."""
    filled(store, [1])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-1", LATER, LEASE)
    assert len(leaving(store)) == 2


def test_undo_is_refused_once_a_publisher_has_it_in_hand(store: Store) -> None:
    """Even where that console's clock is ahead: it may be published already."""
    filled(store, [1])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    assert len(pick(store, LATER, LEASE, 1)) == 1
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-1", NOW, LEASE)
    assert queue(store).depth == 0


def test_only_ones_own_decision_is_undone_and_only_once(store: Store) -> None:
    """Not another reviewer's."""
    filled(store, [1])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    with pytest.raises(NothingToUndo):
        undo(store, act.id, "r-2", NOW, LEASE)
    undo(store, act.id, "r-1", NOW, LEASE)
    with pytest.raises(NothingToUndo):
        undo(store, act.id, "r-1", NOW, LEASE)


def test_one_decision_on_a_cluster_decides_all_that_nobody_else_holds(store: Store) -> None:
    """Not those of other clusters, in other hands, or that this reviewer has skipped; each has its own verdict."""
    take(
        store, [arrival(number, cluster="c") for number in range(1, 6)] + [arrival(6), arrival(7, cluster="d")], [], []
    )
    skip(store, claimed(store).lease, "unsure", NOW)
    held_by_another = claimed(store, "r-2")
    lease = claimed(store).lease
    others = near_duplicates(store, lease, NOW)
    act = decide(store, lease, blocks(), NOW, GRACE, whole_cluster=True)
    assert (held_by_another.job.id, act.decided, others) == ("e-1", 4, 3)
    assert near_duplicates(store, lease, NOW) == 0
    assert len({id_ for _, id_ in leaving(store)}) == 2 * 4
    assert [claimed(store, reviewer_id).job.id for reviewer_id in ("r-1", "r-3")] == ["e-6", "e-7"]


def test_a_decision_on_a_cluster_is_undone_as_one(store: Store) -> None:
    """All of it waits again."""
    take(store, [arrival(number, cluster="c") for number in range(1, 4)], [], [])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE, whole_cluster=True)
    assert undo(store, act.id, "r-1", NOW, LEASE).job.id == "e-1"
    assert (queue(store).depth, leaving(store)) == (3, [])
    assert {claimed(store, reviewer_id).job.id for reviewer_id in ("r-2", "r-3")} == {"e-2", "e-3"}


def test_what_a_crashed_publisher_had_in_hand_leaves_with_the_next(store: Store) -> None:
    """Nobody else gets it in the meantime; what is marked as published does not come again."""
    filled(store, [1])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    decision, verdict = pick(store, LATER, LEASE, 10)
    mark_published(store, [decision.number], LATER)
    mark_published(store, [decision.number], LATER)
    assert pick(store, LATER + LEASE - MOMENT, LEASE, 10) == []
    assert pick(store, LATER + LEASE, LEASE, 10) == [verdict]
