"""What a reviewer has just done, and what others had said: shown only now, so that it did not steer the answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator.console.store.appeals import appealed
from moderator.console.store.database import Store
from moderator.console.store.made import made
from moderator.console.web.word import Word, word
from moderator.contracts.verdict import Outcome, VerdictSource


@dataclass(frozen=True, slots=True)
class MadeView:
    """Of one act."""

    act_id: str
    outcome: Outcome
    rules: tuple[str, ...]
    others: int  # near-duplicates that were decided with it
    undo_left: timedelta | None  # None: it is over
    model_said: Word | None
    person_said: Word | None  # before an appeal


def made_view(store: Store, act_id: str, reviewer_id: str, now: datetime) -> MadeView | None:
    """That act of the reviewer's, while it stands. Raises StoreUnavailable."""
    act = made(store, act_id, reviewer_id)
    if act is None:
        return None
    left = act.undo_until - now if act.undo_until else timedelta()
    doubted = appealed(store, act.decision.escalation_id)
    by_people = [each for each in doubted.before if each.source is VerdictSource.HUMAN] if doubted else []
    return MadeView(
        act_id,
        act.decision.outcome,
        act.decision.rules,
        act.decided - 1,
        left if left > timedelta() else None,
        word(act.opinion),
        word(by_people[-1]) if by_people else None,
    )
