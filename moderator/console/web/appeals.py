"""Doubts about final verdicts: each goes to a second person, who does not know what the first one said."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from moderator.console.store.appeals import appeal, recent_appeals
from moderator.console.store.database import Store
from moderator.console.store.refusals import NotAppealable
from moderator.console.web.desk import DeskNeeded
from moderator.console.web.identity import Anybody, NotAllowed, Reviewer
from moderator.console.web.pages import render, see_other
from moderator.policy.priority import order_at

MOST = 50  # appeals on the page
PRIORITY = 1.0  # as the gravest: somebody was told that their words are gone, or has to go on living with another's

router = APIRouter(prefix="/appeals")


@router.get("")
def appeals(request: Request, desk: DeskNeeded, person: Anybody, verdict: str = "") -> HTMLResponse:
    """The latest ones, and the form for another; a link may name its `verdict`."""
    if not (person.decides or person.audits):
        raise NotAllowed
    return render(
        request, "appeals.html", appeals=recent_appeals(desk.store, MOST), verdict=verdict, why="", problem=""
    )


@router.post("")
def file_appeal(
    request: Request,
    desk: DeskNeeded,
    person: Reviewer,
    verdict: Annotated[str, Form(min_length=1, max_length=128)],
    why: Annotated[str, Form(min_length=1, max_length=4000)],  # a line's end is sent as two characters
) -> Response:
    """Let the message wait for another person. The same form, sent twice, files one appeal."""
    verdict, why, now = verdict.strip(), why.strip(), desk.now()
    place = order_at(now, PRIORITY, timedelta(seconds=desk.settings.head_start_s))
    try:
        appeal(desk.store, verdict, person.id, why, now, place)
    except NotAppealable as refused:
        if not _filed(desk.store, verdict, person.id, why):
            latest = recent_appeals(desk.store, MOST)
            page = {"appeals": latest, "verdict": verdict, "why": why, "problem": refused.words}
            return render(request, "appeals.html", 409, **page)
    return see_other("/appeals", "The appeal is filed. Somebody who has not decided this message will.")


def _filed(store: Store, verdict_id: str, appellant: str, why: str) -> bool:
    latest = recent_appeals(store, MOST)
    return (verdict_id, appellant, why) in {(each.verdict_id, each.appellant, each.why) for each in latest}
