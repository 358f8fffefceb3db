"""What is wrong with who a program says it is, or how it connects, is told by the setting that has to be mended."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from tests.integration.security.identities import PASSWORDS, ByCertificate, ByScram, ByToken
from tests.integration.security.programs import agent_and_check, on
from tests.support.secure_kafka import SecureKafka

pytestmark = pytest.mark.kafka

Wrong = Callable[[SecureKafka, Path], dict[str, str]]


def a_wrong_password(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """Of a user whom the broker knows."""
    identity = ByScram(kafka, folder)
    identity.spoil()
    return identity.settings


def an_expired_token(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """In the token file."""
    identity = ByToken(kafka, folder)
    identity.spoil()
    return identity.settings


def an_unknown_authority(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """The program trusts somebody who has not signed the broker's certificate."""
    other = folder / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    return ByScram(kafka, folder).settings | {"KAFKA__SSL_CA_FILE": str(other)}


def no_client_certificate(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """Where the broker wants one."""
    settings = ByCertificate(kafka, folder).settings
    return {name: value for name, value in settings.items() if name not in {CERTIFICATE, KEY}}


def a_foreign_client_certificate(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """Signed by somebody whom the broker does not trust."""
    identity = ByCertificate(kafka, folder)
    known, kafka.clients_authority = kafka.clients_authority, trustme.CA()
    identity.renew()
    kafka.clients_authority = known
    return identity.settings


def no_encryption(kafka: SecureKafka, folder: Path) -> dict[str, str]:
    """To a port that does TLS."""
    return ByScram(kafka, folder).settings | {"KAFKA__SECURITY_PROTOCOL": "SASL_PLAINTEXT"}


CERTIFICATE, KEY = "KAFKA__SSL_CERT_FILE", "KAFKA__SSL_KEY_FILE"
PROTOCOL = "KAFKA__SECURITY_PROTOCOL"


@pytest.mark.parametrize(
    ("wrong", "setting", "code"),
    [
        (a_wrong_password, "KAFKA__SASL_PASSWORD", ExitCode.CONFIG),
        (an_expired_token, "KAFKA__SASL_TOKEN_FILE", ExitCode.CONFIG),
        (an_unknown_authority, "KAFKA__SSL_CA_FILE", ExitCode.CONFIG),
        (no_client_certificate, CERTIFICATE, ExitCode.UNAVAILABLE),
        (a_foreign_client_certificate, CERTIFICATE, ExitCode.UNAVAILABLE),
        (no_encryption, PROTOCOL, ExitCode.UNAVAILABLE),
    ],
)
def test_a_refusal_names_the_setting(
    wrong: Wrong, setting: str, code: ExitCode, secure: SecureKafka, topics: TopicSettings, tmp_path: Path
) -> None:
    """By agent and check, with the same exit code, and without a secret."""
    agent, check = agent_and_check(wrong(secure, tmp_path) | on(topics))
    assert (agent.returncode, check.returncode) == (code, code), (agent.stderr, check.stdout)
    (failed,) = [line for line in check.stdout.decode().splitlines() if line.startswith("FAIL")]
    told = agent.stderr.decode()
    assert f"MODERATOR_{setting}" in told
    assert f"MODERATOR_{setting}" in failed
    written = told + agent.stdout.decode() + check.stdout.decode() + check.stderr.decode()
    secrets = [*PASSWORDS, *(path.read_text() for path in tmp_path.rglob("token"))]
    assert [secret for secret in secrets if secret in written] == []
