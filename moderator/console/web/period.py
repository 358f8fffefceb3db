"""Since when figures count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request

from moderator.console.web.charts import Column
from moderator.console.web.desk import DeskNeeded

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = {"today": "today", "7": "last 7 days", "30": "last 30 days"}  # days, today's included
CHOSEN = "7"  # so that a weekend hides nothing and last month's people are not in it


@dataclass(frozen=True, slots=True)
class Period:
    """From the start of a day (UTC), now included."""

    key: str
    since: datetime
    until: datetime

    @property
    def words(self) -> str:
        """Of a heading."""
        return WORDS[self.key]

    @property
    def when(self) -> str:
        """Of a sentence."""
        return self.words if self.key == "today" else f"in the {self.words}"

    def columns(self, per_hour: Mapping[datetime, int]) -> list[Column]:
        """Counts by the hour in one day, else by the day; what has none is there with 0."""
        step, form = (HOUR, "%H:00") if self.key == "today" else (DAY, "%d %b")
        starts = [self.since]
        while starts[-1] + step <= self.until:
            starts.append(starts[-1] + step)
        return [
            Column(start.strftime(form), sum(count for hour, count in per_hour.items() if start <= hour < start + step))
            for start in starts
        ]


def period(key: str, now: datetime) -> Period:
    """The one that an address names; any other word means the usual one."""
    key = key if key in WORDS else CHOSEN
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(key, midnight if key == "today" else midnight - DAY * (int(key) - 1), now)


async def _asked_for(request: Request, desk: DeskNeeded) -> Period:
    return period(request.query_params.get("period", CHOSEN), desk.now())


PeriodNeeded = Annotated[Period, Depends(_asked_for)]
