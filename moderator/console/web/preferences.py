"""What a person prefers, kept by their browser."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from moderator.console.web.identity import Anybody
from moderator.console.web.pages import GREYSCALE, see_other

KEPT_S = 365 * 86_400

router = APIRouter()


@router.post("/greyscale")
def toggle_greyscale(request: Request, person: Anybody) -> RedirectResponse:
    """Take the colours away, or bring them back: grey is easier on those who read this all day."""
    del person
    response = see_other("/")
    if GREYSCALE in request.cookies:
        response.delete_cookie(GREYSCALE, httponly=True, samesite="strict")
    else:
        response.set_cookie(GREYSCALE, "1", max_age=KEPT_S, httponly=True, samesite="strict")
    return response
