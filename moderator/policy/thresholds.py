"""The policy file: thresholds per label, with overrides by tenant, channel and source; versioned and validated."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message, TextSource
from moderator.contracts.verdict import Outcome
from moderator.errors import ConfigError

HASH_DIGITS = 16


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Threshold(_Part):
    """Scores from `block_at` on block, from `escalate_at` on they go to a reviewer."""

    escalate_at: float = Field(gt=0, le=1)
    block_at: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Threshold":
        if self.escalate_at >= self.block_at:
            raise ValueError(f"escalate_at {self.escalate_at} must be below block_at {self.block_at}")
        return self


class Override(_Part):
    """Other rules where every given selector matches; later overrides win."""

    tenant: str | None = None
    channel: str | None = None
    source: TextSource | None = None
    labels: dict[Label, Threshold] = Field(default={}, min_length=1)
    unsupported_language: Outcome | None = None

    def matches(self, message: Message) -> bool:
        """Whether `message` is what the override is for."""
        return (
            (self.tenant is None or self.tenant == message.tenant)
            and (self.channel is None or self.channel == message.channel)
            and (self.source is None or self.source == message.source)
        )


class PolicyFile(_Part):
    """The file's form."""

    version: str = Field(min_length=1)
    unsupported_language: Outcome = Outcome.ESCALATE
    labels: dict[Label, Threshold]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A validated policy. `hash` is of the file's bytes."""

    version: str
    hash: str
    thresholds: tuple[Threshold, ...]  # in the order of LABELS
    overrides: tuple[Override, ...]
    unsupported_language: Outcome = Outcome.ESCALATE

    def unsupported_language_for(self, message: Message) -> Outcome:
        """The outcome for `message` when its text is in a language that the model does not read."""
        for override in reversed(self.overrides):
            if override.unsupported_language and override.matches(message):
                return override.unsupported_language
        return self.unsupported_language

    def thresholds_for(self, message: Message) -> tuple[Threshold, ...]:
        """The thresholds that hold for `message`, in the order of LABELS."""
        matching = [override.labels for override in self.overrides if override.matches(message)]
        if not matching:
            return self.thresholds
        chosen = dict(zip(LABELS, self.thresholds, strict=True))
        for labels in matching:
            chosen.update(labels)
        return tuple(chosen[label] for label in LABELS)


def load_policy(path: Path) -> Policy:
    """Read a policy file. Raises ConfigError with every problem in it."""
    try:
        content = path.read_bytes()
        table = tomllib.loads(content.decode())
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except ValueError as error:  # of a TOMLDecodeError, of text that is not UTF-8, and of thousands of digits
        raise ConfigError([f"{path}: not TOML: {error}"]) from None
    except RecursionError:
        raise ConfigError([f"{path}: nested too deeply"]) from None
    return parse_policy(table, str(path), hashlib.sha256(content).hexdigest()[:HASH_DIGITS])


def parse_policy(table: dict[str, Any], source: str, digest: str) -> Policy:
    """Validate a policy table; `source` names it in problems. Raises ConfigError with every problem."""
    problems = _missing(table)
    try:
        file = PolicyFile.model_validate(table)
    except ValidationError as error:
        problems += [
            f"{'.'.join(str(part) for part in e['loc'] if part != '[key]')}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors(include_input=False, include_url=False)
        ]
    else:
        if not problems:
            thresholds = tuple(file.labels[label] for label in LABELS)
            return Policy(file.version, digest, thresholds, file.overrides, file.unsupported_language)
    raise ConfigError([f"{source}: {problem}" for problem in problems])


def _missing(table: dict[str, Any]) -> list[str]:
    """What the form cannot ask for field by field, found in the raw table: these stand beside the form's problems."""
    labels, overrides = table.get("labels"), table.get("overrides")
    problems = [f"labels.{label}: missing" for label in LABELS if isinstance(labels, dict) and label not in labels]
    for number, override in enumerate(overrides if isinstance(overrides, list) else ()):
        if isinstance(override, dict) and not override.keys() & {"tenant", "channel", "source"}:
            problems.append(f"overrides.{number}: needs a tenant, a channel or a source")
        if isinstance(override, dict) and not override.keys() & {"labels", "unsupported_language"}:
            problems.append(f"overrides.{number}: needs labels or unsupported_language")
    return problems
