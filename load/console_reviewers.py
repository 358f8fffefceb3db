"""Reviewers at work on a console, each a thread with rests as somebody has who reads."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Protocol

from load.console_day import LEASE, WISHES, block
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.queue import claim_next

GRACE = timedelta(seconds=30)

Rest = Callable[[], None]


@dataclass
class Work:
    """Milliseconds until the next job was there and until a decision was kept; and the jobs that were claimed."""

    next_ms: list[float] = field(default_factory=list)
    decided_ms: list[float] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)


class Reviewer(Protocol):
    """One person's way to the queue."""

    def turn(self, work: Work, random: Random, rest: Rest) -> None:
        """Claim a job and decide it, and note it in `work`."""


class AtTheStore:
    """Through the store's own functions, each time with other wishes."""

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._id = f"r-{number}"

    def turn(self, work: Work, random: Random, rest: Rest) -> None:
        """See Reviewer."""
        rest()
        begun = time.monotonic()
        claim = claim_next(self._store, self._id, datetime.now(UTC), LEASE, random.choice(WISHES))
        work.next_ms.append(since_ms(begun))
        if claim is None:
            return
        work.claimed.append(claim.job.id)
        rest()
        begun = time.monotonic()
        decide(self._store, claim.lease, partial(block, self._id), datetime.now(UTC), GRACE)
        work.decided_ms.append(since_ms(begun))


def since_ms(begun: float) -> float:
    """Since that moment of the monotonic clock."""
    return (time.monotonic() - begun) * 1000


def work_together(reviewer: Callable[[int], Reviewer], count: int, seconds: float, rest_s: float) -> Work:
    """What `count` of them did in so many seconds, with rests of up to `rest_s`."""
    together = threading.Barrier(count)
    reviewers = [reviewer(number) for number in range(count)]
    with ThreadPoolExecutor(count) as pool:
        working = [pool.submit(_work, each, number, seconds, rest_s, together) for number, each in enumerate(reviewers)]
        done = [each.result() for each in working]
    return Work(
        [wait for each in done for wait in each.next_ms],
        [wait for each in done for wait in each.decided_ms],
        [id_ for each in done for id_ in each.claimed],
    )


def _work(reviewer: Reviewer, number: int, seconds: float, rest_s: float, together: threading.Barrier) -> Work:
    random, work = Random(number), Work()

    def rest() -> None:
        time.sleep(random.uniform(0, rest_s))

    together.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        reviewer.turn(work, random, rest)
    return work
