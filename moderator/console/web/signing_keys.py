"""The issuer's public keys: fetched when they are needed, kept for a while, and fetched anew when it signs with a new
one.
"""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException

from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from moderator.console_settings import OidcSettings
from moderator.errors import TransientError
from moderator.telemetry.log import get_logger

ALGORITHMS = ("RS256", "ES256")  # signatures by a key that is not here; with HS256 who can verify can forge
FETCH_WITHIN_S = 5.0
MOST_BYTES = 1 << 20  # some kilobytes are usual
KEPT_S = 300.0  # a key that the issuer withdrew is believed so long at the most, while it answers
NOT_AGAIN_WITHIN_S = 10.0  # made-up key ids must not become requests to the issuer

Fetch = Callable[[], bytes]
"""The key set as JSON. Raises OSError."""

log = get_logger(__name__)


class KeysUnavailable(TransientError):
    """The issuer's keys cannot be had, so nobody can be believed."""


class SigningKeys:
    """For any number of threads."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str | None, PyJWK] = {}
        self._tried_at: float | None = None

    def key(self, id_: str | None) -> PyJWK | None:
        """The key of that id; None: the issuer has no such key. Raises KeysUnavailable."""
        with self._lock:
            if self._older_than(KEPT_S) or (id_ not in self._keys and self._older_than(NOT_AGAIN_WITHIN_S)):
                self._renew()
            if not self._keys:
                raise KeysUnavailable("the issuer's keys cannot be had")
            return self._keys.get(id_)

    def _older_than(self, age_s: float) -> bool:
        return self._tried_at is None or self._clock() - self._tried_at >= age_s

    def _renew(self) -> None:
        """Those known so far stay if the issuer does not answer: nobody is signed out by its trouble."""
        self._tried_at = self._clock()
        try:
            keys = PyJWKSet.from_json(self._fetch().decode()).keys
        except (OSError, HTTPException, ValueError, PyJWTError, AttributeError, TypeError) as error:
            log.warning("the issuer's keys cannot be had", error=type(error).__name__)
            return
        self._keys = {key.key_id: key for key in keys if key.algorithm_name in ALGORITHMS}


def fetching(settings: OidcSettings) -> Fetch:
    """From where the settings say."""
    if settings.jwks_file is not None:
        return settings.jwks_file.read_bytes
    url = settings.jwks_url or ""

    def fetch() -> bytes:
        # The settings allow https, and http on loopback; a redirect could lead elsewhere, so none is followed.
        with _OPENER.open(url, timeout=FETCH_WITHIN_S) as answer:
            content: bytes = answer.read(MOST_BYTES)
        return content

    return fetch


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """None: the answer that redirects becomes an error."""


_OPENER = urllib.request.build_opener(_NoRedirects)
