"""One reviewer at work: who, with which wishes, and what they do next."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute

from moderator.console.store.database import Store
from moderator.console.store.exposure import expose
from moderator.console.store.leases import Lease
from moderator.console.store.queue import Claim, claim_next, held_by
from moderator.console.store.refusals import Refused
from moderator.console.web.desk import Desk, DeskNeeded
from moderator.console.web.identity import Person, Reviewer
from moderator.console.web.pages import Tone, see_other
from moderator.console.web.wanted import Wanted, WantedNeeded
from moderator.console.web.wellness import Wellness, wellness_of

MASK_ALL = "moderator_mask_all"
WENT_ON = "moderator_went_on"


class Sitting:
    """Of one request."""

    def __init__(self, request: Request, desk: Desk, person: Person, wanted: Wanted) -> None:
        self.desk = desk
        self.person = person
        self.wanted = wanted
        self.now = desk.now()
        self.masks_all = MASK_ALL in request.cookies
        self._done_before = request.query_params.get("after")
        self._went_on_at = _instant(request.cookies.get(WENT_ON, ""))

    @property
    def store(self) -> Store:
        """Where the queue is."""
        return self.desk.store

    @property
    def lease_for(self) -> timedelta:
        """How long a claim lasts."""
        return timedelta(seconds=self.desk.settings.lease_s)

    def wellness(self) -> Wellness:
        """Of the reviewer, now. Raises StoreUnavailable."""
        return wellness_of(self.store, self.person.id, self.desk.settings, self.now, self._went_on_at)

    def held(self) -> Claim | None:
        """What the reviewer has in hand. Raises StoreUnavailable."""
        return held_by(self.store, self.person.id, self.now)

    def go_on(self, after: str | None = None, *, rested: bool = False) -> RedirectResponse:
        """To the message in hand, or with the next one in hand; to a break where one is due and they have not `rested`.

        `after` is the act that the reviewer may still undo. Raises StoreUnavailable.
        """
        with self.store.together():
            if self.held() is not None:
                return self.to("/review", after)
            day = self.wellness()
        if day.break_due and not rested:
            return self.to("/review/break", after)
        severe = False if day.enough else None
        wanted = self.wanted.filter(severe=severe, among=self.person.policies)
        found = claim_next(self.store, self.person.id, self.now, self.lease_for, wanted, shows=not self.masks_all)
        if found is None:
            fits = " that fits your filters" if self.wanted.chosen else ""
            return self.to("/review", after, f"Nothing waits for you{fits}.")
        return self.to("/review", after)

    def lay_out(self, claim: Claim) -> None:
        """A text that is not masked is read from now on. Raises StoreUnavailable."""
        if not (claim.job.severe or self.masks_all):
            expose(self.store, claim.job.id, self.person.id, self.now)

    def back(self) -> RedirectResponse:
        """To the message in hand, where the act before it can still be undone."""
        return self.to("/review", self._done_before)

    def to(
        self, path: str, after: str | None = None, said: str | None = None, tone: Tone = "warning"
    ) -> RedirectResponse:
        """To another page, with the same wishes."""
        return see_other(self.wanted.at(path, **({"after": after} if after else {})), said, tone)


async def _sitting(request: Request, desk: DeskNeeded, person: Reviewer, wanted: WantedNeeded) -> Sitting:
    return Sitting(request, desk, person, wanted)


SittingNeeded = Annotated[Sitting, Depends(_sitting)]


async def _lease(sitting: SittingNeeded, job: Annotated[str, Form()], lease: Annotated[str, Form()]) -> Lease:
    return Lease(lease, job, sitting.person.id)


LeaseNeeded = Annotated[Lease, Depends(_lease)]
"""Of the claim that the form was made for. The person is whoever sends it, so nobody acts on another's claim."""


class ToldAtTheDesk(APIRoute):
    """What the store refuses is told where the reviewer goes on: above the next message, or the button for it."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """See APIRoute."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as refused:
                return see_other(Wanted(request).at("/review"), refused.words, "warning")

        return told


def _instant(text: str) -> datetime | None:
    """What a cookie says; it decides about a reminder only, so anything else is nothing."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
