"""Breaks, and how much of what hurts is shown at once."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from moderator.console.web.made_view import made_view
from moderator.console.web.pages import render
from moderator.console.web.sitting import MASK_ALL, WENT_ON, SittingNeeded

KEPT_S = int(timedelta(days=365).total_seconds())
TOLD_S = int(timedelta(days=1).total_seconds())  # longer than any stretch of work

router = APIRouter()


@router.get("/break")
def pause(request: Request, sitting: SittingNeeded, after: str = "") -> HTMLResponse:
    """Instead of the next message, once in a while. Nothing is in hand here, so nobody waits for it."""
    return render(
        request,
        "break.html",
        day=sitting.wellness(),
        wanted=sitting.wanted,
        done=made_view(sitting.store, after, sitting.person.id, sitting.now) if after else None,
    )


@router.post("/go-on")
def go_on(sitting: SittingNeeded) -> RedirectResponse:
    """With the next message, be it after a break or without; one that was not taken is told of again later."""
    response = sitting.go_on(rested=True)
    response.set_cookie(WENT_ON, sitting.now.isoformat(), TOLD_S, httponly=True, samesite="strict")
    return response


@router.post("/mask-all")
def toggle_mask_all(sitting: SittingNeeded) -> RedirectResponse:
    """Mask every text until it is asked for, or the severe ones only."""
    response = sitting.back()
    if sitting.masks_all:
        response.delete_cookie(MASK_ALL, httponly=True, samesite="strict")
    else:
        response.set_cookie(MASK_ALL, "1", KEPT_S, httponly=True, samesite="strict")
    return response
