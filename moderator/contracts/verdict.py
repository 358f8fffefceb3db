"""The published answer: one for every message, and a final one when a reviewer has decided."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from moderator.contracts.labels import Label, SentimentLabel

Score = Annotated[float, Field(ge=0, le=1)]


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
    """Why the outcome is not a plain allow, or why people look at it."""

    BLOCK_THRESHOLD = "block_threshold"
    ESCALATE_THRESHOLD = "escalate_threshold"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    AUDIT_SAMPLE = "audit_sample"  # the model was sure, and people check it: of escalations, never of a first verdict


class Output(BaseModel):
    """What this program publishes. Readers ignore unknown fields; an optional field is absent, never null."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Reason(Output):
    """One rule that fired. The rules about a label name it, its score and the threshold that it reached."""

    code: ReasonCode = Field(description="Which rule")
    label: Label | None = Field(default=None, description="The label whose score reached the threshold")
    score: Score | None = Field(default=None, description="That label's score")
    threshold: Score | None = Field(default=None, description="The threshold that it reached")


class LabelScores(Output):
    """A calibrated score for every label."""

    toxic: Score
    obscene: Score
    insult: Score
    threat: Score
    hate: Score
    sexual: Score
    self_harm: Score
    spam: Score


class SentimentScores(Output):
    """Probabilities that add up to 1."""

    negative: Score
    neutral: Score
    positive: Score


class Sentiment(Output):
    """The mood of the text."""

    label: SentimentLabel = Field(description="The likeliest")
    scores: SentimentScores = Field(description="Of each mood, rounded; they add up to 1")


class Versions(Output):
    """What decided: the first 16 hex digits of each file's SHA-256, the program's version, the execution provider."""

    model: str = Field(description="Of the model file")
    tokenizer: str = Field(description="Of the tokenizer file")
    calibration: str = Field(description="Of the calibration file")
    policy: str = Field(description="Of the policy file")
    software: str = Field(description="Of this program")
    provider: str = Field(description="ONNX Runtime's name of what the model ran on")


class Origin(Output):
    """The record that carried the message."""

    topic: str
    partition: int = Field(ge=0)
    offset: int = Field(ge=0)
    timestamp_ms: int = Field(description="Kafka's timestamp of the record, milliseconds since the epoch")


class Timings(Output):
    """Milliseconds that the message's batch spent in each stage before the verdict was published."""

    queue_ms: float = Field(ge=0, description="From the fetch to the start of work")
    decode_ms: float = Field(ge=0, description="Bytes to messages")
    tokenize_ms: float = Field(ge=0, description="Text to tokens")
    infer_ms: float = Field(ge=0, description="Tokens to scores")


class PolicyDocument(Output):
    """The rules that a reviewer went by, as they stood."""

    id: str = Field(min_length=1, description="Of the policy document")
    version: str = Field(min_length=1, description="Its version, as its author wrote it")
    hash: str = Field(min_length=1, description="The first 16 hex digits of its SHA-256")


class Action(StrEnum):
    """What a decision asks the platform to do with the content."""

    NONE = "none"
    REMOVE = "remove"


class Statement(Output):
    """What a statement of reasons needs: Regulation (EU) 2022/2065, article 17. Its unique id is the verdict's."""

    automated_detection: bool = Field(description="Software brought the content to a reviewer")
    automated_decision: bool = Field(description="Software decided, no person")
    ground: PolicyDocument = Field(description="The policy that was applied")
    rules: tuple[str, ...] = Field(description="Rules of it that the content breaks; empty when it breaks none")
    facts: str = Field(description="What the decision rests on; quotes nothing of the content")
    content_created_at: datetime | None = Field(default=None, description="When the content was written")
    content_language: str | None = Field(default=None, description="BCP 47 tag, where the platform knows it")
    action: Action = Field(description="What follows for the content")
    expires_at: datetime | None = Field(default=None, description="When the action ends; absent: it does not")


class Verdict(Output):
    """The answer for one message. The same record under the same versions gives the same id."""

    id: str = Field(description="Deterministic, so that a duplicate is recognisable")
    message_id: str = Field(description="The message's own identifier")
    outcome: Outcome = Field(description="What the platform should do with the message")
    labels: tuple[Label, ...] = Field(description="Labels at or above their escalate_at threshold")
    scores: LabelScores = Field(description="Of every label, calibrated, 0 to 1")
    sentiment: Sentiment = Field(description="The mood of the text; it decides nothing")
    reasons: tuple[Reason, ...] = Field(description="Every rule that fired, gravest first; empty for a plain allow")
    source: VerdictSource = Field(description="Who decided")
    truncated: bool = Field(description="The text's end lies past the last window that was read")
    versions: Versions = Field(description="What decided, to reproduce it")
    decided_at: datetime = Field(description="When, by this program's clock")
    origin: Origin | None = Field(
        default=None, description="The record that carried it; absent where the text did not come from Kafka"
    )
    timings: Timings | None = Field(default=None, description="Where the time went")
    replaces: str | None = Field(default=None, description="In a final verdict: id of the one before it")
    statement: Statement | None = Field(default=None, description="In a final verdict: what its reasons rest on")
