"""Reviewers' notes on jobs."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import decisions, notes


@dataclass(frozen=True, slots=True)
class Note:
    """One, in its author's words."""

    reviewer_id: str
    at: datetime
    note: str


def add_note(store: Store, job_id: str, note: Note) -> None:
    """Keep it with the job, until its text is forgotten. Raises StoreUnavailable."""
    row = {"job_id": job_id, "reviewer_id": note.reviewer_id, "at": note.at, "note": note.note}
    with store.writing() as connection:
        connection.execute(sa.insert(notes), row)


def notes_on(store: Store, job_id: str) -> list[Note]:
    """All notes on the job, the first one first. Raises StoreUnavailable."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(notes).where(notes.c.job_id == job_id).order_by(notes.c.number)).all()
    return [Note(row.reviewer_id, row.at, row.note) for row in rows]


def notes_for(store: Store, job_id: str, reviewer_id: str) -> list[Note]:
    """Those that do not tell this reviewer what others decided: of people who have not decided the job, and their own.

    Raises StoreUnavailable.
    """
    kept = notes_on(store, job_id)
    if not kept:
        return []
    decided = sa.select(decisions.c.reviewer_id).where(decisions.c.job_id == job_id)
    with store.reading() as connection:
        deciders = set(connection.execute(decided).scalars()) - {reviewer_id}
    return [note for note in kept if note.reviewer_id not in deciders]
