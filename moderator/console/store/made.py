"""What a reviewer has just decided, with what others had said of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import decisions, jobs
from moderator.console.store.trail import is_undone
from moderator.contracts.review import Decision
from moderator.contracts.verdict import VerdictSource


@dataclass(frozen=True, slots=True)
class Made:
    """One act that stands: its first decision, and how many jobs it decided."""

    decision: Decision
    decided: int
    undo_until: datetime | None  # None: something was done to its job since then
    opinion: Decision | None  # the large model's latest word, also where the reviewer was not to know it


def made(store: Store, act_id: str, reviewer_id: str) -> Made | None:
    """That act of this reviewer; None for another's, and for one that was undone. Raises StoreUnavailable."""
    its = sa.and_(decisions.c.act_id == act_id, decisions.c.reviewer_id == reviewer_id, ~is_undone(decisions.c.id))
    with store.reading() as connection:
        document = connection.scalar(sa.select(decisions.c.document).where(its, decisions.c.id == act_id))
        if document is None:
            return None
        first = Decision.model_validate_json(document)
        if first.source is not VerdictSource.HUMAN:
            return None
        about = sa.and_(decisions.c.job_id == first.escalation_id, decisions.c.source == VerdictSource.LLM)
        said = connection.execute(sa.select(decisions.c.document).where(about)).scalars()
        opinions = sorted(map(Decision.model_validate_json, said), key=lambda each: (each.decided_at, each.id))
        is_latest = sa.and_(jobs.c.id == first.escalation_id, jobs.c.last_act == act_id)
        return Made(
            first,
            connection.execute(sa.select(sa.func.count()).select_from(decisions).where(its)).scalar_one(),
            connection.scalar(sa.select(jobs.c.undo_until).where(is_latest)),
            opinions[-1] if opinions else None,
        )
