"""Who did how much, and what they had to read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator.console.store.canaries import CanaryResults, canary_results
from moderator.console.store.database import Store
from moderator.console.store.exposure import activity_since, severe_exposed_since
from moderator.console.store.figures import exposure, throughput

SEVERE_WITHIN = timedelta(hours=24)  # as the limit counts
NONE = CanaryResults(right=0, wrong=0)


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
    canaries: CanaryResults

    @property
    def pace(self) -> float | None:
        """Decisions in an hour of work."""
        return self.decided / self.hours if self.hours else None


def workloads(store: Store, since: datetime, now: datetime) -> list[Workload]:
    """Of everybody who decided or read anything. Raises StoreUnavailable."""
    decided, read, canaries = throughput(store, since), exposure(store, since), canary_results(store, since)
    return [
        Workload(
            reviewer_id=each,
            decided=decided.get(each, 0),
            hours=len({at.replace(minute=0, second=0, microsecond=0) for at in activity_since(store, each, since)}),
            read=read.get(each, 0),
            severe=severe_exposed_since(store, each, now - SEVERE_WITHIN),
            canaries=canaries.get(each, NONE),
        )
        for each in sorted(decided.keys() | read.keys() | canaries.keys())
    ]
