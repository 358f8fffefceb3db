"""A doubted verdict gets a second pair of eyes, and what was decided long ago is forgotten."""

import pytest

from moderator.console.store.appeals import Appeal, Appealed, appeal, recent_appeals
from moderator.console.store.appeals import appealed as seen
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.figures import queue
from moderator.console.store.intake import take
from moderator.console.store.notes import Note, add_note, notes_on
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import Filter, claim_next
from moderator.console.store.refusals import NotAppealable
from moderator.console.store.retention import forget
from moderator.console.store.trail import Step, Wanted, export
from moderator.contracts.codec import parse_json
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, filled, model_says

LATER = NOW + GRACE


def publish(store: Store) -> str:
    """All that is due; the id of the last verdict."""
    picked = pick(store, LATER, LEASE, 100)
    mark_published(store, [each.number for each in picked], LATER)
    return str(parse_json(picked[-1].publication.value or b"")["id"])


def appealed(store: Store, verdict_id: str) -> str:
    """The job, first in the queue."""
    return appeal(store, verdict_id, "the platform", "it was a joke", LATER, NOW)


def test_an_appeal_goes_to_a_person_who_did_not_decide_it(store: Store) -> None:
    """By every filter; and the second decision replaces the first one's verdict."""
    filled(store, [1])
    decide(store, claimed(store, "r-1").lease, blocks("r-1"), NOW, GRACE)
    final = publish(store)
    assert appealed(store, final) == "e-1"
    assert claim_next(store, "r-1", LATER, LEASE) is None
    assert claim_next(store, "r-1", LATER, LEASE, Filter(label=Label.THREAT)) is None
    second = claimed(store, "r-2", wanted=Filter(label=Label.THREAT))
    assert (second.job.standing, second.job.appeals) == (final, 1)
    decide(store, second.lease, blocks("r-2"), NOW, GRACE)
    assert appealed(store, publish(store)) == "e-1"
    assert claim_next(store, "r-2", LATER, LEASE) is None
    assert [entry.step for entry in export(store)].count(Step.APPEALED) == 2


def test_a_large_models_verdict_can_be_appealed_and_it_cannot_close_the_appeal(store: Store) -> None:
    """A person decides; the model's decision that is consumed again changes nothing, nor does another one."""
    take(store, [arrival(1)], [model_says(1)], [])
    with store.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one()
    appealed(store, final)
    take(store, [], [model_says(1), model_says(1).model_copy(update={"id": "llm-another"})], [])
    assert claimed(store).job.standing == final


def test_an_appeal_is_shown_with_what_was_decided_before(store: Store) -> None:
    """The appellant's words, and each decision that stood; the latest appeal, if there were several."""
    take(store, [arrival(1)], [model_says(1)], [])
    with store.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one()
    assert seen(store, "e-1") is None
    appealed(store, final)
    assert seen(store, "e-1") == Appealed("the platform", "it was a joke", LATER, [model_says(1)])
    act = decide(store, claimed(store).lease, blocks(decided_at=NOW), NOW, GRACE)
    assert [each.waiting for each in recent_appeals(store, 10)] == [False]
    second = publish(store)
    appeal(store, second, "the author", "once more", LATER, NOW)
    latest = seen(store, "e-1")
    assert latest is not None
    assert (latest.why, [each.id for each in latest.before]) == ("once more", ["llm-1", act.id])
    assert recent_appeals(store, 1) == [
        Appeal("e-1", second, "the author", "once more", LATER, waiting=True, outcome=Outcome.BLOCK)
    ]


def test_only_a_published_verdict_in_force_can_be_appealed(store: Store) -> None:
    """Not a first verdict, one that may still be undone, one under appeal, one that was replaced."""
    filled(store, [1])
    for verdict_id in ("e-1", "unknown"):
        with pytest.raises(NotAppealable):
            appealed(store, verdict_id)
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    with store.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one()
    with pytest.raises(NotAppealable):
        appealed(store, final)
    assert publish(store) == final
    appealed(store, final)
    with pytest.raises(NotAppealable):
        appealed(store, final)


def test_what_was_decided_long_enough_is_forgotten(store: Store) -> None:
    """Text, notes and published records; not the decision, not what waits, is younger or is on its way."""
    filled(store, [1, 2, 3])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    add_note(store, "e-1", Note("r-1", NOW, "quotes the text"))
    assert forget(store, NOW + MOMENT, LATER) == 0
    final = publish(store)
    decide(store, claimed(store).lease, blocks(), NOW + MOMENT, GRACE)
    assert [note.note for note in notes_on(store, "e-1")] == ["quotes the text"]
    assert forget(store, NOW + MOMENT, LATER) == 1
    assert notes_on(store, "e-1") == []
    with pytest.raises(NotAppealable):
        appealed(store, final)
    with store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT job_id FROM contents ORDER BY job_id").scalars().all()
        made = connection.exec_driver_sql("SELECT outcome FROM decisions").scalars().all()
    assert (kept, made) == (["e-2", "e-3"], [Outcome.BLOCK, Outcome.BLOCK])
    assert [entry.step for entry in export(store, Wanted(job_id="e-1"))] == [Step.DECIDED, Step.FORGOTTEN]
    assert (claimed(store).job.id, queue(store).depth) == ("e-3", 1)
