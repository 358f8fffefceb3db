"""Fifty reviewers at once: no job in two pairs of hands, none decided twice, none lost."""

import random
import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.figures import queue
from moderator.console.store.intake import Arrival, take
from moderator.console.store.outbox import pick
from moderator.console.store.queue import Claim, claim_next, held_by, release, renew, skip
from moderator.console.store.refusals import AlreadyDecided
from moderator.console.store.schema import jobs
from moderator.console.store.trail import Step, export
from moderator.contracts.review import Decision
from tests.contract.console.scene import GRACE, LEASE, NOW, arrival, blocks, filled, model_says

REVIEWERS = 50
JOBS = 200
AT_ONCE = 16  # requests of one reviewer


def test_no_job_is_claimed_twice(store: Store) -> None:
    """Fifty people come at once, and others after them as long as something is left."""
    filled(store, range(JOBS))
    together = threading.Barrier(REVIEWERS)

    def work(number: int) -> list[str]:
        together.wait()
        ids: list[str] = []
        while claim := claim_next(store, f"r-{number}-{len(ids)}", NOW, LEASE):
            ids.append(claim.job.id)
        return ids

    with ThreadPoolExecutor(REVIEWERS) as pool:
        ids = [id_ for theirs in pool.map(work, range(REVIEWERS)) for id_ in theirs]
    assert sorted(ids) == sorted(f"e-{number}" for number in range(JOBS))


def test_one_reviewer_gets_one_job_however_often_they_ask_at_a_time(store: Store) -> None:
    """As a script does that would keep work from the others: each answer is the same claim."""
    filled(store, range(JOBS))
    together = threading.Barrier(AT_ONCE)

    def ask(_: int) -> Claim | None:
        together.wait()
        return claim_next(store, "r-1", NOW, LEASE)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        claims = list(pool.map(ask, range(AT_ONCE)))
    assert claims == [held_by(store, "r-1", NOW)] * AT_ONCE
    with store.reading() as connection:
        assert connection.execute(sa.select(jobs.c.id).where(jobs.c.leased_to.is_not(None))).scalars().all() == ["e-0"]


class _Hands:
    """Which jobs are held, as the reviewers know it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: set[str] = set()

    def take_up(self, claim: Claim) -> None:
        """Nobody else may have it."""
        with self._lock:
            assert claim.job.id not in self._held
            self._held.add(claim.job.id)

    def put_down(self, claim: Claim) -> None:
        """Before the store is told."""
        with self._lock:
            self._held.remove(claim.job.id)


def _review(store: Store, hands: _Hands, number: int) -> None:
    """Claim and do something with it, by chance, until nothing is left."""
    reviewer_id = f"r-{number}"
    chance = random.Random(number)
    while claim := claim_next(store, reviewer_id, NOW, LEASE):
        hands.take_up(claim)
        renew(store, claim.lease, NOW, LEASE)
        hands.put_down(claim)
        match chance.choice(("release", "skip", "decide", "decide cluster", "undo")):
            case "release":
                release(store, claim.lease, NOW)
            case "skip":
                skip(store, claim.lease, "unsure", NOW)
            case "decide":
                decide(store, claim.lease, blocks(reviewer_id), NOW, GRACE)
            case "decide cluster":
                decide(store, claim.lease, blocks(reviewer_id), NOW, GRACE, whole_cluster=True)
            case _:
                act = decide(store, claim.lease, blocks(reviewer_id), NOW, GRACE)
                again = undo(store, act.id, reviewer_id, NOW, LEASE)
                hands.take_up(again)
                hands.put_down(again)
                release(store, again.lease, NOW)


def test_whatever_reviewers_do_each_job_is_decided_once(store: Store) -> None:
    """They release, renew, skip, undo, decide with and without near-duplicates, while more escalations come."""
    take(store, [arrival(number, cluster=f"c-{number % 40}") for number in range(JOBS // 2)], [], [])
    hands = _Hands()
    with ThreadPoolExecutor(REVIEWERS) as pool:
        reviewing = [pool.submit(_review, store, hands, number) for number in range(REVIEWERS)]
        take(store, [arrival(number, cluster="late") for number in range(JOBS // 2, JOBS)], [], [])
        for each in reviewing:
            each.result()
    while claim := claim_next(store, "the last", NOW, LEASE):
        decide(store, claim.lease, blocks("the last"), NOW, GRACE)
    steps = [(entry.step, entry.job_id) for entry in export(store)]
    stand = Counter(id_ for step, id_ in steps if step is Step.DECIDED)
    stand.subtract(id_ for step, id_ in steps if step is Step.UNDONE)
    assert stand == Counter({f"e-{number}": 1 for number in range(JOBS)})
    assert queue(store).depth == 0
    assert len(pick(store, NOW + GRACE, LEASE, 10 * JOBS)) == 2 * JOBS


def test_publishers_share_what_is_due(store: Store) -> None:
    """Each record is in one publisher's hands."""
    take(store, [arrival(number, cluster="c") for number in range(JOBS)], [], [])
    claim = claim_next(store, "r-1", NOW, LEASE)
    assert claim is not None
    decide(store, claim.lease, blocks(), NOW, GRACE, whole_cluster=True)

    def publish(_: int) -> list[int]:
        numbers: list[int] = []
        while picked := pick(store, NOW + GRACE, LEASE, 7):
            numbers += [each.number for each in picked]
        return numbers

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for theirs in pool.map(publish, range(8)) for number in theirs]
    assert (len(numbers), len(set(numbers))) == (2 * JOBS, 2 * JOBS)


def test_an_escalation_and_the_decision_on_it_meet_whoever_consumes_them(store: Store) -> None:
    """Two consoles, each with one of the topics, at the same time: no job waits that a large model has decided."""
    together = threading.Barrier(2)

    def consume(arrivals: Iterable[Arrival], said: Iterable[Decision]) -> None:
        for arrival_or_none, decision_or_none in zip_longest(arrivals, said):
            together.wait()
            take(store, filter(None, [arrival_or_none]), filter(None, [decision_or_none]), [])

    with ThreadPoolExecutor(2) as pool:
        consuming = [
            pool.submit(consume, [arrival(number) for number in range(JOBS)], ()),
            pool.submit(consume, (), [model_says(number) for number in range(JOBS)]),
        ]
        for each in consuming:
            each.result()
    assert queue(store).depth == 0


def test_a_lease_decides_once_however_often_it_is_sent_at_a_time(store: Store) -> None:
    """As by an impatient hand on the key; the others are told that it is decided."""
    filled(store, range(20))
    together = threading.Barrier(8)

    def send(claim: Claim) -> bool:
        together.wait()
        try:
            decide(store, claim.lease, blocks(), NOW, GRACE)
        except AlreadyDecided:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        while claim := claim_next(store, "r-1", NOW, LEASE):
            assert sorted(pool.map(send, [claim] * 8)) == [False] * 7 + [True]
    assert len(pick(store, NOW + GRACE, LEASE, 1_000)) == 2 * 20
