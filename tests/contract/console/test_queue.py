"""A job is in one pair of hands, and the right one is next."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.intake import take
from moderator.console.store.queue import Filter, claim_next, held_by, release, renew, resume, skip
from moderator.console.store.refusals import LeaseExpired
from moderator.console.store.schema import reasons
from moderator.console.store.trail import Step, export
from moderator.contracts.labels import Label
from moderator.contracts.message import TextSource
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled


def test_the_earliest_in_order_is_next(store: Store) -> None:
    """Whatever the order in which they came."""
    filled(store, [2, 3, 1])
    assert [claimed(store, f"r-{number}").job.id for number in range(3)] == ["e-1", "e-2", "e-3"]
    assert claim_next(store, "r-3", NOW, LEASE) is None


def test_a_claimed_job_is_offered_again_when_its_lease_has_run_out(store: Store) -> None:
    """A reviewer who left does not keep it."""
    filled(store, [1])
    first = claimed(store)
    assert claim_next(store, "r-2", first.until - MOMENT, LEASE) is None
    assert claimed(store, "r-2", first.until).job.id == "e-1"


def test_a_renewed_lease_lasts_from_the_renewal(store: Store) -> None:
    """A reviewer who reads on keeps it; one whose lease is over gets no other by renewing."""
    filled(store, [1])
    lease = claimed(store).lease
    until = renew(store, lease, NOW + LEASE / 2, LEASE)
    assert claim_next(store, "r-2", until - MOMENT, LEASE) is None
    with pytest.raises(LeaseExpired):
        renew(store, lease, until, LEASE)


def test_a_claim_is_shown_again_to_its_reviewer_only(store: Store) -> None:
    """As after a reload of the page; nobody gets at it with another's lease."""
    filled(store, [1])
    claim = claimed(store)
    assert resume(store, claim.lease, claim.until - MOMENT) == claim
    for lease, now in ((claim.lease, claim.until), (replace(claim.lease, reviewer_id="r-2"), NOW)):
        with pytest.raises(LeaseExpired):
            resume(store, lease, now)


def test_what_a_reviewer_holds_is_found_again(store: Store) -> None:
    """As after a new sign-in; nothing once it is over. Nobody gets more by asking for more, whatever they ask for."""
    filled(store, [1, 2])
    claim = claimed(store)
    for now in (NOW, claim.until - MOMENT):
        assert held_by(store, "r-1", now) == claim
        assert claim_next(store, "r-1", now, LEASE, Filter(label=Label.SPAM)) == claim
    assert held_by(store, "r-1", claim.until) is None
    assert held_by(store, "r-2", NOW) is None
    assert claimed(store, "r-2").job.id == "e-2"


def test_what_is_undone_is_in_hand_before_what_was_claimed_meanwhile(store: Store) -> None:
    """And that again after it; neither is claimed anew."""
    filled(store, [1, 2, 3])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    meanwhile = claimed(store)
    undone = undo(store, act.id, "r-1", NOW + MOMENT, LEASE)
    assert claimed(store, now=NOW + MOMENT) == held_by(store, "r-1", NOW + MOMENT) == undone
    decide(store, undone.lease, blocks(), NOW + MOMENT, GRACE)
    assert claimed(store, now=NOW + MOMENT) == held_by(store, "r-1", NOW + MOMENT) == meanwhile


def test_a_released_job_is_offered_to_all(store: Store) -> None:
    """To who released it, too."""
    filled(store, [1])
    release(store, claimed(store).lease, NOW)
    assert claimed(store).job.id == "e-1"


def test_a_skipped_job_is_offered_to_others_only(store: Store) -> None:
    """And the trail says why it was skipped."""
    filled(store, [1])
    skip(store, claimed(store, "r-1").lease, "not my language", NOW)
    assert claim_next(store, "r-1", NOW, LEASE) is None
    assert claimed(store, "r-2").job.id == "e-1"
    assert [(entry.step, entry.actor, entry.why) for entry in export(store)] == [
        (Step.SKIPPED, "r-1", "not my language")
    ]


def test_an_old_lease_does_nothing_to_a_new_claim(store: Store) -> None:
    """Not even by the same reviewer, from another window."""
    filled(store, [1])
    first = claimed(store)
    old = first.lease
    again = claimed(store, now=first.until)
    with pytest.raises(LeaseExpired):
        release(store, old, first.until)
    with pytest.raises(LeaseExpired):
        skip(store, old, "late", first.until)
    assert resume(store, again.lease, first.until) == again


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Filter(label=Label.HATE), 2),
        (Filter(policy_id="minors"), 3),
        (Filter(language="de"), 4),
        (Filter(source=TextSource.AI), 5),
        (Filter(tenant="a\0b"), 6),
        (Filter(tenant="t", language="de"), 7),
        (Filter(severe=True), 9),
        (Filter(among=frozenset({"minors", "no such"})), 3),
        (Filter(severe=False, tenant="t"), 7),
        (Filter(severe=False, label=Label.SPAM), 10),
    ],
)
def test_a_filter_finds_the_earliest_that_fits(store: Store, wanted: Filter, number: int) -> None:
    """By label, whether or not it is the gravest; by policy, language, source and tenant; and by several."""
    arrivals = [
        arrival(1),
        arrival(2, scores={"threat": 0.4, "hate": 0.3}),
        arrival(3, policy_id="minors"),
        arrival(4, language="de"),
        arrival(5, source=TextSource.AI),
        arrival(6, tenant="a\0b"),
        arrival(7, tenant="t", language="de"),
        arrival(8, scores={"hate": 0.3}, tenant="t", language="de", source=TextSource.AI, policy_id="minors"),
        replace(arrival(9, scores={"spam": 0.3}), severe=True),
        arrival(10, scores={"spam": 0.3}),
    ]
    take(store, reversed(arrivals), [], [])
    assert claimed(store, wanted=wanted).job.id == f"e-{number}"


def test_a_decided_job_is_in_no_labels_queue(store: Store) -> None:
    """Not even to be passed over: a label's queue would get slower with every decision. Undone, it is back in."""

    def labels_waiting() -> list[str]:
        with store.reading() as connection:
            return list(connection.execute(sa.select(reasons.c.label).where(reasons.c.waiting)).scalars())

    filled(store, [1])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    assert labels_waiting() == []
    undo(store, act.id, "r-1", NOW, LEASE)
    assert labels_waiting() == [Label.THREAT]
