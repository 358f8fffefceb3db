"""The exception tree: what the program does on seeing each.

ModeratorError
├── ConfigError            start-up: every problem listed, exit 2
├── ModelError             start-up: what differs, exit 3
├── PoisonRecord           dead-letter the record, commit, go on
│   ├── DecodeError        the bytes are not a JSON document
│   ├── ContractError      the document is not a message
│   └── OversizedMessage   the text is longer than the limit
└── TransientError         retry with backoff, then stop uncommitted
    ├── BrokerUnavailable
    ├── ReviewerUnavailable
    ├── StoreUnavailable
    └── MetricsUnavailable

Anything else is a bug: the program ends loudly and uncommitted. No message of these quotes what a user wrote.
"""

from collections.abc import Sequence
from enum import StrEnum


class DeadLetterCode(StrEnum):
    """Why a record could not get a verdict: a closed list, since exception text can quote what a user wrote."""

    TOMBSTONE = "tombstone"
    INVALID_ENCODING = "invalid_encoding"
    INVALID_JSON = "invalid_json"
    INVALID_CLOUDEVENT = "invalid_cloudevent"
    NOT_AN_OBJECT = "not_an_object"
    MISSING_FIELD = "missing_field"
    INVALID_FIELD = "invalid_field"
    EMPTY_TEXT = "empty_text"
    TEXT_TOO_LONG = "text_too_long"
    INFERENCE_FAILED = "inference_failed"
    OUTPUT_TOO_LARGE = "output_too_large"


class ModeratorError(Exception):
    """Root of everything this program raises on purpose."""


class ConfigError(ModeratorError):
    """Settings, policy or input files that cannot work; the program ends with exit code 2 before it starts."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class ModelError(ModeratorError):
    """A model directory that is missing, altered or does not reproduce its golden scores; exit code 3."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class PoisonRecord(ModeratorError):
    """A record that no retry can mend; it becomes a dead letter and its neighbours go on."""

    def __init__(self, code: DeadLetterCode, where: str = "") -> None:
        self.code = code
        self.where = where
        super().__init__(f"{code}{f' at {where}' if where else ''}")


class DecodeError(PoisonRecord):
    """The record's bytes are not a JSON document."""


class ContractError(PoisonRecord):
    """The record's document is not a message."""


class OversizedMessage(PoisonRecord):
    """The message's text is longer than the configured limit."""


class TransientError(ModeratorError):
    """Trouble outside that may pass: retried with backoff, then the program stops with nothing committed."""


class BrokerUnavailable(TransientError):
    """The broker does not answer, or not with what was asked for."""


class ReviewerUnavailable(TransientError):
    """The large model's endpoint does not answer."""


class StoreUnavailable(TransientError):
    """The review store does not answer."""


class MetricsUnavailable(TransientError):
    """A program's page of metrics, or the Prometheus that keeps them, does not answer."""
