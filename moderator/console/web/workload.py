"""Who did how much, and what they had to read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator.console.store.database import Store
from moderator.console.store.exposure import activity_since, severe_exposed_since
from moderator.console.store.figures import exposure, throughput

SEVERE_WITHIN = timedelta(hours=24)  # as the limit counts


@dataclass(frozen=True, slots=True)
class Workload:
    """One reviewer's since the start of a period, and the `severe` texts of the last 24 hours. `hours`: clock hours in
    which they did something.
    """

    reviewer_id: str
    decided: int
    hours: int
    read: int
    severe: int

    @property
    def pace(self) -> float | None:
        """Decisions in an hour of work."""
        return self.decided / self.hours if self.hours else None


def workloads(store: Store, since: datetime, now: datetime) -> list[Workload]:
    """Of everybody who decided or read anything. Raises StoreUnavailable."""
    decided, read = throughput(store, since), exposure(store, since)
    return [
        Workload(
            reviewer_id=each,
            decided=decided.get(each, 0),
            hours=len({at.replace(minute=0, second=0, microsecond=0) for at in activity_since(store, each, since)}),
            read=read.get(each, 0),
            severe=severe_exposed_since(store, each, now - SEVERE_WITHIN),
        )
        for each in sorted(decided.keys() | read.keys())
    ]
