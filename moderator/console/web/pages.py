"""Templates to answers. What a user or a person wrote is text in them, never markup."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from moderator.console.web.desk import desk_of

SAID = "moderator_said"
SAID_S = 60  # a message for the next page, not for tomorrow's
GREYSCALE = "moderator_greyscale"

Tone = Literal["good", "warning", "bad"]


def render(request: Request, template: str, status_code: int = 200, **context: object) -> HTMLResponse:
    """The page, in its frame. Besides `context` a template has `request`, `person` (None: nobody), `now`, `said`."""
    said = _said(request)
    page = ENVIRONMENT.get_template(template).render(
        request=request,
        person=getattr(request.state, "person", None),
        now=desk_of(request).now(),
        said=said,
        greyscale=GREYSCALE in request.cookies,
        **context,
    )
    response = HTMLResponse(page, status_code)
    if said is not None:
        response.delete_cookie(SAID, httponly=True, samesite="strict")
    return response


def see_other(url: str, said: str | None = None, tone: Tone = "good") -> RedirectResponse:
    """On to the page at `url`, which shows what was `said` once."""
    response = RedirectResponse(url, status_code=303)
    if said is not None:
        kept = urlsafe_b64encode(json.dumps([tone, said]).encode()).decode()
        response.set_cookie(SAID, kept, max_age=SAID_S, httponly=True, samesite="strict")
    return response


def moment(at: datetime) -> str:
    """To the minute."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def span(length: timedelta) -> str:
    """Like `40 s`, `12 min`, `3 h 20 min`, `2 d 4 h`."""
    seconds = max(0, int(length.total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _said(request: Request) -> tuple[str, str] | None:
    """Tone and words for this page; what is no such thing is nothing."""
    try:
        tone, words = json.loads(urlsafe_b64decode(request.cookies[SAID]))
    except (KeyError, ValueError, TypeError, RecursionError):
        return None
    return (tone, words) if tone in get_args(Tone) and isinstance(words, str) else None


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(moment=moment, span=span)
    return environment


ENVIRONMENT = _environment()
