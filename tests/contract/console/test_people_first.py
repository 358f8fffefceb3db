"""A large model and a person who decide at the same moment: the person's verdict is the last one, and in force."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from moderator.console.store import intake
from moderator.console.store.appeals import appeal
from moderator.console.store.database import Store
from moderator.console.store.deciding import Act, Answer, decide, undo
from moderator.console.store.intake import Position, take
from moderator.console.store.job import Job
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import claim_next
from moderator.console.store.refusals import UndoTooLate
from moderator.console.store.retention import forget
from moderator.contracts.codec import parse_json
from moderator.contracts.record import Partition
from moderator.contracts.review import Decision
from moderator.contracts.verdict import Verdict
from moderator.review.final import final_verdict
from tests.contract.console.scene import (
    GRACE,
    LEASE,
    MOMENT,
    NOW,
    arrival,
    blocks,
    claimed,
    filled,
    model_says,
)

LATER = NOW + GRACE
AFTER_BOTH = LATER + GRACE
ALLOWS: dict[str, Any] = {"outcome": "allow", "labels": [], "rules": []}


def verdict_of(said: Decision) -> Verdict:
    """The final one on escalation 1."""
    final = final_verdict(arrival(1).escalation, said)
    assert final is not None
    return final


MODELS = verdict_of(model_says(1, **ALLOWS))


def says(store: Store, **fields: Any) -> None:
    """The large model's decision on the one job is consumed; to allow, unless fields say otherwise."""
    take(store, [], [model_says(1, **(ALLOWS | fields))], [])


def decided(store: Store, now: datetime = NOW, reviewer_id: str = "r-1", looks: float = 0.0, **fields: Any) -> Act:
    """By this reviewer, to block, unless fields say otherwise."""
    answer = blocks(reviewer_id, decided_at=now, **fields)
    return decide(store, claimed(store, reviewer_id, now).lease, answer, now, GRACE, second_looks=looks)


def published(store: Store, now: datetime) -> list[Verdict]:
    """The verdicts that leave by then."""
    picked = pick(store, now, LEASE, 1_000)
    mark_published(store, [each.number for each in picked], now)
    values = [each.publication.value or b"" for each in picked if each.publication.topic == "verdicts"]
    return [Verdict.model_validate_json(value) for value in values]


def standing(store: Store) -> str:
    """The id of the verdict that is in force, by the store."""
    with store.reading() as connection:
        return str(connection.exec_driver_sql("SELECT standing FROM jobs").scalar_one())


def in_force(*verdicts: Verdict) -> set[str]:
    """Outcomes of those that nobody replaces, as a platform works it out, in whatever order they came."""
    replaced = {each.replaces for each in verdicts}
    return {each.outcome for each in verdicts if each.id not in replaced}


@pytest.mark.parametrize("outcome", ["allow", "block"])
@pytest.mark.parametrize("on_the_topic", [True, False], ids=["published", "in its grace"])
def test_a_persons_verdict_follows_once_more_and_replaces_the_models(
    store: Store, outcome: str, *, on_the_topic: bool
) -> None:
    """Whether the two agree or not, and however often the model's decision comes."""
    filled(store, [1])
    act = decided(store)
    sent = published(store, LATER) if on_the_topic else []
    for _ in range(2):
        says(store, **({} if outcome == "allow" else {"outcome": outcome, "labels": ["threat"], "rules": ["threat.1"]}))
    if not on_the_topic:
        assert published(store, LATER - MOMENT) == []
    first, again = sent + published(store, LATER)
    assert again == first.model_copy(update={"id": again.id, "replaces": MODELS.id})
    assert again.id not in {first.id, MODELS.id}
    assert in_force(first, MODELS, again) == {"block"}
    assert standing(store) == again.id
    with pytest.raises(UndoTooLate):
        undo(store, act.id, "r-1", LATER, LEASE)


def test_it_has_the_key_and_headers_of_the_first_and_its_own_id(store: Store) -> None:
    """So it lands in the same partition, after it."""
    filled(store, [1])

    def answer(job: Job) -> Answer:
        made = blocks()(job)
        headers = (("ce_id", b"first"), ("traceparent", b"00-1"))
        return replace(made, publications=[replace(each, headers=headers) for each in made.publications])

    decide(store, claimed(store).lease, answer, NOW, GRACE)
    says(store)
    again = pick(store, LATER, LEASE, 10)[-1].publication
    assert again.key == b"key 1"
    assert again.headers == (("ce_id", parse_json(again.value or b"")["id"].encode()), ("traceparent", b"00-1"))


def test_a_crash_of_the_intake_publishes_it_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is one transaction, and comes again."""
    filled(store, [1])
    decided(store)
    position = Position(Partition("moderation.decisions", 0), 1)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(intake, "_keep_positions", crash)
        with pytest.raises(KeyboardInterrupt):
            take(store, [], [model_says(1)], [position])
    take(store, [], [model_says(1)], [position])
    assert len(published(store, LATER)) == 2


def test_after_an_undo_the_models_verdict_is_in_force_until_a_person_replaces_it(store: Store) -> None:
    """Nothing of the undone one leaves; its job is in the hands of who undid it; what they decide leaves once."""
    filled(store, [1])
    act = decided(store)
    says(store)
    again = undo(store, act.id, "r-1", LATER - MOMENT, LEASE)
    assert again.job.standing == standing(store) == MODELS.id
    assert published(store, AFTER_BOTH) == []
    second = decide(store, again.lease, blocks(), LATER, GRACE)
    (final,) = published(store, AFTER_BOTH)
    assert final.replaces == MODELS.id
    assert in_force(MODELS, final) == {"block"}
    assert standing(store) == final.id
    assert second.id != act.id


def test_undone_twice_it_is_as_after_the_first_time(store: Store) -> None:
    """The chain starts at the model's verdict, which is on the topic."""
    filled(store, [1])
    first = decided(store)
    says(store)
    claim = undo(store, first.id, "r-1", NOW, LEASE)
    second = decide(store, claim.lease, blocks(), NOW, GRACE)
    assert undo(store, second.id, "r-1", NOW, LEASE).job.standing == MODELS.id
    assert published(store, AFTER_BOTH) == []


def test_a_model_that_comes_after_an_undo_closes_the_job(store: Store) -> None:
    """Nobody's word stands."""
    filled(store, [1])
    undo(store, decided(store).id, "r-1", NOW, LEASE)
    says(store)
    assert claim_next(store, "r-2", NOW + LEASE, LEASE) is None
    assert (standing(store), published(store, AFTER_BOTH)) == (MODELS.id, [])


def test_the_second_persons_look_does_not_hinder_it(store: Store) -> None:
    """The first one's word is in force, whether the second look waits, is made, or is taken back."""
    filled(store, [1])
    decided(store, looks=1.0)
    (first,) = published(store, LATER)
    act = decided(store, LATER, "r-2", looks=1.0, **ALLOWS)
    says(store)
    (again,) = published(store, LATER)
    assert (again.outcome, again.replaces) == (first.outcome, MODELS.id)
    claim = undo(store, act.id, "r-2", LATER, LEASE)
    assert claim.job.standing == again.id
    assert published(store, AFTER_BOTH) == []


@pytest.mark.parametrize("undone", [True, False])
def test_who_settles_a_difference_has_the_last_word(store: Store, *, undone: bool) -> None:
    """Taken back, the first one's word follows the model's instead."""
    filled(store, [1])
    decided(store, looks=1.0)
    sent = published(store, LATER)
    decided(store, LATER, "r-2", looks=1.0, **ALLOWS)
    third = decided(store, AFTER_BOTH, "r-3", looks=1.0, **ALLOWS)
    says(store)
    if undone:
        undo(store, third.id, "r-3", AFTER_BOTH, LEASE)
    sent += published(store, AFTER_BOTH + GRACE)
    assert sent[-1].replaces == MODELS.id
    assert sent[-1].outcome == ("block" if undone else "allow")
    assert standing(store) == sent[-1].id
    assert len({each.id for each in sent}) == len(sent) == (2 if undone else 3)


def test_an_appeal_replaces_what_followed(store: Store) -> None:
    """It doubts what is in force."""
    filled(store, [1])
    decided(store)
    published(store, LATER)
    says(store)
    (again,) = published(store, LATER)
    appeal(store, again.id, "the platform", "a joke", LATER, NOW)
    decided(store, LATER, "r-2", **ALLOWS)
    (final,) = published(store, AFTER_BOTH)
    assert (final.outcome, final.replaces) == ("allow", again.id)


def test_under_appeal_the_persons_word_still_goes_first(store: Store) -> None:
    """The appeal goes on, and what is decided on it replaces what followed."""
    filled(store, [1])
    decided(store)
    (first,) = published(store, LATER)
    appeal(store, first.id, "the platform", "a joke", LATER, NOW)
    says(store)
    (again,) = published(store, LATER)
    assert (again.outcome, again.replaces) == ("block", MODELS.id)
    decided(store, LATER, "r-2", **ALLOWS)
    (final,) = published(store, AFTER_BOTH)
    assert final.replaces == again.id


def test_of_each_near_duplicate_that_the_model_decided(store: Store) -> None:
    """And of no other; all are undone together."""
    take(store, [arrival(number, cluster="c") for number in (1, 2, 3)], [], [])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE, whole_cluster=True)
    take(store, [], [model_says(1), model_says(3)], [])
    with store.reading() as connection:
        leaving = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
    assert leaving == 2 * 3 + 2
    undo(store, act.id, "r-1", NOW, LEASE)
    assert published(store, LATER) == []


def test_a_model_that_leaves_it_to_people_is_not_answered(store: Store) -> None:
    """It has no final verdict."""
    filled(store, [1])
    decided(store)
    says(store, outcome="escalate", policy=None, referral="probation")
    assert len(published(store, LATER)) == 1


def test_another_models_verdict_is_outranked_when_a_person_decides(store: Store) -> None:
    """Two large models that both decided, and then an appeal: the person's word replaces both of theirs."""
    take(store, [arrival(1)], [model_says(1, **ALLOWS)], [])
    other = model_says(1).model_copy(update={"id": "llm-another"})
    take(store, [], [other], [])
    appeal(store, standing(store), "the platform", "a joke", LATER, NOW)
    decided(store, LATER)
    sent = published(store, AFTER_BOTH)
    assert {each.replaces for each in sent} == {MODELS.id, verdict_of(other).id}
    assert in_force(MODELS, verdict_of(other), *sent) == {"block"}


def test_what_is_forgotten_stays_as_it_is(store: Store) -> None:
    """A model that comes after the text's retention finds nothing to publish again."""
    filled(store, [1])
    decided(store)
    (first,) = published(store, LATER)
    forget(store, NOW + MOMENT, LATER)
    says(store)
    assert (standing(store), published(store, AFTER_BOTH)) == (first.id, [])
