"""Settings of the cluster, and of what this program shows to it."""

from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator


class Section(BaseModel):
    """One table of the settings."""

    # Checks between fields are field validators too: one of the whole section would not run beside another problem.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)


class SecurityProtocol(StrEnum):
    """Kafka's names."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"


class SaslMechanism(StrEnum):
    """Kafka's names."""

    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"
    OAUTHBEARER = "OAUTHBEARER"


WITH_SASL = frozenset({SecurityProtocol.SASL_PLAINTEXT, SecurityProtocol.SASL_SSL})
UNENCRYPTED = frozenset({SecurityProtocol.PLAINTEXT, SecurityProtocol.SASL_PLAINTEXT})


def read_secret(path: Path) -> str:
    """What a file holds, without the line's end. Raises ValueError that says what is wrong with the file."""
    name = str(path).encode(errors="replace").decode()  # of any bytes, which no error could quote
    try:
        secret = path.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise ValueError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{name}: not UTF-8") from None
    if not secret:
        raise ValueError(f"{name}: empty")
    return secret


def on_this_machine(server: str) -> bool:
    """Whether host:port is this machine's loopback."""
    host = server.strip().rpartition(":")[0].strip("[]") or server.strip()
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class KafkaSettings(Section):
    """The cluster and how to be a member of the group."""

    bootstrap_servers: str = Field(default="127.0.0.1:9092", min_length=1, description="host:port, comma-separated")
    group_id: str = Field(default="moderator", min_length=1, description="Consumer group")
    group_instance_id: str | None = Field(
        default=None, min_length=1, description="Static membership: a name that survives restarts"
    )
    client_id: str = Field(default="moderator", min_length=1, description="Name in the broker's logs and quotas")
    security_protocol: SecurityProtocol = Field(
        default=SecurityProtocol.PLAINTEXT, description="PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"
    )
    sasl_mechanism: SaslMechanism = Field(
        default=SaslMechanism.SCRAM_SHA_512, description="PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER"
    )
    allow_plaintext: bool = Field(
        default=False, validate_default=True, description="Messages may travel unencrypted to other machines"
    )
    sasl_username: str | None = Field(default=None, validate_default=True, description="For a SASL protocol")
    sasl_token_file: Path | None = Field(
        default=None, validate_default=True, description="For OAUTHBEARER: file that holds a fresh token"
    )
    sasl_password_file: Path | None = Field(default=None, description="File that holds the password; may be replaced")
    sasl_password: SecretStr | None = Field(
        default=None, validate_default=True, description="For a SASL protocol; a file is safer"
    )
    ssl_ca_file: Path | None = Field(default=None, description="PEM; the system's certificates when unset")
    ssl_cert_file: Path | None = Field(default=None, description="PEM, for mutual TLS")
    ssl_key_file: Path | None = Field(default=None, validate_default=True, description="PEM, for mutual TLS")
    session_timeout_ms: int = Field(
        default=10_000, ge=1_000, le=1_800_000, description="The broker expels a member that is silent for this long"
    )
    max_poll_records: int = Field(default=512, ge=1, le=10_000, description="Records in one batch at the most")
    fetch_max_wait_ms: int = Field(default=500, ge=1, le=30_000, description="Of an empty fetch, at the broker")
    max_fetch_bytes: int = Field(default=16 << 20, ge=1 << 20, description="Bytes of one fetch over all partitions")
    max_request_bytes: int = Field(default=8 << 20, ge=1 << 20, description="Largest request that is published")
    delivery_timeout_s: float = Field(default=120.0, gt=0, description="Publishing is retried this long, then stop")

    @field_validator("sasl_password", mode="before")
    @classmethod
    def _from_file(cls, value: object, info: ValidationInfo) -> object:
        file: Path | None = info.data.get("sasl_password_file")
        if file is None:
            return value
        if value is not None:
            raise ValueError("sasl_password_file is given too")
        try:
            return read_secret(file)
        except ValueError as error:
            raise ValueError(f"sasl_password_file {error}") from None

    @property
    def sasl(self) -> bool:
        """Whether brokers are told who this is by SASL."""
        return self.security_protocol in WITH_SASL

    @field_validator("allow_plaintext")
    @classmethod
    def _unless_on_this_machine(cls, value: bool, info: ValidationInfo) -> bool:  # noqa: FBT001
        protocol = info.data.get("security_protocol")
        far = [server for server in info.data.get("bootstrap_servers", "").split(",") if not on_this_machine(server)]
        if protocol in UNENCRYPTED and far and not value:
            raise ValueError(
                f"security_protocol {protocol} would send messages unencrypted to {far[0].strip()}; set it to SASL_SSL"
                " or SSL, or this to true"
            )
        return value

    @field_validator("sasl_username", "sasl_password")
    @classmethod
    def _needed_for_sasl(cls, value: object, info: ValidationInfo) -> object:
        protocol, mechanism = info.data.get("security_protocol"), info.data.get("sasl_mechanism")
        if protocol in WITH_SASL and mechanism is not SaslMechanism.OAUTHBEARER and not value:
            raise ValueError(f"security_protocol {protocol} needs it")
        return value

    @field_validator("sasl_token_file")
    @classmethod
    def _needed_for_oauth(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        protocol, mechanism = info.data.get("security_protocol"), info.data.get("sasl_mechanism")
        if protocol in WITH_SASL and mechanism is SaslMechanism.OAUTHBEARER:
            if value is None:
                raise ValueError("sasl_mechanism OAUTHBEARER needs it")
            read_secret(value)
        return value

    @field_validator("ssl_key_file")
    @classmethod
    def _with_certificate(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if (value is None) != (info.data.get("ssl_cert_file") is None):
            raise ValueError("ssl_cert_file and ssl_key_file go together")
        return value
