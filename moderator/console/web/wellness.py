"""What a day's reading does to a reviewer, and when it is enough: counts, limits, breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator.console.store.database import Store
from moderator.console.store.exposure import activity_since, severe_exposed_since
from moderator.console_settings import ConsoleSettings

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)  # before now, since the console does not know where a reviewer's midnight is
PAUSE = timedelta(minutes=5)  # without a text or an action in between; less does not rest anybody


@dataclass(frozen=True, slots=True)
class Wellness:
    """Of one reviewer, now."""

    severe: int  # severe texts that they were shown within a DAY
    limit: int
    working_for: timedelta  # without a pause
    break_due: bool

    @property
    def enough(self) -> bool:
        """No more severe messages for now."""
        return self.severe >= self.limit


def wellness_of(
    store: Store, reviewer_id: str, settings: ConsoleSettings, now: datetime, went_on_at: datetime | None
) -> Wellness:
    """Who `went_on_at` some time instead of taking a break is told again after as long. Raises StoreUnavailable."""
    working_for = _working_for(store, reviewer_id, now)
    untold = working_for if went_on_at is None else min(working_for, now - went_on_at)
    return Wellness(
        severe_exposed_since(store, reviewer_id, now - DAY),
        settings.severe_per_day,
        working_for,
        break_due=untold >= timedelta(minutes=settings.break_after_minutes),
    )


def _working_for(store: Store, reviewer_id: str, now: datetime) -> timedelta:
    """Of the last hour alone where there was a pause in it: every page asks, and a day's work is long."""
    lately = stretch(activity_since(store, reviewer_id, now - HOUR), now)
    return lately if lately + PAUSE <= HOUR else stretch(activity_since(store, reviewer_id, now - DAY), now)


def stretch(active: Sequence[datetime], now: datetime) -> timedelta:
    """How long work goes on that was done at the times `active`, the earliest first: since the last pause."""
    began = now
    for at in reversed(active):
        if began - at >= PAUSE:
            break
        began = at
    return now - began
