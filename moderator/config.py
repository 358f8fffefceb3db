"""Settings: frozen, parsed once, every problem reported together. The only reader of the environment."""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from moderator.console_settings import ConsoleSettings
from moderator.contracts.json_pointer import parse_pointer
from moderator.cost_settings import CostSettings
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings, Section
from moderator.reviewer_settings import ReviewerSettings
from moderator.shadow_settings import ShadowSettings
from moderator.tracing_settings import TracingSettings

PREFIX = "MODERATOR_"
FILE_VARIABLE = f"{PREFIX}CONFIG"
UNKNOWN = "unknown setting; `moderator config show` lists them all"


TopicName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,249}$")]  # what Kafka takes


class TopicSettings(Section):
    """Names of the topics."""

    messages: TopicName = Field(default="moderation.messages", description="Read: what users wrote")
    verdicts: TopicName = Field(
        default="moderation.verdicts", validate_default=True, description="Written: an answer for every message"
    )
    escalations: TopicName = Field(
        default="moderation.escalations", validate_default=True, description="Written: what a reviewer should see"
    )
    decisions: TopicName = Field(
        default="moderation.decisions", validate_default=True, description="What reviewers decided"
    )
    dead_letters: TopicName = Field(
        default="moderation.dead-letters", validate_default=True, description="Written: records that are no messages"
    )
    shadow: TopicName = Field(
        default="moderation.shadow", validate_default=True, description="Written: what a shadow would have answered"
    )

    @field_validator("*")
    @classmethod
    def _of_its_own(cls, value: str, info: ValidationInfo) -> str:
        for name, other in info.data.items():
            if value == other:
                raise ValueError(f"the topic {value} is that of {name} already")
        return value


class InputSettings(Section):
    """Where a platform's JSON holds each field of a message, as JSON Pointers; and what is too long.

    A field whose pointer is empty is not read: RFC 6901 has the empty pointer mean the whole document, which is no
    field's value.
    """

    id_pointer: str = Field(default="/id", description="Empty: the CloudEvent's id")
    text_pointer: str = Field(default="/text", min_length=1, description="JSON Pointer of the text")
    author_id_pointer: str = Field(default="/author_id", description="Empty: not read")
    channel_pointer: str = Field(default="/channel", description="Empty: not read")
    tenant_pointer: str = Field(default="/tenant", description="Empty: not read")
    created_at_pointer: str = Field(default="/created_at", description="Empty: the CloudEvent's time")
    language_pointer: str = Field(default="/language", description="Empty: not read")
    source_pointer: str = Field(default="/source", description="Empty: not read, all are users' texts")
    reply_to_pointer: str = Field(default="/reply_to", description="Empty: not read")
    max_text_characters: int = Field(default=100_000, ge=1, le=10_000_000, description="Longer texts are dead letters")

    @field_validator("*")
    @classmethod
    def _is_pointer(cls, value: object) -> object:
        if isinstance(value, str):
            parse_pointer(value)
        return value

    def pointers(self) -> dict[str, str]:
        """Pointer of each field of a message that is read."""
        pointers = {name: value for name, value in self.model_dump().items() if name.endswith("_pointer") and value}
        return {name.removesuffix("_pointer"): pointer for name, pointer in pointers.items()}


class ModelSettings(Section):
    """The model directory and how to run it."""

    directory: Path | None = Field(default=None, description="The shipped model when unset")
    provider: Literal["auto", "OpenVINOExecutionProvider", "CPUExecutionProvider"] = Field(
        default="auto", description="ONNX Runtime's name of what runs the model; auto: the fastest that is installed"
    )
    threads: int = Field(default=0, ge=0, le=256, description="Cores to run on; 0: all that the process may use")
    token_budget: int = Field(default=256, ge=128, le=65_536, description="Padded tokens in one inference call")
    # 41,943 texts, the last minute of an agent that takes 700/s: a flood's repetitions follow each other more closely.
    cache_bytes: int = Field(
        default=16 << 20, ge=0, le=1 << 34, description="Memory for scores of texts that may come again; 0: none"
    )


class PolicySettings(Section):
    """The policy file, and how much of what it decides is checked."""

    file: Path | None = Field(default=None, description="The model's default policy when unset")
    audit_part: float = Field(
        default=0.0, ge=0, le=1, description="Part of what is allowed or blocked that reviewers check all the same"
    )


class BrakeSettings(Section):
    """When too large a part of the records becomes dead letters, fetching stops: nothing is lost, the rest waits."""

    part: float = Field(default=0.5, gt=0, le=1, description="Fetching stops above this part of dead letters")
    window_s: float = Field(default=60.0, gt=0, description="Over this time")
    fewest_records: int = Field(default=200, ge=1, description="Not before so many records were answered in it")
    pause_s: float = Field(default=60.0, ge=0, description="Goes on after this time; 0: only on SIGUSR1")


class HttpSettings(Section):
    """The port of /metrics, /livez, /readyz and /startupz."""

    host: str = Field(default="127.0.0.1", description="Loopback unless told otherwise")
    port: int = Field(default=8080, ge=0, le=65_535, description="0: any free port, which is logged")


class LogSettings(Section):
    """Logging."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="The least that is logged")


class Settings(BaseSettings):
    """Everything that can be set, by environment (`MODERATOR_KAFKA__GROUP_ID`) or a TOML file (`MODERATOR_CONFIG`)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        enable_decoding=False,  # a section's own variable is no JSON document, but a mistake to be named
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        allow_inf_nan=False,
    )

    kafka: KafkaSettings = KafkaSettings()
    topics: TopicSettings = TopicSettings()
    input: InputSettings = InputSettings()
    model: ModelSettings = ModelSettings()
    policy: PolicySettings = PolicySettings()
    shadow: ShadowSettings = ShadowSettings()
    dead_letter_brake: BrakeSettings = BrakeSettings()
    reviewer: ReviewerSettings = ReviewerSettings()
    console: ConsoleSettings = ConsoleSettings()
    http: HttpSettings = HttpSettings()
    log: LogSettings = LogSettings()
    tracing: TracingSettings = TracingSettings()
    costs: CostSettings = CostSettings()
    # A rebalance waits half a minute for its members; one that still drains then is left out.
    drain_timeout_s: float = Field(default=20.0, gt=0, lt=30, description="How long a stop waits for what is in flight")
    # A batch is some seconds of work, a commit is given up after ten.
    hang_timeout_s: float = Field(
        default=120.0, gt=0, description="A step that takes longer hangs, and the program ends uncommitted"
    )

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
        except ValueError as error:  # of a TOMLDecodeError, of text that is not UTF-8, and of thousands of digits
            problems.append(f"{FILE_VARIABLE}: {path}: not TOML: {error}")
        except RecursionError:
            problems.append(f"{FILE_VARIABLE}: {path}: nested too deeply")
    problems += [f"{variable_name(name)}: {UNKNOWN}" for name in table if name not in Settings.model_fields]
    try:
        settings = Settings(**{name: value for name, value in table.items() if name in Settings.model_fields})
    except ValidationError as error:
        problems += [_describe(e) for e in error.errors(include_input=False, include_url=False)]
    else:
        if not problems:
            return settings
    raise ConfigError(list(dict.fromkeys(problems)))


def variable_name(*path: object) -> str:
    """The environment variable of the setting at `path`."""
    return f"{PREFIX}{'__'.join(map(str, path)).upper()}"


def _describe(error: ErrorDetails) -> str:
    message = UNKNOWN if error["type"] == "extra_forbidden" else error["msg"].removeprefix("Value error, ")
    return f"{variable_name(*error['loc'])}: {message}"


# What Kubernetes sets in every pod beside a Service called "moderator..." (its service links); no setting's name.
_SERVICE_LINK = re.compile(r"(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)")
_SERVICE_ADDRESS = re.compile(r"(tcp|udp|sctp)://\S+")


def _is_service_link(name: str, value: str) -> bool:
    linked = _SERVICE_LINK.fullmatch(name) is not None
    return linked or (name.endswith("PORT") and _SERVICE_ADDRESS.fullmatch(value) is not None)


def _unknown_variables() -> list[str]:
    """Variables with the prefix that name no setting: a misspelt one would otherwise be ignored in silence."""
    problems: list[str] = []
    for variable in sorted(os.environ):
        if not variable.upper().startswith(PREFIX) or variable == FILE_VARIABLE:
            continue
        if _is_service_link(variable.removeprefix(PREFIX), os.environ[variable]):
            continue
        fields: Any = Settings.model_fields
        for part in variable.upper().removeprefix(PREFIX).lower().split("__"):
            if not isinstance(fields, dict) or part not in fields:
                problems.append(f"{variable}: {UNKNOWN}")
                break
            section = fields[part].annotation
            is_section = isinstance(section, type) and issubclass(section, BaseModel)
            fields = section.model_fields if is_section else None
    return problems
