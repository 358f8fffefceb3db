"""A reviewer sees what stands round a message, and of its author no more than what was decided before."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from moderator.console.store.context import Context, Earlier, Relation, context
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.intake import Arrival, take
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import Filter
from moderator.console.store.retention import forget
from moderator.console.store.schema import METADATA, contents
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome
from tests.contract.console.scene import GRACE, LEASE, MOMENT, NOW, arrival, blocks, claimed, model_says
from tests.unit.review.reviewed import AT

LATER = NOW + GRACE


def said(number: int, **message: str) -> Arrival:
    """Message `number`, an hour after the one before it."""
    plain = arrival(number, **message)
    escalated = plain.escalation.model_copy(update={"escalated_at": _hour(number)})
    return Arrival(escalated, plain.key, plain.headers, plain.order_at)


def _hour(number: int) -> datetime:
    return AT + timedelta(hours=number)


def ids(found: list[Earlier]) -> list[str]:
    """Of the jobs."""
    return [each.job_id for each in found]


def test_a_thread_is_what_it_answers_what_answers_the_same_and_what_answers_it(store: Store) -> None:
    """In the order of time; not another channel's or platform's, where the same identifier is another message."""
    here = {"tenant": "shop", "channel": "c"}
    asked = said(3, reply_to="m-1", **here)
    others = [
        said(1, **here),
        said(2, reply_to="m-1", **here),
        said(4, reply_to="m-3", **here),
        said(5, reply_to="m-1", tenant="shop", channel="another"),
        said(6, reply_to="m-1", tenant="another", channel="c"),
        said(7, **here),
    ]
    take(store, [asked, *others], [], [])
    found = context(store, "e-3").thread
    assert [(each.job_id, each.relation, each.text) for each in found] == [
        ("e-1", Relation.ANSWERED, "text 1"),
        ("e-2", Relation.SIBLING, "text 2"),
        ("e-4", Relation.REPLY, "text 4"),
    ]


def test_a_long_thread_is_cut_to_the_latest_and_what_it_answers(store: Store) -> None:
    """Without that one the others may mean nothing."""
    take(store, [said(1), *(said(number, reply_to="m-1") for number in range(2, 9))], [], [])
    assert ids(context(store, "e-8", most=3).thread) == ["e-1", "e-6", "e-7"]


def test_an_authors_history_is_what_they_wrote_before_and_what_came_of_it(store: Store) -> None:
    """The latest first: what a person decided, a large model, nobody yet, and what was undone."""
    of_author = [said(number, author_id="a\0b") for number in range(1, 7)]
    take(store, [*of_author, said(7, author_id="another"), said(8)], [model_says(2, labels=["threat"])], [])
    allowed = blocks(outcome="allow", labels=[], rules=[])
    decide(store, claimed(store, wanted=Filter()).lease, allowed, NOW, GRACE)
    act = decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    undo(store, act.id, "r-1", NOW, LEASE)
    history = context(store, "e-4").history
    assert [(each.job_id, each.outcome, each.labels) for each in history] == [
        ("e-3", None, ()),
        ("e-2", Outcome.BLOCK, (Label.THREAT,)),
        ("e-1", Outcome.ALLOW, ()),
    ]
    assert history[0] == Earlier("e-3", Relation.HISTORY, _hour(3), "text 3", None, (), same_author=True, severe=False)
    assert ids(context(store, "e-6", most=2).history) == ["e-5", "e-4"]


def test_a_person_has_the_last_word_over_a_large_model(store: Store) -> None:
    """Whoever came first."""
    take(store, [said(1, author_id="a"), said(2, author_id="a")], [], [])
    decide(store, claimed(store).lease, blocks(decided_at=AT - MOMENT), NOW, GRACE)
    take(store, [], [model_says(1, outcome="allow", labels=[], rules=[])], [])
    assert [each.outcome for each in context(store, "e-2").history] == [Outcome.BLOCK]


def test_who_wrote_with_whom_is_told_apart_in_a_thread(store: Store) -> None:
    """An author's own words weigh otherwise. Nobody without an identifier is the same as another one without."""
    take(store, [said(1, author_id="a"), said(2, author_id="a", reply_to="m-1"), said(3, reply_to="m-2")], [], [])
    assert [each.same_author for each in context(store, "e-2").thread] == [True, False]
    assert context(store, "e-3").history == []


def test_forgotten_texts_leave_the_outcome(store: Store) -> None:
    """An author's history is kept longer than their words."""
    take(store, [said(1, author_id="a"), said(2, author_id="a")], [], [])
    decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    mark_published(store, [each.number for each in pick(store, LATER, LEASE, 10)], LATER)
    forget(store, NOW + MOMENT, LATER)
    (earlier,) = context(store, "e-2").history
    assert (earlier.text, earlier.outcome) == (None, Outcome.BLOCK)


def test_no_column_tells_who_an_author_is(store: Store) -> None:
    """But for the escalation itself, which is forgotten: the same author of another platform has another hash."""
    take(store, [said(1, author_id="an author", tenant="t"), said(2, author_id="an author", tenant="u")], [], [])
    with store.reading() as connection:
        tables = [table for table in METADATA.sorted_tables if table is not contents]
        kept = [str(row) for table in tables for row in connection.execute(sa.select(table))]
        authors = set(connection.exec_driver_sql("SELECT author FROM jobs").scalars())
    assert not [row for row in kept if "an author" in row]
    assert len(authors) == 2


def test_of_an_unknown_job_there_is_no_context(store: Store) -> None:
    """As of one that is shown by an old link."""
    assert context(store, "unknown") == Context([], [])
