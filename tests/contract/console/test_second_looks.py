"""Some jobs are decided by two people who know nothing of each other, and by a third where those differ."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pytest

from moderator.console.store.appeals import appeal
from moderator.console.store.database import Store
from moderator.console.store.deciding import Act, decide, undo
from moderator.console.store.figures import Overturns, Queue, overturns, queue, throughput
from moderator.console.store.intake import take
from moderator.console.store.looks import Look, next_look, ratings
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import Claim, claim_next, release
from moderator.console.store.refusals import UndoTooLate
from moderator.console.store.retention import forget
from moderator.console.store.trail import Step, export
from moderator.contracts.codec import parse_json
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled, model_says
from tests.unit.review.reviewed import AT

LATER = NOW + GRACE
AFTER_BOTH = LATER + GRACE
ALLOWS = {"outcome": "allow", "labels": [], "rules": []}


def decided(store: Store, claim: Claim, now: datetime, **fields: object) -> Act:
    """By whoever holds it; to block, unless fields say otherwise. Every job gets a second look."""
    answer = blocks(claim.lease.reviewer_id, decided_at=now, **fields)
    return decide(store, claim.lease, answer, now, GRACE, second_looks=1.0)


def first_two(store: Store, **of_second: object) -> Act:
    """r-1 blocks the one job, then r-2 says something; the act of r-2."""
    filled(store, [1])
    decided(store, claimed(store, "r-1"), NOW)
    return decided(store, claimed(store, "r-2", LATER), LATER, **of_second)


def published(store: Store, now: datetime) -> list[dict[str, object]]:
    """What leaves by then."""
    picked = pick(store, now, LEASE, 1_000)
    mark_published(store, [each.number for each in picked], now)
    return [parse_json(each.publication.value or b"") for each in picked]


def test_the_first_decision_is_published_and_another_person_gets_the_job(store: Store) -> None:
    """Not the one who decided, and not before they can undo it no more; nothing tells the second that they are one."""
    filled(store, [1])
    first = decided(store, claimed(store, "r-1"), NOW)
    assert claim_next(store, "r-2", LATER - MOMENT, LEASE) is None
    assert claim_next(store, "r-1", LATER, LEASE) is None
    job = claimed(store, "r-2", LATER).job
    assert (job.id, job.appeals) == ("e-1", 0)
    assert [document["id"] for document in published(store, LATER)][:1] == [first.id]


def test_a_second_person_who_agrees_is_kept_and_not_published(store: Store) -> None:
    """Nobody waits for it; what the first one said stays in force."""
    first_two(store)
    assert [document.get("reviewer_id") for document in published(store, AFTER_BOTH)] == ["r-1", None]
    assert claim_next(store, "r-3", AFTER_BOTH, LEASE) is None
    assert ratings(store, AT) == [(Outcome.BLOCK, Outcome.BLOCK)]
    assert [(entry.step, entry.actor) for entry in export(store)] == [(Step.DECIDED, "r-1"), (Step.DECIDED, "r-2")]


def test_where_two_differ_a_third_settles_it(store: Store) -> None:
    """A different person; their decision replaces the first one's, and is no unit of agreement."""
    first_two(store, **ALLOWS)
    _, final = published(store, AFTER_BOTH)
    for reviewer_id in ("r-1", "r-2"):
        assert claim_next(store, reviewer_id, AFTER_BOTH, LEASE) is None
    third = decided(store, claimed(store, "r-3", AFTER_BOTH), AFTER_BOTH, **ALLOWS)
    settled, replacing = published(store, AFTER_BOTH + GRACE)
    assert (settled["id"], settled["replaces"]) == (third.id, final["id"])
    assert (replacing["outcome"], replacing["replaces"]) == (Outcome.ALLOW, final["id"])
    assert claim_next(store, "r-4", AFTER_BOTH + GRACE, LEASE) is None
    assert ratings(store, AT) == [(Outcome.BLOCK, Outcome.ALLOW)]


def test_undoing_the_first_look_leaves_no_second_one(store: Store) -> None:
    """It is as if nobody had decided: who undid it may decide it, now or after giving it back."""
    filled(store, [1])
    act = decided(store, claimed(store, "r-1"), NOW)
    again = undo(store, act.id, "r-1", LATER - MOMENT, LEASE)
    assert again.job.standing == "e-1"
    assert queue(store).second_looks == 0
    release(store, again.lease, NOW)
    decided(store, claimed(store, "r-1"), NOW)
    assert len(published(store, LATER)) == 2


@pytest.mark.parametrize("second", [{}, ALLOWS], ids=["agreed", "differed"])
def test_undoing_a_second_look_lets_it_be_made_again(store: Store, second: dict[str, object]) -> None:
    """By the same person; what the first one said is not touched."""
    act = first_two(store, **second)
    again = undo(store, act.id, "r-2", AFTER_BOTH - MOMENT, LEASE)
    assert claim_next(store, "r-3", AFTER_BOTH, LEASE) is None
    decided(store, again, AFTER_BOTH)
    assert [document.get("reviewer_id") for document in published(store, AFTER_BOTH + GRACE)] == ["r-1", None]
    assert ratings(store, AT) == [(Outcome.BLOCK, Outcome.BLOCK)]


def test_undoing_a_third_look_lets_it_be_made_again(store: Store) -> None:
    """Nothing of it leaves; it replaces the same verdict again."""
    first_two(store, **ALLOWS)
    _, final = published(store, AFTER_BOTH)
    act = decided(store, claimed(store, "r-3", AFTER_BOTH), AFTER_BOTH)
    again = undo(store, act.id, "r-3", AFTER_BOTH, LEASE)
    assert again.job.standing == final["id"]
    decided(store, again, AFTER_BOTH, **ALLOWS)
    assert [document["outcome"] for document in published(store, AFTER_BOTH + GRACE)] == [Outcome.ALLOW] * 2


def test_a_second_look_cannot_be_undone_later_than_any_other(store: Store) -> None:
    """Though nothing is published: its reviewer must not learn by that what it was."""
    act = first_two(store)
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-2", AFTER_BOTH, LEASE)


def test_what_somebody_has_looked_at_again_is_not_undone(store: Store) -> None:
    """As where the first one's console has a clock that is late."""
    filled(store, [1])
    act = decided(store, claimed(store, "r-1"), NOW)
    decided(store, claimed(store, "r-2", LATER), LATER)
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-1", NOW, LEASE)


def test_alone_one_decides_on_and_nothing_is_held_up(store: Store) -> None:
    """Second looks wait, told apart in the figures, and give way when texts are forgotten."""
    filled(store, range(3))
    while claim := claim_next(store, "r-1", NOW, LEASE):
        decided(store, claim, NOW)
    assert queue(store) == Queue(0, None, second_looks=3)
    assert len(published(store, LATER)) == 2 * 3
    assert forget(store, NOW + MOMENT, LATER) == 3
    assert queue(store) == Queue(0, None)
    assert claim_next(store, "r-2", LATER, LEASE) is None


def test_a_second_look_in_somebodys_hands_is_not_forgotten(store: Store) -> None:
    """They could not decide it."""
    filled(store, [1])
    decided(store, claimed(store, "r-1"), NOW)
    published(store, LATER)
    claim = claimed(store, "r-2", LATER)
    assert forget(store, NOW + MOMENT, LATER) == 0
    decided(store, claim, LATER)
    assert forget(store, LATER + MOMENT, LATER) == 1


def test_an_appeal_need_not_wait_for_a_second_look(store: Store) -> None:
    """It is one; what is decided on it is published, and it gets no further look."""
    filled(store, [1])
    decided(store, claimed(store, "r-1"), NOW)
    _, final = published(store, LATER)
    appeal(store, str(final["id"]), "the platform", "a joke", LATER, NOW)
    assert queue(store) == Queue(1, AT)
    assert claim_next(store, "r-1", LATER, LEASE) is None
    decided(store, claimed(store, "r-2", LATER), LATER)
    assert len(published(store, AFTER_BOTH)) == 2
    assert queue(store) == Queue(0, None)


def test_a_large_model_does_not_close_a_second_look(store: Store) -> None:
    """A person was faster."""
    filled(store, [1])
    decided(store, claimed(store, "r-1"), NOW)
    take(store, [], [model_says(1)], [])
    assert claimed(store, "r-2", LATER).job.id == "e-1"


def test_a_second_look_is_work_and_no_further_evidence(store: Store) -> None:
    """A job counts once among overturns."""
    first_two(store)
    assert throughput(store, AT) == {"r-1": 1, "r-2": 1}
    assert overturns(store, AT) == [Overturns(Label.THREAT, 0.2, decided=1, overturned=0)]


def test_what_waits_for_a_second_look_is_decided_by_itself(store: Store) -> None:
    """Not along with near-duplicates: it would be no look of its own."""
    take(store, [arrival(number, cluster="c") for number in (1, 2)], [], [])
    decided(store, claimed(store, "r-1"), NOW)
    act = decide(store, claimed(store, "r-2", NOW).lease, blocks("r-2"), LATER, GRACE, whole_cluster=True)
    assert act.decided == 1
    assert claimed(store, "r-3", LATER).job.id == "e-1"


def test_the_part_is_drawn_by_the_jobs_id() -> None:
    """So that anybody can draw it again, and only from first decisions."""
    drawn = [id_ for id_ in map(str, range(1_000)) if next_look(Look.FIRST, id_, 0.1, differs=False)]
    assert 50 < len(drawn) < 200
    assert all(next_look(Look.FIRST, id_, 0.2, differs=False) is Look.SECOND for id_ in drawn)
    assert {next_look(look, drawn[0], 1.0, differs=True) for look in (Look.THIRD, Look.APPEAL, Look.CANARY)} == {None}


def test_whoever_comes_at_once_two_different_people_decide_each(store: Store) -> None:
    """No third, no one twice."""
    filled(store, range(40))

    def work(number: int, now: datetime) -> None:
        while claim := claim_next(store, f"r-{number}", now, LEASE):
            decided(store, claim, now)

    with ThreadPoolExecutor(8) as pool:
        for now in (NOW, LATER, AFTER_BOTH):
            list(pool.map(partial(work, now=now), range(8)))
    deciders: dict[str, list[str]] = {}
    for entry in export(store):
        deciders.setdefault(entry.job_id, []).append(entry.actor)
    assert {(len(people), len(set(people))) for people in deciders.values()} == {(2, 2)}
    assert len(deciders) == 40
