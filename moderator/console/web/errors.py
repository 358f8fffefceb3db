"""What went wrong, as a page that a person understands. None of them quotes what was sent."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from moderator.console.store.refusals import Refused
from moderator.console.web.desk import NotPrepared
from moderator.console.web.identity import NotAllowed, NotSignedIn, person_of
from moderator.console.web.pages import render
from moderator.console.web.security import protect
from moderator.console.web.signing_keys import KeysUnavailable
from moderator.errors import StoreUnavailable
from moderator.telemetry.log import get_logger

log = get_logger(__name__)

WORDS = {
    HTTPStatus.NOT_FOUND: ("There is no such page", "It may have moved, or the message is no longer kept."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("That cannot be done here", "Go back to the page before and use its buttons."),
}


def tell(request: Request, status: HTTPStatus, title: str, words: str) -> Response:
    """The page of an error."""
    return render(request, "error.html", status, title=title, words=words)


def add_error_pages(app: FastAPI) -> None:
    """Let `app` answer every error by a page."""
    pages: dict[type[Exception], Callable[..., Response]] = {
        Refused: _refused,
        NotPrepared: _not_prepared,
        StoreUnavailable: _store_unavailable,
        KeysUnavailable: _keys_unavailable,
        NotSignedIn: _not_signed_in,
        NotAllowed: _not_allowed,
        RequestValidationError: _incomplete,
        HTTPException: _by_status,
        Exception: _bug,
    }
    for error, page in pages.items():
        app.add_exception_handler(error, page)


def _refused(request: Request, error: Refused) -> Response:
    return tell(request, HTTPStatus.CONFLICT, "This was not done", error.words)


def _store_unavailable(request: Request, _error: StoreUnavailable) -> Response:
    words = (
        "The console cannot reach its database. What you did last may not have been saved: look before you do it "
        "again. Claims keep running meanwhile. Try again in a moment."
    )
    response = tell(request, HTTPStatus.SERVICE_UNAVAILABLE, "The queue cannot be reached", words)
    response.headers["Retry-After"] = "5"
    return response


def _not_prepared(request: Request, _error: NotPrepared) -> Response:
    words = "The console has just been started, and waits for its database or the broker. Try again in a moment."
    response = tell(request, HTTPStatus.SERVICE_UNAVAILABLE, "The console is not ready yet", words)
    response.headers["Retry-After"] = "5"
    return response


def _keys_unavailable(request: Request, _error: KeysUnavailable) -> Response:
    words = "The console cannot check who you are: the sign-in service's keys cannot be had. Try again in a moment."
    response = tell(request, HTTPStatus.SERVICE_UNAVAILABLE, "Nobody can be signed in now", words)
    response.headers["Retry-After"] = "15"
    return response


def _not_signed_in(request: Request, _error: NotSignedIn) -> Response:
    if request.app.state.desk.settings.dev_login:
        return RedirectResponse("/login", status_code=303)
    words = (
        "Nobody can sign in: set MODERATOR_CONSOLE__OIDC__ISSUER, or MODERATOR_CONSOLE__DEV_LOGIN on your own machine."
        if request.app.state.desk.settings.oidc.issuer is None
        else "No valid sign-in came with this request. Sign in again; if that does not help, ask your administrator."
    )
    return tell(request, HTTPStatus.UNAUTHORIZED, "You are not signed in", words)


def _not_allowed(request: Request, _error: NotAllowed) -> Response:
    words = "Your role does not include this page. A lead can see figures, an auditor the trail; reviewers decide."
    return tell(request, HTTPStatus.FORBIDDEN, "This is not for your role", words)


def _incomplete(request: Request, _error: RequestValidationError) -> Response:
    words = "Something that it needs was missing or not understood. Go back, check the form, and send it again."
    return tell(request, HTTPStatus.BAD_REQUEST, "The form is not complete", words)


def _by_status(request: Request, error: HTTPException) -> Response:
    with suppress(NotSignedIn, KeysUnavailable):
        person_of(request)  # no page was found that would have asked; its frame leads to the others
    status = HTTPStatus(error.status_code)
    title, words = WORDS.get(status, (status.phrase, "Go back to the page before, and try again."))
    response = tell(request, status, title, words)
    response.headers.update(error.headers or {})
    return response


def _bug(request: Request, error: Exception) -> Response:
    # By its name alone: its words could quote a message.
    log.error("page failed", error=type(error).__name__)
    words = "This is a mistake of the program, and it is logged. Look whether what you did was saved."
    response = tell(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here", words)
    protect(response.headers)  # it is answered outside of the guard
    return response
