"""Credentials that are replaced while the program runs hold from the next connection on."""

from pathlib import Path

import pytest

from moderator.adapters.kafka_credentials import Credentials, FileToken
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings


class Client:
    """What is told of an AIOKafkaClient: it shows this password when it connects."""

    def __init__(self, password: str) -> None:
        self._sasl_plain_password = password

    @property
    def shows(self) -> str:
        """At the next connection."""
        return self._sasl_plain_password


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


async def test_a_token_is_read_at_each_connection(tmp_path: Path) -> None:
    """Whoever keeps it fresh."""
    path = tmp_path / "token"
    path.write_text("one\n")
    token = FileToken(path)
    assert await token.token() == "one"
    path.write_text("two\n")
    assert await token.token() == "two"


def test_a_certificate_that_cannot_be_loaded_is_named_at_once(tmp_path: Path) -> None:
    """With its file."""
    path = tmp_path / "ca.pem"
    path.write_text("no certificate")
    settings = KafkaSettings.model_validate({"security_protocol": "SSL", "ssl_ca_file": path})
    with pytest.raises(ConfigError, match=r"ca\.pem"):
        Credentials(settings)
