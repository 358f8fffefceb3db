"""People find canaries among their messages, and cannot tell them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderator.console.arriving import Escalations
from moderator.console.canaries import CanaryFeed
from moderator.console.near_duplicates import NearDuplicates
from moderator.console.store.canaries import canaries_waiting, canary_results
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.figures import queue
from moderator.console.store.history import judged_twice
from moderator.console.store.intake import Arrival, Position, consumed_until, take
from moderator.console.store.outbox import pick
from moderator.console.store.queue import Claim, claim_next, skip
from moderator.console.store.trail import export
from moderator.contracts.record import Partition
from moderator.contracts.verdict import Outcome
from moderator.review.canaries import Canary
from moderator.review.documents import load_policies
from tests.contract.console.scene import GRACE, LEASE, NOW, arrival, blocks, model_says

EARLIER = timedelta(days=2)
CANARIES = [
    Canary.model_validate(
        {"id": f"c-{outcome}", "text": f"a canary to {outcome}", "outcome": outcome, "labels": ["threat"]}
    )
    for outcome in ("allow", "block")
]
SCORE, THRESHOLD = 0.4, 0.2  # of all that arrives here
PARTITION = Partition("moderation.escalations", 0)


def feed(store: Store, part: float, canaries: list[Canary] = CANARIES) -> CanaryFeed:
    """That reads canaries as the console reads everything."""
    return CanaryFeed(store, canaries, part, Escalations(load_policies(), timedelta(), NearDuplicates()))


def arrivals(count: int) -> list[Arrival]:
    """With ids as platforms give them."""
    made = [arrival(number, author_id=f"u-{number}") for number in range(count)]
    return [
        replace(each, escalation=each.escalation.model_copy(update={"message_id": f"post-3f9c{number:06}"}))
        for number, each in enumerate(made)
    ]


def all_claims(store: Store) -> list[Claim]:
    """What reviewers get, one after the other, until nothing is left."""
    claims: list[Claim] = []
    while claim := claim_next(store, f"r-{len(claims)}", NOW, LEASE):
        claims.append(claim)
    return claims


def is_canary(claim: Claim) -> bool:
    """By the words, which no reviewer knows."""
    return claim.job.escalation.message.text in {canary.text for canary in CANARIES}


def test_a_part_of_what_waits_is_canaries(store: Store) -> None:
    """And the queue's figures leave them out."""
    feed(store, 0.2).keep(arrivals(200), [], [Position(PARTITION, 200)])
    assert queue(store).depth == 200
    assert 20 <= canaries_waiting(store) <= 41
    assert consumed_until(store) == {PARTITION: 200}


def test_what_comes_again_adds_nothing(store: Store) -> None:
    """After a crash all of it is taken once more."""
    for _ in range(2):
        feed(store, 0.5).keep(arrivals(20), [], [])
        waiting = canaries_waiting(store)
    assert len([claim for claim in all_claims(store) if is_canary(claim)]) == waiting > 0


def test_where_a_model_answers_most_there_are_fewer(store: Store) -> None:
    """They are a part of what people get, not of what arrives."""
    decided = [model_says(number) for number in range(100)]
    feed(store, 0.2).keep(arrivals(100), decided, [])
    assert queue(store).depth == 0
    assert canaries_waiting(store) == 1


@pytest.mark.parametrize(("part", "canaries"), [(0.0, CANARIES), (0.5, [])])
def test_there_need_be_none(store: Store, part: float, canaries: list[Canary]) -> None:
    """As long as nobody names a file."""
    feed(store, part, canaries).keep(arrivals(20), [], [])
    assert canaries_waiting(store) == 0


def test_a_canary_looks_like_its_neighbours(store: Store) -> None:
    """Its ids have their form and are its own; it is in the queue where it came."""
    feed(store, 0.3).keep(arrivals(40), [], [])
    claims = all_claims(store)
    canaries = [claim.job for claim in claims if is_canary(claim)]
    others = [claim.job for claim in claims if not is_canary(claim)]
    assert canaries
    known = {job.escalation.message_id for job in others} | {job.escalation.message.author_id for job in others}
    for job in canaries:
        assert len(job.escalation.message_id) == len("post-3f9c000000")
        assert job.escalation.message_id.startswith("post-")
        assert not {job.escalation.message_id, job.escalation.message.author_id} & known
        assert (job.opinion, job.appeals, job.cluster) == (None, 0, None)
    assert len({job.id for job in canaries}) == len(canaries)
    assert {reason.threshold for job in canaries + others for reason in job.escalation.reasons} == {THRESHOLD}
    assert {job.escalation.scores.threat for job in canaries}.isdisjoint({SCORE, THRESHOLD})


def test_a_canary_goes_beside_its_like_only(store: Store) -> None:
    """Another label's threshold beside a score would tell it."""
    spam = [canary.model_copy(update={"labels": ("spam",)}) for canary in CANARIES]
    feed(store, 0.5, spam).keep(arrivals(20), [], [])
    assert canaries_waiting(store) == 0
    feed(store, 0.5, [*spam, *CANARIES]).keep(arrivals(20), [], [])
    assert canaries_waiting(store) > 0


def test_an_answer_to_a_canary_goes_nowhere_and_is_held_against_the_known_one(store: Store) -> None:
    """A reviewer who blocks everything is wrong wherever that was not the answer."""
    feed(store, 0.5).keep(arrivals(30), [], [])
    known = []
    while claim := claim_next(store, "r-1", NOW, LEASE):
        if is_canary(claim):
            known.append(claim.job.escalation.message.text.endswith(Outcome.BLOCK))
            decide(store, claim.lease, blocks(), NOW, GRACE)
        else:
            skip(store, claim.lease, "unsure", NOW)
    assert pick(store, NOW + 2 * GRACE, GRACE, 100) == []
    results = canary_results(store, NOW - EARLIER)["r-1"]
    assert (results.right, results.wrong) == (sum(known), len(known) - sum(known))
    assert results.wrong > 0


def test_what_a_large_model_says_of_its_own_canaries_is_nobodys_job(store: Store) -> None:
    """Its word on them is on the topic that the console reads."""
    suggestion = {"outcome": "allow"}
    said = model_says(1, outcome="escalate", policy=None, suggestion=suggestion, referral="canary")
    asked = said.model_copy(update={"escalation_id": "canary-a-1-0f", "replaces": "canary-a-1-0f"})
    take(store, arrivals(1), [asked], [])
    assert queue(store).depth == 1
    assert judged_twice(store, NOW - EARLIER) == []
    assert list(export(store)) == []
