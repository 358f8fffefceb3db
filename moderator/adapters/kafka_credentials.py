"""What this program shows to brokers, and how it follows when the files that hold it are replaced.

Kafka clients authenticate anew with every connection, so new files need no restart: connected clients are given a new
TLS context and the new password.
"""

import asyncio
import hashlib
import ssl
from pathlib import Path
from typing import Any
from weakref import ref

from aiokafka import conn
from aiokafka.abc import AbstractTokenProvider
from aiokafka.errors import SaslAuthenticationFailed
from aiokafka.helpers import create_ssl_context

from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings, SaslMechanism, SecurityProtocol, read_secret
from moderator.telemetry.log import get_logger

INTERVAL_S = 10.0  # how soon a replaced file is noticed

log = get_logger(__name__)


class FileToken(AbstractTokenProvider):  # type: ignore[misc]  # aiokafka is untyped here
    """OAUTHBEARER: the token in a file that somebody else keeps fresh, as Kubernetes and sidecars do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def token(self) -> str:
        """Asked for at each connection. Raises what aiokafka takes for a refusal, and repeats, when there is none."""
        try:
            return await asyncio.to_thread(read_secret, self._path)
        except ValueError as error:
            raise SaslAuthenticationFailed(str(error)) from None


class RefusableBearer(conn.OAuthAuthenticator):  # type: ignore[misc]  # aiokafka is untyped here
    """aiokafka's own takes a refused token for an accepted one."""

    async def step(self, payload: bytes | None) -> tuple[bytes, bool] | None:
        """The next words to the broker. Whoever it accepts gets none from it, RFC 7628 section 3.2."""
        if payload:
            raise SaslAuthenticationFailed("token refused")
        step: tuple[bytes, bool] | None = await super().step(payload)
        return step


class Credentials:
    """Shared by the clients of one cluster. Raises ConfigError at once when a file cannot be used."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._clients: list[ref[Any]] = []
        self._digests = self._read_digests()  # first: what is replaced from here on is new to the next look
        try:
            self._context = self._tls()
        except (OSError, ssl.SSLError) as error:
            given = ", ".join(map(str, self._files()))
            raise ConfigError([f"MODERATOR_KAFKA__SSL_*: cannot load {given}: {error}"]) from None
        if settings.sasl and settings.sasl_mechanism is SaslMechanism.OAUTHBEARER:
            conn.OAuthAuthenticator = RefusableBearer  # there is no public way
        self._password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
        if settings.sasl_password_file is not None:
            self._password = _read_password(settings.sasl_password_file)

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of aiokafka's clients, with the password of this moment."""
        settings = self._settings
        arguments: dict[str, Any] = {
            "client_id": settings.client_id,
            "security_protocol": settings.security_protocol.value,
        }
        if self._context is not None:
            arguments["ssl_context"] = self._context
        if settings.sasl:
            arguments["sasl_mechanism"] = settings.sasl_mechanism.value
            if settings.sasl_mechanism is SaslMechanism.OAUTHBEARER and settings.sasl_token_file:
                arguments["sasl_oauth_token_provider"] = FileToken(settings.sasl_token_file)
            else:
                arguments["sasl_plain_username"] = settings.sasl_username
                arguments["sasl_plain_password"] = self._password
        return arguments

    def follow(self, client: Any) -> None:
        """From now on `client`, an AIOKafkaClient, is given whatever is new."""
        self._clients = [*(known for known in self._clients if known() is not None), ref(client)]

    async def watch(self) -> None:
        """Follow the files for ever."""
        while True:
            await asyncio.sleep(INTERVAL_S)
            await asyncio.to_thread(self.refresh)

    def refresh(self) -> None:
        """Take over what has changed. A file that cannot be used, half written perhaps, is tried again next time."""
        digests = self._read_digests()
        if digests == self._digests:
            return
        try:
            context = self._tls()
            if self._settings.sasl_password_file is not None:
                self._password = read_secret(self._settings.sasl_password_file)
        except (OSError, ssl.SSLError, ValueError) as error:
            log.warning("new credentials cannot be used yet", error=type(error).__name__)
            return
        self._context, self._digests = context, digests
        for client in filter(None, (known() for known in self._clients)):
            client._ssl_context = context  # noqa: SLF001  there is no public way
            client._sasl_plain_password = self._password  # noqa: SLF001
        log.info("credentials replaced")

    def _tls(self) -> ssl.SSLContext | None:
        """Of the files as they are now: an authority that was taken out of its file is trusted no more."""
        settings = self._settings
        if settings.security_protocol not in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL):
            return None
        context: ssl.SSLContext = create_ssl_context(
            cafile=_text(settings.ssl_ca_file),
            certfile=_text(settings.ssl_cert_file),
            keyfile=_text(settings.ssl_key_file),
        )
        return context

    def _files(self) -> list[Path]:
        settings = self._settings
        named = settings.ssl_ca_file, settings.ssl_cert_file, settings.ssl_key_file, settings.sasl_password_file
        return [path for path in named if path is not None]

    def _read_digests(self) -> dict[Path, bytes]:
        """Of the files as they are now; one that is gone for a moment has none."""
        digests: dict[Path, bytes] = {}
        for path in self._files():
            try:
                digests[path] = hashlib.sha256(path.read_bytes()).digest()
            except OSError:
                digests[path] = b""
        return digests


def _read_password(path: Path) -> str:
    try:
        return read_secret(path)
    except ValueError as error:
        raise ConfigError([f"MODERATOR_KAFKA__SASL_PASSWORD_FILE: {error}"]) from None


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
