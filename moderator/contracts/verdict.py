"""The published answer: one for every message, and a final one when a reviewer has decided."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from moderator.contracts.labels import Label, SentimentLabel

Score = float


class Outcome(StrEnum):
    """What the platform should do with the message."""

    ALLOW = "allow"
    BLOCK = "block"
    ESCALATE = "escalate"


class VerdictSource(StrEnum):
    """Who decided."""

    MODEL = "model"
    LLM = "llm"
    HUMAN = "human"


class ReasonCode(StrEnum):
    """Why the outcome is not a plain allow."""

    BLOCK_THRESHOLD = "block_threshold"
    ESCALATE_THRESHOLD = "escalate_threshold"
    TRUNCATED = "truncated"


class _Output(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Reason(_Output):
    """One rule that fired."""

    code: ReasonCode
    label: Label | None = None
    score: Score | None = Field(default=None, ge=0, le=1)
    threshold: float | None = Field(default=None, ge=0, le=1)


class LabelScores(_Output):
    """A calibrated score for every label."""

    toxic: Score = Field(ge=0, le=1)
    obscene: Score = Field(ge=0, le=1)
    insult: Score = Field(ge=0, le=1)
    threat: Score = Field(ge=0, le=1)
    hate: Score = Field(ge=0, le=1)
    sexual: Score = Field(ge=0, le=1)
    self_harm: Score = Field(ge=0, le=1)
    spam: Score = Field(ge=0, le=1)


class SentimentScores(_Output):
    """Probabilities that add up to 1."""

    negative: Score = Field(ge=0, le=1)
    neutral: Score = Field(ge=0, le=1)
    positive: Score = Field(ge=0, le=1)


class Sentiment(_Output):
    """The mood of the text."""

    label: SentimentLabel
    scores: SentimentScores


class Versions(_Output):
    """What decided: the first 16 hex digits of each file's SHA-256, the program's version, the execution provider."""

    model: str
    tokenizer: str
    calibration: str
    policy: str
    software: str
    provider: str


class Origin(_Output):
    """The record that carried the message."""

    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    timestamp_ms: int = Field(description="Kafka's timestamp of the record, milliseconds since the epoch")


class Timings(_Output):
    """Milliseconds that the message's batch spent in each stage before the verdict was published."""

    queue_ms: float = Field(ge=0, description="From the fetch to the start of work")
    decode_ms: float = Field(ge=0)
    tokenize_ms: float = Field(ge=0)
    infer_ms: float = Field(ge=0)


class Verdict(_Output):
    """The answer for one message. The same record under the same versions gives the same `id`."""

    id: str
    message_id: str
    outcome: Outcome
    labels: tuple[Label, ...] = Field(description="Labels at or above their escalate_at threshold")
    scores: LabelScores
    sentiment: Sentiment
    reasons: tuple[Reason, ...]
    source: VerdictSource
    truncated: bool = Field(description="The text's end lies past the last window that was read")
    versions: Versions
    decided_at: datetime
    origin: Origin | None = Field(default=None, description="Absent where the text did not come from Kafka")
    timings: Timings | None = None
