"""What a reviewer did is shown to them once more, with what others had said."""

import pytest

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.intake import take
from moderator.console.store.made import made
from moderator.console.store.notes import Note, add_note, notes_for
from moderator.console.store.queue import release, resume
from moderator.console.store.refusals import LeaseExpired
from moderator.console.store.suggestions import show_suggestion
from tests.contract.console.scene import GRACE, LEASE, NOW, arrival, blocks, claimed, filled, model_says

LATER = NOW + GRACE
SAMPLED = {
    "outcome": "escalate",
    "policy": None,
    "suggestion": {"outcome": "block", "labels": ["threat"]},
    "referral": "sampled",
}


def test_an_act_is_shown_with_what_was_hidden_before_it(store: Store) -> None:
    """The large model's word on a blinded job, how many it decided, and until when it can be undone."""
    said = model_says(1, **SAMPLED)
    take(store, [arrival(number, cluster="c") for number in (1, 2)], [said], [])
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE, whole_cluster=True)
    shown = made(store, act.id, "r-1")
    assert shown is not None
    assert (shown.decision.id, shown.decided, shown.undo_until, shown.opinion) == (act.id, 2, LATER, said)
    assert made(store, act.id, "r-2") is None
    undo(store, act.id, "r-1", NOW, LEASE)
    assert made(store, act.id, "r-1") is None


def test_a_second_look_can_be_undone_as_long_as_a_first(store: Store) -> None:
    """Nothing tells its reviewer what it was. The first one's time is over once somebody has gone on from there."""
    filled(store, [1])
    first = decide(store, claimed(store).lease, blocks(), NOW, GRACE, second_looks=1.0)
    second = decide(store, claimed(store, "r-2", LATER).lease, blocks("r-2"), LATER, GRACE, second_looks=1.0)
    shown, earlier = made(store, second.id, "r-2"), made(store, first.id, "r-1")
    assert shown is not None
    assert shown.undo_until == LATER + GRACE
    assert earlier is not None
    assert earlier.undo_until is None


def test_who_has_seen_the_suggestion_is_remembered(store: Store) -> None:
    """Of one reviewer: giving the job back and claiming it again is no way to forget."""
    take(store, [arrival(1)], [model_says(1, **SAMPLED | {"referral": "unsure"})], [])
    lease = claimed(store).lease
    assert not resume(store, lease, NOW).job.suggestion_seen
    show_suggestion(store, lease, NOW)
    assert resume(store, lease, NOW).job.suggestion_seen
    release(store, lease, NOW)
    another = claimed(store, "r-2")
    assert not another.job.suggestion_seen
    release(store, another.lease, NOW)
    assert claimed(store).job.suggestion_seen
    with pytest.raises(LeaseExpired):
        show_suggestion(store, lease, NOW)


def test_who_undoes_has_seen_what_the_large_model_says(store: Store) -> None:
    """It was shown to them after their answer."""
    take(store, [arrival(1), arrival(2)], [model_says(1, **SAMPLED)], [])
    for seen in (True, False):
        act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
        again = undo(store, act.id, "r-1", NOW, LEASE)
        assert again.job.suggestion_seen == seen
        decide(store, again.lease, blocks(), NOW, GRACE)


def test_notes_do_not_tell_what_others_decided(store: Store) -> None:
    """Whoever looks again sees the notes of those who did not decide, and their own."""
    filled(store, [1])
    for reviewer_id in ("r-1", "r-2", "r-3"):
        add_note(store, "e-1", Note(reviewer_id, NOW, f"of {reviewer_id}"))
    decide(store, claimed(store).lease, blocks(), NOW, GRACE, second_looks=1.0)
    assert [note.reviewer_id for note in notes_for(store, "e-1", "r-2")] == ["r-2", "r-3"]
    assert [note.reviewer_id for note in notes_for(store, "e-1", "r-1")] == ["r-1", "r-2", "r-3"]
