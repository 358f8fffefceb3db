"""What every page stands on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console_settings import ConsoleSettings
from moderator.errors import TransientError
from moderator.review.canaries import Canary
from moderator.review.documents import Policies
from moderator.reviewer_settings import ReviewerSettings


class NotPrepared(TransientError):
    """The console is starting: what its pages stand on is not there yet."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One console's. The store blocks, so pages that use it are plain functions, which run in threads."""

    store: Store
    policies: Policies
    settings: ConsoleSettings
    topics: TopicSettings
    now: Callable[[], datetime]
    reviewer: ReviewerSettings = field(
        default_factory=ReviewerSettings
    )  # what the large model's standing is worked out by
    policy_file: Path | None = None  # the agents', for which changes are suggested; None: unknown
    model_canaries: Sequence[Canary] = ()  # what was known of the texts that the large model was asked about
    is_prepared: Callable[[], bool] = lambda: True  # whether the store has its tables; pages are answered before


def desk_of(request: Request) -> Desk:
    """The application's."""
    desk: Desk = request.app.state.desk
    return desk


async def _prepared(request: Request) -> Desk:
    """The application's, once there is something on it. Raises NotPrepared."""
    desk = desk_of(request)
    if not desk.is_prepared():
        raise NotPrepared
    return desk


# Here and elsewhere, what a page depends on is `async` where it does not block: each hop to a thread and back waits for
# the interpreter twice, and a page depends on half a dozen.
DeskNeeded = Annotated[Desk, Depends(_prepared)]
