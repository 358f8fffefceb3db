"""Credentials that are replaced while the program runs hold from the next connection on."""

import ssl
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiokafka.errors import KafkaError
from prometheus_client import CollectorRegistry

from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.adapters.kafka_credentials import Credentials, FileToken
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.contracts.record import Publication
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings
from moderator.telemetry.metrics import Metrics

TOPIC = "topic"
POLICY_VIOLATION = 44  # an error that no client repeats by itself, so that a producer is replaced


class Client:
    """What is told of an AIOKafkaClient: what it shows, and whom it trusts, when it connects."""

    def __init__(self, password: str | None = None) -> None:
        self._sasl_plain_password = password
        self._ssl_context: ssl.SSLContext | None = None

    @property
    def shows(self) -> str | None:
        """At the next connection."""
        return self._sasl_plain_password

    @property
    def trusts(self) -> list[bytes]:
        """Authorities, at the next connection."""
        return self._ssl_context.get_ca_certs(binary_form=True) if self._ssl_context else []


def scram(password_file: Path) -> KafkaSettings:
    """A user whose password is in a file."""
    return KafkaSettings.model_validate(
        {"security_protocol": "SASL_PLAINTEXT", "sasl_username": "u", "sasl_password_file": password_file}
    )


def test_a_replaced_password_reaches_connected_clients(tmp_path: Path) -> None:
    """Without its line's end; an untouched file changes nothing."""
    path = tmp_path / "password"
    path.write_text("first\n")
    credentials, client = Credentials(scram(path)), Client("first")
    credentials.follow(client)
    assert "first" in credentials.arguments().values()
    path.write_text("second\n")
    credentials.refresh()
    assert client.shows == "second"
    later = Client("untouched")
    credentials.follow(later)
    credentials.refresh()
    assert later.shows == "untouched"
    assert "second" in credentials.arguments().values()
    assert "second" in Credentials(scram(path)).arguments().values()


@pytest.mark.parametrize("content", [b"", b"\xff", None])
def test_a_file_in_the_middle_of_its_replacement_is_tried_again(tmp_path: Path, content: bytes | None) -> None:
    """Half written, or gone for a moment."""
    path = tmp_path / "password"
    path.write_text("first")
    credentials, client = Credentials(scram(path)), Client("first")
    credentials.follow(client)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    credentials.refresh()
    assert client.shows == "first"
    path.write_text("second")
    credentials.refresh()
    assert client.shows == "second"


def test_a_replaced_authority_is_trusted_alone(tmp_path: Path) -> None:
    """Whoever takes one out of the file means it."""
    path = tmp_path / "ca.pem"
    first, second = trustme.CA(), trustme.CA()
    first.cert_pem.write_to_path(str(path))
    credentials = Credentials(KafkaSettings.model_validate({"security_protocol": "SSL", "ssl_ca_file": path}))
    client = Client()
    credentials.follow(client)
    second.cert_pem.write_to_path(str(path))
    credentials.refresh()
    assert client.trusts == [ssl.PEM_cert_to_DER_cert(second.cert_pem.bytes().decode())]


async def test_a_token_is_read_at_each_connection(tmp_path: Path) -> None:
    """Whoever keeps it fresh."""
    path = tmp_path / "token"
    path.write_text("one\n")
    token = FileToken(path)
    assert await token.token() == "one"
    path.write_text("two\n")
    assert await token.token() == "two"
    path.unlink()
    with pytest.raises(KafkaError):  # which clients take for a connection that failed, and try again
        await token.token()


class RefusedFor(Credentials):
    """Refused at some connections after the first."""

    def __init__(self, settings: KafkaSettings, connections: int) -> None:
        super().__init__(settings)
        self._asked, self._refused = 0, range(2, 2 + connections)

    def arguments(self) -> dict[str, Any]:
        self._asked += 1
        if self._asked in self._refused:
            raise ConfigError(["refused"])
        return super().arguments()


@pytest.mark.parametrize(("connections", "timeout_s"), [(2, 60.0), (1000, 0.5)])
async def test_a_publisher_waits_for_new_credentials(connections: int, timeout_s: float) -> None:
    """For as long as for anything else that may pass; then it says what is refused."""
    with EmbeddedBroker({TOPIC: 1}) as broker:
        settings = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, delivery_timeout_s=timeout_s)
        publisher = KafkaPublisher(settings, Metrics(CollectorRegistry()), RefusedFor(settings, connections))
        await publisher.start()
        broker.push_errors(Request.PRODUCE, [POLICY_VIOLATION])
        ends = pytest.raises(ConfigError, match="refused") if timeout_s < 1 else nullcontext()
        with ends:
            assert await publisher.publish([Publication(TOPIC, None, b"value")]) == []
        await publisher.stop()


def test_a_certificate_that_cannot_be_loaded_is_named_at_once(tmp_path: Path) -> None:
    """With its file."""
    path = tmp_path / "ca.pem"
    path.write_text("no certificate")
    settings = KafkaSettings.model_validate({"security_protocol": "SSL", "ssl_ca_file": path})
    with pytest.raises(ConfigError, match=r"ca\.pem"):
        Credentials(settings)
