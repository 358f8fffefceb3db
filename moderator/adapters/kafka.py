"""What every Kafka client of this program shares: connection settings, connecting, and errors by our names."""

import asyncio
import os
import socket
import ssl
from collections.abc import Coroutine
from typing import Any, Protocol

from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)

from moderator.adapters.kafka_credentials import Credentials
from moderator.errors import BrokerUnavailable, ConfigError, ModeratorError
from moderator.kafka_settings import KafkaSettings, SaslMechanism, SecurityProtocol

CONNECT_TIMEOUT_S = 20.0  # for all bootstrap servers together; one that drops packets in silence costs 5 s
DIAL_TIMEOUT_MS = 5_000
CANCELLED_S = 1.0

# An idempotent producer gets its id from brokers, who give it to whoever may write some topic.
NO_RIGHT_TO_PUBLISH = "no right to write any topic (before Kafka 2.8: no IDEMPOTENT_WRITE on the cluster)"


class Client(Protocol):
    """What aiokafka's clients have in common."""

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Disconnect."""


def connection(settings: KafkaSettings, credentials: Credentials | None = None) -> dict[str, Any]:
    """Keyword arguments of aiokafka's clients; those who do not live long take the credentials of this moment.

    Raises ConfigError when a certificate cannot be read.
    """
    shown = credentials or Credentials(settings)
    return {"bootstrap_servers": settings.bootstrap_servers, **shown.arguments()}


async def connect(client: Client, settings: KafkaSettings) -> None:
    """Start `client`, or stop it and say why that failed.

    Raises ConfigError when the servers refuse the credentials or the certificate, else BrokerUnavailable.
    """
    try:
        await to_its_end(client.start())
    except (KafkaError, OSError, TimeoutError) as error:
        await client.stop()
        raise await explain(error, settings) from error
    except asyncio.CancelledError:
        await client.stop()
        raise


async def to_its_end(connecting: Coroutine[Any, Any, None]) -> None:
    """Await a connection. Raises TimeoutError when it takes too long.

    aiokafka leaves the socket open when it is cancelled on the way, so a cancellation gives it a moment.
    """
    task = asyncio.create_task(connecting)
    try:
        await asyncio.wait({task}, timeout=CONNECT_TIMEOUT_S)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=CANCELLED_S)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
    if not task.done():
        task.cancel()
        raise TimeoutError
    await task


async def explain(error: Exception, settings: KafkaSettings) -> ModeratorError:
    """The reason why no server could be used.

    aiokafka says of whatever happens at the first connection only that it cannot bootstrap, so each server is asked
    again for its own reason.
    """
    if isinstance(error, ClusterAuthorizationFailedError):
        return ConfigError([f"MODERATOR_TOPICS__*: {NO_RIGHT_TO_PUBLISH}"])
    failures: list[ModeratorError] = []
    for host, port, _ in collect_hosts(settings.bootstrap_servers):
        try:
            dialled = await create_conn(
                host, port, request_timeout_ms=DIAL_TIMEOUT_MS, **Credentials(settings).arguments()
            )
        except (KafkaError, OSError) as failure:
            failures.append(_by_our_name(failure, f"{host}:{port}", settings))
        else:
            await dialled.close()
    problems = [problem for failure in failures if isinstance(failure, ConfigError) for problem in failure.problems]
    if problems:
        return ConfigError(problems)
    reasons = "; ".join(str(failure) for failure in failures)
    return BrokerUnavailable(reasons or f"{settings.bootstrap_servers}: {_transient(error, settings)}")


def _by_our_name(failure: KafkaError | OSError, server: str, settings: KafkaSettings) -> ModeratorError:
    match failure:
        case IllegalSaslStateError():
            problem = f"SECURITY_PROTOCOL: {server} does not do SASL"
        case SaslAuthenticationFailed() | AuthenticationFailedError():
            problem = f"{_shown(settings)}: refused by {server}"
        case UnsupportedSaslMechanismError():
            problem = f"SASL_MECHANISM: {server} does not take {settings.sasl_mechanism.value}"
        case ssl.SSLCertVerificationError():
            problem = f"SSL_CA_FILE: certificate of {server}: {failure.verify_message}"
        case ssl.SSLError():
            problem = f"SECURITY_PROTOCOL: no TLS with {server}: {failure.reason}"
        case _:
            return BrokerUnavailable(f"{server}: {_transient(failure, settings)}")
    return ConfigError([f"MODERATOR_KAFKA__{problem}"])


def _shown(settings: KafkaSettings) -> str:
    if settings.sasl_mechanism is SaslMechanism.OAUTHBEARER:
        return "SASL_TOKEN_FILE"
    return "SASL_USERNAME, MODERATOR_KAFKA__SASL_PASSWORD (or its file)"


def _transient(failure: Exception, settings: KafkaSettings) -> str:
    match failure:
        case TimeoutError():
            return "no answer"
        case socket.gaierror():
            return "unknown host"
        case KafkaConnectionError() | ConnectionResetError() if settings.security_protocol is SecurityProtocol.SSL:
            # With TLS 1.3 a client learns that its certificate is refused only by this.
            return (
                "closes the connection; does it take MODERATOR_KAFKA__SSL_CERT_FILE, and does"
                " MODERATOR_KAFKA__SECURITY_PROTOCOL fit?"
            )
        case KafkaConnectionError() | ConnectionResetError():
            return "closes the connection; does MODERATOR_KAFKA__SECURITY_PROTOCOL fit?"
        case _:
            return (
                os.strerror(failure.errno) if isinstance(failure, OSError) and failure.errno else type(failure).__name__
            )
