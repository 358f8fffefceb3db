"""What every request must be, and what every answer says to the browser."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from moderator.kafka_settings import on_this_machine

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BYTES = 1 << 20  # of a form; a note is some hundred
# The one kind of form that the pages send. Others are parsed before anybody is asked who they are, and a multipart one
# names how its text is to be decoded: by a codec that takes minutes, if it likes.
FORM = "application/x-www-form-urlencoded"

HEADERS = {
    # No inline script or style, nothing from elsewhere: a text that got out of its frame could do nothing there.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",  # a shared machine's disk keeps no messages
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not no-referrer: under that, browsers hide a form's origin from us too.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Round the application. With `only_here`, it answers to this machine's names alone: a foreign name that resolves
    to loopback could otherwise let a foreign page use the development login.
    """

    def __init__(self, app: ASGIApp, *, only_here: bool) -> None:
        self._app = app
        self._only_here = only_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        problem = self._problem(scope["method"], Headers(scope=scope))
        if problem is None:
            await self._app(scope, receive, send_guarded)
        else:
            status, words = problem
            await PlainTextResponse(f"{words}\n", status)(scope, receive, send_guarded)

    def _problem(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if self._only_here and not on_this_machine(host):
            return 421, "This console answers under localhost only."
        if method in SAFE:
            return None
        if not _same_origin(headers, host):
            return 403, "Refused: this was not sent from a page of the console."
        kind = headers.get("content-type", FORM).partition(";")[0].strip().lower()
        if kind != FORM:
            return 415, "Refused: not a form as the console's pages send it."
        length = headers.get("content-length", "")
        # Where both are told, the body is as long as it likes.
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > MOST_BYTES:
            return 413, "Refused: a form of unknown or too great length."
        return None


def protect(headers: MutableHeaders, path: str = "") -> None:
    """Add the headers of every answer."""
    headers.update(HEADERS)
    if path.startswith("/static/"):
        headers["Cache-Control"] = "no-cache"  # kept, and asked for again by its ETag


def _same_origin(headers: Headers, host: str) -> bool:
    """By what the browser says of the page that sends; who says nothing is refused.

    Browsers tell Sec-Fetch-Site over HTTPS and on loopback, and Origin everywhere. The scheme is left out of the
    comparison: behind a proxy that ends TLS it is another.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    _, separator, origin = headers.get("origin", "").partition("://")
    return bool(separator) and bool(host) and origin.lower() == host.lower()
