"""Whom a program says it is: its settings, and files that are replaced while it runs."""

from abc import ABC, abstractmethod
from pathlib import Path

import trustme

from tests.support.secure_kafka import PLAIN_PASSWORD, PLAIN_USER, SecureKafka, token

Settings = dict[str, str]
PASSWORDS = "first-password", "second-password"


class Identity(ABC):
    """`user` is its name for the broker. Files go into `folder`."""

    def __init__(self, kafka: SecureKafka, folder: Path, user: str) -> None:
        self.kafka = kafka
        self.user = user
        self.folder = folder / user
        self.folder.mkdir()

    @property
    @abstractmethod
    def settings(self) -> Settings:
        """By the names of their variables without the prefix."""

    def over_sasl(self, mechanism: str, **more: str) -> Settings:
        """Those of a SASL mechanism."""
        return {
            "KAFKA__BOOTSTRAP_SERVERS": self.kafka.sasl_servers,
            "KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
            "KAFKA__SSL_CA_FILE": str(self.kafka.authority_file),
            "KAFKA__SASL_MECHANISM": mechanism,
            **more,
        }


class Replaceable(Identity):
    """One that is shown by a file."""

    @abstractmethod
    def spoil(self) -> None:
        """What the program shows is not taken any more; connections that are there already stay."""

    @abstractmethod
    def renew(self) -> None:
        """Replace the file by one that is taken."""


class ByPlain(Identity):
    """PLAIN."""

    def __init__(self, kafka: SecureKafka, folder: Path) -> None:
        super().__init__(kafka, folder, PLAIN_USER)

    @property
    def settings(self) -> Settings:
        return self.over_sasl("PLAIN", KAFKA__SASL_USERNAME=self.user, KAFKA__SASL_PASSWORD=PLAIN_PASSWORD)


class ByScram(Replaceable):
    """SCRAM-SHA-512 with the password in a file."""

    def __init__(self, kafka: SecureKafka, folder: Path, user: str = "scram-user") -> None:
        super().__init__(kafka, folder, user)
        self.password_file = self.folder / "password"
        self.password_file.write_text(PASSWORDS[0])
        kafka.set_password(user, PASSWORDS[0])

    @property
    def settings(self) -> Settings:
        file = str(self.password_file)
        return self.over_sasl("SCRAM-SHA-512", KAFKA__SASL_USERNAME=self.user, KAFKA__SASL_PASSWORD_FILE=file)

    def spoil(self) -> None:
        self.kafka.set_password(self.user, PASSWORDS[1])

    def renew(self) -> None:
        self.password_file.write_text(PASSWORDS[1])


class ByToken(Replaceable):
    """OAUTHBEARER with the token in a file."""

    def __init__(self, kafka: SecureKafka, folder: Path, user: str = "token-user") -> None:
        super().__init__(kafka, folder, user)
        self.token_file = self.folder / "token"
        self.token_file.write_text(token(user))

    @property
    def settings(self) -> Settings:
        return self.over_sasl("OAUTHBEARER", KAFKA__SASL_TOKEN_FILE=str(self.token_file))

    def spoil(self) -> None:
        self.token_file.write_text(token(self.user, lifetime_s=-60))

    def renew(self) -> None:
        self.token_file.write_text(token(self.user))


class ByCertificate(Replaceable):
    """Mutual TLS."""

    def __init__(self, kafka: SecureKafka, folder: Path, user: str = "certificate-user") -> None:
        super().__init__(kafka, folder, user)
        self.certificate_file, self.key_file = self.folder / "certificate.pem", self.folder / "key.pem"
        self.renew()

    @property
    def settings(self) -> Settings:
        return {
            "KAFKA__BOOTSTRAP_SERVERS": self.kafka.mutual_servers,
            "KAFKA__SECURITY_PROTOCOL": "SSL",
            "KAFKA__SSL_CA_FILE": str(self.kafka.authority_file),
            "KAFKA__SSL_CERT_FILE": str(self.certificate_file),
            "KAFKA__SSL_KEY_FILE": str(self.key_file),
        }

    def spoil(self) -> None:
        self.kafka.trust_clients_of(trustme.CA())

    def renew(self) -> None:
        issued = self.kafka.clients_authority.issue_cert(f"{self.user}.test", common_name=self.user)
        self.certificate_file.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        self.key_file.write_bytes(issued.private_key_pem.bytes())
