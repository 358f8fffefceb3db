"""Leads see what is so."""

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.exposure import expose
from moderator.console.store.figures import Overturns, Queue, exposure, overturns, queue, throughput
from moderator.console.store.intake import take
from moderator.contracts.labels import Label
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled, model_says
from tests.unit.review.reviewed import AT

ALLOWS = {"outcome": "allow", "labels": [], "rules": []}


def test_the_queue_is_what_waits(store: Store) -> None:
    """In somebody's hands or not; empty, it has no oldest."""
    assert queue(store) == Queue(0, None)
    filled(store, [1, 2])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    claimed(store)
    assert queue(store) == Queue(1, AT)


def test_throughput_counts_decisions_that_stand(store: Store) -> None:
    """By reviewer, without what was undone or is older; a large model is no reviewer here."""
    take(store, map(arrival, range(1, 6)), [model_says(5)], [])
    for reviewer_id in ("r-1", "r-1", "r-2"):
        decide(store, claimed(store, reviewer_id).lease, blocks(reviewer_id), NOW, GRACE)
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    undo(store, act.id, "r-1", NOW, LEASE)
    assert throughput(store, AT) == {"r-1": 2, "r-2": 1}
    assert throughput(store, AT + MOMENT) == {}


def test_exposure_is_told_by_reviewer(store: Store) -> None:
    """Each text once."""
    for reviewer_id, job_id in (("r-1", "e-1"), ("r-1", "e-1"), ("r-2", "e-1"), ("r-1", "e-2")):
        expose(store, job_id, reviewer_id, NOW)
    assert exposure(store, NOW) == {"r-1": 2, "r-2": 1}


def test_an_overturn_is_a_label_that_people_do_not_find(store: Store) -> None:
    """At the threshold that its score reached: where leads would move it."""
    take(store, [arrival(number, scores={"threat": 0.4, "hate": 0.3}) for number in (1, 2)], [], [])
    take(store, [arrival(3)], [], [])
    for fields in ({"labels": ["threat"]}, ALLOWS, {"labels": ["threat", "hate"]}):
        decide(store, claimed(store).lease, blocks(**fields), NOW, GRACE)
    assert overturns(store, AT) == [
        Overturns(Label.HATE, 0.2, decided=2, overturned=2),
        Overturns(Label.THREAT, 0.2, decided=3, overturned=1),
    ]
