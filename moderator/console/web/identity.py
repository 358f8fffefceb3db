"""Who is at the console, and what they may do there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request

from moderator.errors import ModeratorError


class Role(StrEnum):
    """What a person may do; one person may have several."""

    REVIEWER = "reviewer"  # decides
    LEAD = "lead"  # decides, and sees figures, suggestions and the trail
    AUDITOR = "auditor"  # sees what a lead sees, and decides nothing


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose identity is proven. The id is what decisions and the trail are signed with."""

    id: str
    name: str
    roles: frozenset[Role]
    policies: frozenset[str] | None = None  # documents under whose messages they decide; None: all

    @property
    def decides(self) -> bool:
        """Whether messages are theirs to decide."""
        return bool(self.roles & {Role.REVIEWER, Role.LEAD})

    @property
    def audits(self) -> bool:
        """Whether they may look at everybody's work."""
        return bool(self.roles & {Role.LEAD, Role.AUDITOR})


class NotSignedIn(ModeratorError):
    """Nobody has shown who they are."""


class NotAllowed(ModeratorError):
    """The person is known, and this is not theirs to see or do."""


WhoIsIt = Callable[[Request], Person]
"""Raises NotSignedIn."""


def person_of(request: Request) -> Person:
    """Who asks, whatever their roles. Raises NotSignedIn."""
    who_is_it: WhoIsIt = request.app.state.who_is_it
    person = who_is_it(request)
    request.state.person = person
    return person


Anybody = Annotated[Person, Depends(person_of)]


async def _reviewer(person: Anybody) -> Person:
    if not person.decides:
        raise NotAllowed
    return person


async def _auditor(person: Anybody) -> Person:
    if not person.audits:
        raise NotAllowed
    return person


Reviewer = Annotated[Person, Depends(_reviewer)]
"""May decide: reviewers and leads."""

Auditor = Annotated[Person, Depends(_auditor)]
"""May look at everybody's work: auditors and leads."""
