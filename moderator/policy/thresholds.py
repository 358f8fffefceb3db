"""The policy file: thresholds per label, with overrides by tenant, channel and source; versioned and validated."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message, TextSource
from moderator.errors import ConfigError

HASH_DIGITS = 16


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Threshold(_Part):
    """Scores from `block_at` on block, from `escalate_at` on they go to a reviewer."""

    escalate_at: float = Field(gt=0, le=1)
    block_at: float = Field(gt=0, le=1)


class Override(_Part):
    """Other thresholds where every given selector matches; later overrides win."""

    tenant: str | None = None
    channel: str | None = None
    source: TextSource | None = None
    labels: dict[Label, Threshold] = Field(min_length=1)

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
    labels: dict[Label, Threshold]
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """A validated policy. `hash` is of the file's bytes."""

    version: str
    hash: str
    thresholds: tuple[Threshold, ...]  # in the order of LABELS
    overrides: tuple[Override, ...]

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
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from None
    return parse_policy(table, str(path), hashlib.sha256(content).hexdigest()[:HASH_DIGITS])


def parse_policy(table: dict[str, Any], source: str, digest: str) -> Policy:
    """Validate a policy table; `source` names it in problems. Raises ConfigError with every problem."""
    try:
        file = PolicyFile.model_validate(table)
    except ValidationError as error:
        raise ConfigError(
            [f"{source}: {'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()]
        ) from None
    problems = [f"{source}: labels.{label}: missing" for label in LABELS if label not in file.labels]
    problems += _out_of_order(f"{source}: labels", file.labels)
    for number, override in enumerate(file.overrides):
        if override.tenant is None and override.channel is None and override.source is None:
            problems.append(f"{source}: overrides.{number}: needs a tenant, a channel or a source")
        problems += _out_of_order(f"{source}: overrides.{number}.labels", override.labels)
    if problems:
        raise ConfigError(problems)
    return Policy(file.version, digest, tuple(file.labels[label] for label in LABELS), file.overrides)


def _out_of_order(where: str, labels: dict[Label, Threshold]) -> list[str]:
    return [
        f"{where}.{label}: escalate_at {threshold.escalate_at} must be below block_at {threshold.block_at}"
        for label, threshold in labels.items()
        if threshold.escalate_at >= threshold.block_at
    ]
