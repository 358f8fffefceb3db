"""Reviewers' pages: the message in hand, and all that can be done with it.

Every form is answered by an address to go to, so that reloading repeats nothing; one that is sent twice finds its work
done and goes to the same place.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from moderator.console.store.deciding import decide, undo
from moderator.console.store.exposure import expose, shown
from moderator.console.store.made import made
from moderator.console.store.notes import Note, add_note, notes_on
from moderator.console.store.queue import release, renew, resume, skip
from moderator.console.store.refusals import AlreadyDecided, LeaseExpired, Refused
from moderator.console.store.suggestions import show_suggestion, suggestion_seen
from moderator.console.web import resting
from moderator.console.web.answers import Answering, BlockWithoutRule, Choice, NoPolicy, UnknownRule, decision_id
from moderator.console.web.made_view import made_view
from moderator.console.web.message_view import may_be_asked, message_view, severe_beside
from moderator.console.web.pages import render
from moderator.console.web.sitting import LeaseNeeded, Sitting, SittingNeeded, ToldAtTheDesk
from moderator.console.web.skipping import SkipReason
from moderator.console.web.waiting import waiting
from moderator.contracts.labels import LABELS
from moderator.contracts.message import TextSource
from moderator.contracts.verdict import Outcome
from moderator.review.opinion import Decided

# A field that takes 2000 characters counts a line's end as one, and sends two.
Words = Annotated[str, Form(max_length=4000)]

OUTCOMES: dict[str, Decided] = {"allow": Outcome.ALLOW, "block": Outcome.BLOCK}

router = APIRouter(prefix="/review", route_class=ToldAtTheDesk)
router.include_router(resting.router)


@router.get("")
def review(
    request: Request, sitting: SittingNeeded, after: str = "", go_by: str = "", *, hide: bool = False
) -> HTMLResponse:
    """The message in hand, or an empty desk; `after` is the act just done, `go_by` the policy document chosen."""
    return _page(request, sitting, after, go_by, hide=hide)


@router.post("/next")
def next_message(sitting: SittingNeeded) -> RedirectResponse:
    """Take the next message; whoever has one keeps it."""
    return sitting.go_on()


@router.post("/reveal")
def reveal(sitting: SittingNeeded, lease: LeaseNeeded) -> RedirectResponse:
    """Show the text that was masked."""
    job = resume(sitting.store, lease, sitting.now).job
    if not shown(sitting.store, lease, sitting.now):
        for id_ in (job.id, *severe_beside(sitting.store, job)):
            expose(sitting.store, id_, lease.reviewer_id, sitting.now)
    return sitting.back()


@router.post("/suggestion")
def suggestion(sitting: SittingNeeded, lease: LeaseNeeded) -> RedirectResponse:
    """Show what a large model says, and remember that it was seen."""
    if may_be_asked(resume(sitting.store, lease, sitting.now).job):
        show_suggestion(sitting.store, lease, sitting.now)
    return sitting.back()


@router.post("/decide")
def decide_message(
    request: Request,
    sitting: SittingNeeded,
    lease: LeaseNeeded,
    policy: Annotated[str, Form()] = "",
    outcome: Annotated[Literal["allow", "block"], Form()] = "block",
    rule: Annotated[list[str], Form(default_factory=list)] = ...,  # type: ignore[assignment]
    block: Annotated[str, Form()] = "",
    rationale: Words = "",
    *,
    cluster: Annotated[bool, Form()] = False,
) -> Response:
    """Decide it, and take the next one. `block` is a rule whose key was pressed, `rule` those that were ticked."""
    store, now = sitting.store, sitting.now
    rules = tuple(dict.fromkeys([*rule, block] if block else rule))
    try:
        seen = suggestion_seen(store, lease, now)
        choice = Choice(OUTCOMES[outcome], rules, policy or None, rationale, seen)
        answering = Answering(choice, lease, sitting.desk.policies, sitting.desk.topics, now)
        settings = sitting.desk.settings
        grace = timedelta(seconds=settings.undo_grace_s)
        act = decide(store, lease, answering, now, grace, whole_cluster=cluster, second_looks=settings.double_review)
    except (BlockWithoutRule, UnknownRule, NoPolicy) as refused:
        return _page(request, sitting, go_by=policy, problem=refused.words, rules=rules, rationale=rationale)
    except (LeaseExpired, AlreadyDecided):
        act_id = decision_id(lease, lease.job_id)
        if made(store, act_id, lease.reviewer_id) is None:
            raise
        return sitting.to("/review", act_id)  # the same form, sent twice
    return sitting.go_on(act.id)


@router.post("/undo")
def undo_decision(sitting: SittingNeeded, act: Annotated[str, Form()]) -> RedirectResponse:
    """Take a decision back: its message is in hand again, and what was in hand goes back to the queue."""
    store, now = sitting.store, sitting.now
    in_hand = sitting.held()
    again = undo(store, act, sitting.person.id, now, sitting.lease_for)
    sitting.lay_out(again)
    if in_hand is not None:
        release(store, in_hand.lease, now)
    return sitting.to("/review", said="Taken back. The message is yours again.", tone="good")


@router.post("/skip")
def skip_message(
    sitting: SittingNeeded, lease: LeaseNeeded, reason: Annotated[SkipReason, Form()], words: Words = ""
) -> RedirectResponse:
    """Leave it to others for good, and take the next one."""
    why = f"{reason}: {words.strip()}" if words.strip() else str(reason)
    skip(sitting.store, lease, why, sitting.now)
    return sitting.go_on()


@router.post("/release")
def release_message(sitting: SittingNeeded, lease: LeaseNeeded) -> RedirectResponse:
    """Put it back into the queue, and take no other."""
    release(sitting.store, lease, sitting.now)
    return sitting.to("/review", said="The message is back in the queue.", tone="good")


@router.post("/renew")
def renew_lease(request: Request, sitting: SittingNeeded, lease: LeaseNeeded) -> Response:
    """Keep it for another whole lease; a page asks for that by itself while its reviewer does anything."""
    by_itself = "hx-request" in request.headers and "hx-boosted" not in request.headers
    try:
        until = renew(sitting.store, lease, sitting.now, sitting.lease_for)
    except Refused as refused:
        if not by_itself:
            raise
        return render(request, "lease.html", until=None, words=refused.words)
    return render(request, "lease.html", until=until, words="") if by_itself else sitting.back()


@router.post("/note")
def note_on_message(sitting: SittingNeeded, lease: LeaseNeeded, note: Words) -> RedirectResponse:
    """Keep a note with it."""
    new = Note(lease.reviewer_id, sitting.now, note.strip())
    resume(sitting.store, lease, sitting.now)
    kept = {(each.reviewer_id, each.note) for each in notes_on(sitting.store, lease.job_id)}
    if new.note and (new.reviewer_id, new.note) not in kept:
        add_note(sitting.store, lease.job_id, new)
    return sitting.back()


@router.get("/{_form}")
def back(sitting: SittingNeeded, _form: str) -> RedirectResponse:
    """The address of a form that was not answered by another, as after an incomplete one: the page it stands on."""
    return sitting.back()


def _page(
    request: Request,
    sitting: Sitting,
    after: str = "",
    go_by: str = "",
    *,
    hide: bool = False,
    problem: str = "",
    rules: tuple[str, ...] = (),
    rationale: str = "",
) -> HTMLResponse:
    store, now, policies = sitting.store, sitting.now, sitting.desk.policies
    with store.together():
        claim = sitting.held()
        view = message_view(store, claim, policies, go_by or None, now, asked_to_hide=hide) if claim else None
        done = made_view(store, after, sitting.person.id, now) if after else None
        queue = None if claim else waiting(store)  # counting takes longer than all the rest
        day = sitting.wellness()
    return render(
        request,
        "review.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        view=view,
        done=done,
        queue=queue,
        day=day,
        wanted=sitting.wanted,
        masks_all=sitting.masks_all,
        policies=[each.reference.id for each in policies.documents],
        labels=LABELS,
        sources=list(TextSource),
        skip_reasons=list(SkipReason),
        problem=problem,
        rules=rules,
        rationale=rationale,
    )
