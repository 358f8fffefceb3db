"""The development login: anybody on this machine is whom they say they are. The settings allow it on loopback only."""

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException

from moderator.console.web.desk import DeskNeeded
from moderator.console.web.identity import NotSignedIn, Person, Role
from moderator.console.web.pages import render

COOKIE = "moderator_session"
LASTS_S = 12 * 3600  # a long day

router = APIRouter()


class Sessions:
    """People who have signed in, in cookies. The secret is new with every start: a restart signs everybody out."""

    def __init__(self) -> None:
        self._signer = URLSafeTimedSerializer(secrets.token_bytes(32))

    def cookie(self, name: str, roles: list[Role]) -> str:
        """For somebody of this name; their id shows in the trail where it comes from."""
        return self._signer.dumps([name, sorted(set(roles))])

    def who_is_it(self, request: Request) -> Person:
        """See WhoIsIt."""
        try:
            name, roles = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=LASTS_S)
        except BadSignature:
            raise NotSignedIn from None
        slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
        return Person(f"dev:{slug or 'nobody'}", name, frozenset(map(Role, roles)))


@router.get("/login")
def login_page(
    request: Request,
    desk: DeskNeeded,
    name: Annotated[str, Query(max_length=60)] = "",
    role: Annotated[list[Role] | None, Query()] = None,
) -> HTMLResponse:
    """Asks for a name and roles; a link may fill them in."""
    _require_development(desk)
    return render(request, "login.html", name=name, chosen=role or [Role.REVIEWER], roles=list(Role))


@router.post("/login")
def log_in(
    request: Request,
    desk: DeskNeeded,
    name: Annotated[str, Form(min_length=1, max_length=60)],
    role: Annotated[list[Role], Form(min_length=1)],
) -> RedirectResponse:
    """Sign in."""
    _require_development(desk)
    sessions: Sessions = request.app.state.sessions
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(COOKIE, sessions.cookie(name.strip(), role), LASTS_S, httponly=True, samesite="strict")
    return response


@router.post("/logout")
def log_out(desk: DeskNeeded) -> RedirectResponse:
    """Sign out."""
    _require_development(desk)
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


def _require_development(desk: DeskNeeded) -> None:
    if not desk.settings.dev_login:
        raise HTTPException(404)
