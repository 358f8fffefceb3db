"""A canary is a job like any other to its reviewer, and to nobody else."""

import pytest

from moderator.console.store.appeals import appeal
from moderator.console.store.canaries import CanaryResults, add_canary, canaries_waiting, canary_results
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.figures import Queue, overturns, queue, throughput
from moderator.console.store.history import threshold_evidence
from moderator.console.store.outbox import pick
from moderator.console.store.queue import claim_next
from moderator.console.store.refusals import NotAppealable, UndoTooLate
from moderator.console.store.retention import forget
from moderator.console.store.trail import Step, export
from moderator.contracts.verdict import Outcome
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled
from tests.unit.review.reviewed import AT

LATER = NOW + GRACE
ALLOWS = {"outcome": "allow", "labels": [], "rules": []}


def test_a_canary_waits_among_the_others(store: Store) -> None:
    """In the place of its order; the figures of the queue do not count it."""
    filled(store, [1, 3])
    assert add_canary(store, arrival(2), Outcome.BLOCK)
    assert not add_canary(store, arrival(2), Outcome.BLOCK)
    assert (queue(store), canaries_waiting(store)) == (Queue(2, AT), 1)
    assert [claimed(store, f"r-{number}").job.id for number in range(3)] == ["e-1", "e-2", "e-3"]


def test_what_is_decided_on_a_canary_is_kept_and_never_leaves(store: Store) -> None:
    """No platform knows of its message; a second look it does not need, nor an appeal."""
    add_canary(store, arrival(1), Outcome.BLOCK)
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE, second_looks=1.0)
    assert [(entry.step, entry.decision_id) for entry in export(store)] == [(Step.DECIDED, act.id)]
    assert pick(store, LATER, LEASE, 10) == []
    assert claim_next(store, "r-2", LATER, LEASE) is None
    with store.reading() as connection:
        standing = connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one()
    with pytest.raises(NotAppealable):
        appeal(store, standing, "the platform", "why not", LATER, NOW)


def test_a_canary_is_undone_and_forgotten_like_any_other(store: Store) -> None:
    """Its reviewer sees no difference."""
    add_canary(store, arrival(1), Outcome.BLOCK)
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    again = undo(store, act.id, "r-1", LATER - MOMENT, LEASE)
    act = decide(store, again.lease, blocks(), NOW, GRACE)
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-1", LATER, LEASE)
    assert forget(store, NOW + MOMENT, LATER) == 1


def test_results_are_told_by_reviewer(store: Store) -> None:
    """Of answers that stand; they are work, and say nothing of labels and thresholds."""
    for number, known in enumerate((Outcome.BLOCK, Outcome.ALLOW, Outcome.ALLOW, Outcome.BLOCK)):
        add_canary(store, arrival(number), known)
    for reviewer_id, fields in (("r-1", {}), ("r-1", {}), ("r-2", ALLOWS)):
        decide(store, claimed(store, reviewer_id).lease, blocks(reviewer_id, **fields), NOW, GRACE)
    undone = decide(store, claimed(store, "r-3").lease, blocks("r-3"), NOW, GRACE)
    undo(store, undone.id, "r-3", NOW, LEASE)
    assert canary_results(store, AT) == {"r-1": CanaryResults(1, 1), "r-2": CanaryResults(1, 0)}
    assert canary_results(store, AT + MOMENT) == {}
    assert throughput(store, AT) == {"r-1": 2, "r-2": 1}
    assert (overturns(store, AT), threshold_evidence(store, AT)) == ([], [])
