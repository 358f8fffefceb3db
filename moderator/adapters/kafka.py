"""What every Kafka client of this program shares: connection settings, and errors by our names."""

import ssl
from typing import Any

from aiokafka.helpers import create_ssl_context

from moderator.config import KafkaSettings, SecurityProtocol
from moderator.errors import ConfigError


def connection(settings: KafkaSettings) -> dict[str, Any]:
    """Keyword arguments of aiokafka's clients. Raises ConfigError when a certificate cannot be read."""
    arguments: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers,
        "client_id": settings.client_id,
        "security_protocol": settings.security_protocol.value,
    }
    if settings.security_protocol in (SecurityProtocol.SSL, SecurityProtocol.SASL_SSL):
        arguments["ssl_context"] = _ssl_context(settings)
    if settings.sasl_username and settings.sasl_password:
        arguments["sasl_mechanism"] = settings.sasl_mechanism.value
        arguments["sasl_plain_username"] = settings.sasl_username
        arguments["sasl_plain_password"] = settings.sasl_password.get_secret_value()
    return arguments


def _ssl_context(settings: KafkaSettings) -> ssl.SSLContext:
    files = {
        "cafile": settings.ssl_ca_file,
        "certfile": settings.ssl_cert_file,
        "keyfile": settings.ssl_key_file,
    }
    try:
        context: ssl.SSLContext = create_ssl_context(**{name: str(path) for name, path in files.items() if path})
    except (OSError, ssl.SSLError) as error:
        given = ", ".join(str(path) for path in files.values() if path)
        raise ConfigError([f"MODERATOR_KAFKA__SSL_*: cannot load {given}: {error}"]) from None
    return context
