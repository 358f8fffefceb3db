"""The pages of one console as an ASGI application."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from moderator.console.web import appeals, leading, login, preferences, reviewing, trail_pages
from moderator.console.web.desk import Desk
from moderator.console.web.errors import add_error_pages
from moderator.console.web.identity import Anybody, NotAllowed, WhoIsIt
from moderator.console.web.security import Guard
from moderator.console.web.signing_keys import SigningKeys, fetching
from moderator.console.web.tokens import Tokens

STATIC = Path(__file__).parent / "static"

router = APIRouter()


def build_app(desk: Desk) -> FastAPI:
    """All pages, standing on `desk`."""
    # Without redirects to an address with or without a last slash: they would name the host that the request did.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.desk = desk
    app.state.sessions = login.Sessions()
    app.state.who_is_it = _who_is_it(desk, app.state.sessions)
    app.add_middleware(Guard, only_here=desk.settings.dev_login)
    app.include_router(router)
    for pages in (login, preferences, reviewing, appeals, leading, trail_pages):
        app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    add_error_pages(app)
    return app


def _who_is_it(desk: Desk, sessions: login.Sessions) -> WhoIsIt:
    if desk.settings.dev_login:
        return sessions.who_is_it
    oidc = desk.settings.oidc
    return Tokens(oidc, SigningKeys(fetching(oidc))).who_is_it


@router.get("/")
def first_page(person: Anybody) -> RedirectResponse:
    """Where this person's work is. Raises NotAllowed for one who has no role."""
    if person.decides:
        return RedirectResponse("/review", status_code=303)
    if person.audits:
        return RedirectResponse("/lead", status_code=303)
    raise NotAllowed
