"""A real Apache Kafka that asks who is there: SASL over TLS, mutual TLS, and rights by access-control lists.

Its plain listener belongs to the tests themselves, who may do everything.
"""

import base64
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import trustme
from confluent_kafka.admin._acl import AclBinding, AclOperation, AclPermissionType
from confluent_kafka.admin._config import AlterConfigOpType, ConfigEntry, ConfigResource
from confluent_kafka.admin._resource import ResourcePatternType, ResourceType
from confluent_kafka.admin._scram import ScramCredentialInfo, ScramMechanism, UserScramCredentialUpsertion
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tests.support.real_kafka import ADMIN_TIMEOUT_S, free_ports, real_kafka

BROKER = "1"
SCRAM_ITERATIONS = 4096  # the fewest that Kafka takes
PLAIN_USER, PLAIN_PASSWORD = "plain-user", "plain-password"  # PLAIN knows only who is in the broker's configuration
MODULES = "org.apache.kafka.common.security"
VALIDATOR = f"{MODULES}.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler"
CLIENTS_TRUSTED = "listener.name.mutual.ssl.truststore.certificates"


@dataclass(frozen=True, slots=True)
class Grant:
    """One right."""

    resource: ResourceType
    name: str
    operation: AclOperation


def read(topic: str) -> Grant:
    """READ on a topic."""
    return Grant(ResourceType.TOPIC, topic, AclOperation.READ)


def write(topic: str) -> Grant:
    """WRITE on a topic."""
    return Grant(ResourceType.TOPIC, topic, AclOperation.WRITE)


def describe(topic: str) -> Grant:
    """DESCRIBE on a topic."""
    return Grant(ResourceType.TOPIC, topic, AclOperation.DESCRIBE)


def read_group(name: str) -> Grant:
    """READ on a group: to be a member."""
    return Grant(ResourceType.GROUP, name, AclOperation.READ)


def describe_group(name: str) -> Grant:
    """DESCRIBE on a group."""
    return Grant(ResourceType.GROUP, name, AclOperation.DESCRIBE)


class SecureKafka:
    """One broker; `folder` is an empty one of its own. `authority` has signed the broker's certificate."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.authority, self.clients_authority = trustme.CA(), trustme.CA()
        self.broker = real_kafka(folder / "broker")
        self.authority_file = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(self.authority_file))
        sasl, mutual = free_ports(2)
        self.sasl_servers, self.mutual_servers = (f"{self.broker.host}:{port}" for port in (sasl, mutual))
        properties = self.broker.properties
        # The names are not the protocols': where Kafka's image meets SSL:// it wants key stores as files.
        properties["listeners"] += f",SASL://:{sasl},MUTUAL://:{mutual}"
        properties["advertised.listeners"] += f",SASL://{self.sasl_servers},MUTUAL://{self.mutual_servers}"
        properties["listener.security.protocol.map"] += ",SASL:SASL_SSL,MUTUAL:SSL"
        properties |= self._tls() | sasl_properties() | rights_properties()

    def _tls(self) -> dict[str, str]:
        own = self.authority.issue_cert("localhost", "127.0.0.1", self.broker.host)
        chain = b"".join(blob.bytes() for blob in own.cert_chain_pems)
        return {
            "ssl.keystore.type": "PEM",
            "ssl.keystore.certificate.chain": one_line(chain),
            "ssl.keystore.key": one_line(pkcs8(own.private_key_pem.bytes())),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.certificates": one_line(self.clients_authority.cert_pem.bytes()),
            "listener.name.mutual.ssl.client.auth": "required",
            "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/",
        }

    def set_password(self, user: str, password: str) -> None:
        """Of a SCRAM user, who is made if there is none yet; what held before holds no more."""
        credential = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS)
        wanted = UserScramCredentialUpsertion(user, credential, password.encode())
        self.broker.admin.alter_user_scram_credentials([wanted])[user].result(ADMIN_TIMEOUT_S)

    def grant(self, user: str, grants: Iterable[Grant]) -> None:
        """In addition to what `user` may do already, which is nothing at first."""
        allowed = [
            AclBinding(
                each.resource,
                each.name,
                ResourcePatternType.LITERAL,
                f"User:{user}",
                "*",
                each.operation,
                AclPermissionType.ALLOW,
            )
            for each in grants
        ]
        for created in self.broker.admin.create_acls(allowed).values():
            created.result(ADMIN_TIMEOUT_S)

    def trust_clients_of(self, authority: trustme.CA) -> None:
        """From now on, and of nobody else."""
        self.clients_authority = authority
        trusted = ConfigEntry(
            CLIENTS_TRUSTED, authority.cert_pem.bytes().decode(), incremental_operation=AlterConfigOpType.SET
        )
        broker = ConfigResource(ResourceType.BROKER, BROKER, incremental_configs=[trusted])
        self.broker.admin.incremental_alter_configs([broker])[broker].result(ADMIN_TIMEOUT_S)


def sasl_properties() -> dict[str, str]:
    """Three mechanisms."""
    prefix = "listener.name.sasl"
    plain = f'{MODULES}.plain.PlainLoginModule required user_{PLAIN_USER}="{PLAIN_PASSWORD}";'
    bearer = f'{MODULES}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";'
    return {
        f"{prefix}.sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN,OAUTHBEARER",
        f"{prefix}.scram-sha-512.sasl.jaas.config": f"{MODULES}.scram.ScramLoginModule required;",
        f"{prefix}.plain.sasl.jaas.config": plain,
        f"{prefix}.oauthbearer.sasl.jaas.config": bearer,
        f"{prefix}.oauthbearer.sasl.server.callback.handler.class": VALIDATOR,
    }


def rights_properties() -> dict[str, str]:
    """Nobody may do anything but who has come over a plain listener."""
    return {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
    }


def token(user: str, lifetime_s: int = 3600) -> str:
    """For OAUTHBEARER, unsigned; with a negative lifetime it has expired."""
    now = int(time.time())
    claims: dict[str, str | int] = {"sub": user, "iat": now - 2 * abs(lifetime_s), "exp": now + lifetime_s}
    return f"{encoded({'alg': 'none'})}.{encoded(claims)}."


def encoded(part: Mapping[str, str | int]) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def pkcs8(key: bytes) -> bytes:
    """The only form in which Kafka takes a key."""
    return load_pem_private_key(key, None).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def one_line(pem: bytes) -> str:
    """As the value of a property."""
    return pem.decode().strip().replace("\n", "\\n")
