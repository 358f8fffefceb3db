"""Settings: frozen, parsed once, every problem reported together. The only reader of the environment."""

import os
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from moderator.contracts.json_pointer import parse_pointer
from moderator.errors import ConfigError

PREFIX = "MODERATOR_"
FILE_VARIABLE = f"{PREFIX}CONFIG"


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


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class KafkaSettings(_Section):
    """The cluster and how to be a member of the group."""

    bootstrap_servers: str = Field(default="127.0.0.1:9092", min_length=1, description="host:port, comma-separated")
    group_id: str = Field(default="moderator", min_length=1, description="Consumer group")
    group_instance_id: str | None = Field(default=None, description="Static membership: a name that survives restarts")
    client_id: str = Field(default="moderator", min_length=1)
    security_protocol: SecurityProtocol = SecurityProtocol.PLAINTEXT
    sasl_mechanism: SaslMechanism = SaslMechanism.SCRAM_SHA_512
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ssl_ca_file: Path | None = Field(default=None, description="PEM; the system's certificates when unset")
    ssl_cert_file: Path | None = Field(default=None, description="PEM, for mutual TLS")
    ssl_key_file: Path | None = Field(default=None, description="PEM, for mutual TLS")
    session_timeout_ms: int = Field(default=10_000, ge=1_000, le=1_800_000, description="Broker expels a silent member")
    max_poll_records: int = Field(default=512, ge=1, le=10_000, description="Records in one batch at the most")
    max_fetch_bytes: int = Field(default=16 << 20, ge=1 << 20, description="Bytes of one fetch over all partitions")
    max_request_bytes: int = Field(default=8 << 20, ge=1 << 20, description="Largest request that is published")
    delivery_timeout_s: float = Field(default=120.0, gt=0, description="Publishing is retried this long, then stop")

    @model_validator(mode="after")
    def _credentials(self) -> "KafkaSettings":
        if self.security_protocol.value.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(f"security_protocol {self.security_protocol} needs sasl_username and sasl_password")
        if (self.ssl_cert_file is None) != (self.ssl_key_file is None):
            raise ValueError("ssl_cert_file and ssl_key_file go together")
        return self


class TopicSettings(_Section):
    """Names of the topics."""

    messages: str = Field(default="moderation.messages", pattern=r"^[A-Za-z0-9._-]{1,249}$")
    verdicts: str = Field(default="moderation.verdicts", pattern=r"^[A-Za-z0-9._-]{1,249}$")
    escalations: str = Field(default="moderation.escalations", pattern=r"^[A-Za-z0-9._-]{1,249}$")
    decisions: str = Field(default="moderation.decisions", pattern=r"^[A-Za-z0-9._-]{1,249}$")
    dead_letters: str = Field(default="moderation.dead-letters", pattern=r"^[A-Za-z0-9._-]{1,249}$")

    @model_validator(mode="after")
    def _distinct(self) -> "TopicSettings":
        names = list(self.model_dump().values())
        if len(set(names)) < len(names):
            raise ValueError("every topic needs a name of its own")
        return self


class InputSettings(_Section):
    """Where a platform's JSON holds each field of a message, as JSON Pointers; and what is too long."""

    id_pointer: str = "/id"
    text_pointer: str = "/text"
    author_id_pointer: str = "/author_id"
    channel_pointer: str = "/channel"
    tenant_pointer: str = "/tenant"
    created_at_pointer: str = "/created_at"
    language_pointer: str = "/language"
    source_pointer: str = "/source"
    reply_to_pointer: str = "/reply_to"
    max_text_characters: int = Field(default=100_000, ge=1, le=10_000_000, description="Longer texts are dead letters")

    @field_validator("*")
    @classmethod
    def _is_pointer(cls, value: object) -> object:
        if isinstance(value, str):
            parse_pointer(value)
        return value

    def pointers(self) -> dict[str, str]:
        """Pointer of each field of a message."""
        return {name.removesuffix("_pointer"): p for name, p in self.model_dump().items() if name.endswith("_pointer")}


class ModelSettings(_Section):
    """The model directory and how to run it."""

    directory: Path | None = Field(default=None, description="The shipped model when unset")
    provider: Literal["auto", "OpenVINOExecutionProvider", "CPUExecutionProvider"] = "auto"
    threads: int = Field(default=0, ge=0, le=256, description="Cores to run on; 0: all that the process may use")
    token_budget: int = Field(default=1024, ge=128, le=65_536, description="Padded tokens in one inference call")


class PolicySettings(_Section):
    """The policy file."""

    file: Path | None = Field(default=None, description="The model's default policy when unset")


class HttpSettings(_Section):
    """The port of /metrics, /livez, /readyz and /startupz."""

    host: str = Field(default="127.0.0.1", description="Loopback unless told otherwise")
    port: int = Field(default=8080, ge=0, le=65_535, description="0: any free port, which is logged")


class LogSettings(_Section):
    """Logging."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(BaseSettings):
    """Everything that can be set, by environment (`MODERATOR_KAFKA__GROUP_ID`) or by a TOML file (`MODERATOR_CONFIG`)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid", hide_input_in_errors=True
    )

    kafka: KafkaSettings = KafkaSettings()
    topics: TopicSettings = TopicSettings()
    input: InputSettings = InputSettings()
    model: ModelSettings = ModelSettings()
    policy: PolicySettings = PolicySettings()
    http: HttpSettings = HttpSettings()
    log: LogSettings = LogSettings()
    drain_timeout_s: float = Field(default=20.0, gt=0, le=600, description="How long a stop waits for what is in flight")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes in by keyword."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def load_settings() -> Settings:
    """Read the environment and the file it names. Raises ConfigError with every problem found."""
    problems = _unknown_variables()
    table: dict[str, Any] = {}
    if path := os.environ.get(FILE_VARIABLE):
        try:
            table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            problems.append(f"{FILE_VARIABLE}: {path}: cannot be read: {error.strerror}")
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            problems.append(f"{FILE_VARIABLE}: {path}: not TOML: {error}")
    try:
        settings = Settings(**table)
    except ValidationError as error:
        problems += [_describe(e["loc"], e["msg"]) for e in error.errors(include_input=False, include_url=False)]
    else:
        if not problems:
            return settings
    raise ConfigError(list(dict.fromkeys(problems)))


def _describe(location: tuple[int | str, ...], message: str) -> str:
    return f"{PREFIX}{'__'.join(str(part) for part in location).upper()}: {message.removeprefix('Value error, ')}"


def _unknown_variables() -> list[str]:
    """Variables with the prefix that name no setting: a misspelt one would otherwise be ignored in silence."""
    problems: list[str] = []
    for variable in sorted(os.environ):
        if not variable.upper().startswith(PREFIX) or variable.upper() == FILE_VARIABLE:
            continue
        fields: Any = Settings.model_fields
        for part in variable.upper().removeprefix(PREFIX).lower().split("__"):
            if not isinstance(fields, dict) or part not in fields:
                problems.append(f"{variable}: unknown setting; `moderator config show` lists them all")
                break
            section = fields[part].annotation
            is_section = isinstance(section, type) and issubclass(section, BaseModel)
            fields = section.model_fields if is_section else None
    return problems
