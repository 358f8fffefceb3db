"""The uncertain: what a reviewer gets to see, and what they decided."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from moderator.contracts.labels import Label
from moderator.contracts.message import Message
from moderator.contracts.verdict import (
    LabelScores,
    Origin,
    Outcome,
    Output,
    Reason,
    Sentiment,
    VerdictSource,
    Versions,
)


class Escalation(Output):
    """A message that the model could not decide, with what a reviewer needs to."""

    id: str = Field(description="The verdict's")
    message_id: str = Field(description="The message's own identifier")
    message: Message = Field(description="The message with its text, as it was decoded")
    reasons: tuple[Reason, ...] = Field(min_length=1, description="Why it was escalated, gravest first")
    scores: LabelScores = Field(description="Of every label, calibrated, 0 to 1")
    sentiment: Sentiment = Field(description="The mood of the text")
    truncated: bool = Field(description="The model has not read the text to its end")
    versions: Versions = Field(description="What escalated it")
    origin: Origin = Field(description="The record that carried it")
    escalated_at: datetime = Field(description="When, by this program's clock")


class Decision(Output):
    """What a reviewer decided on an escalation."""

    id: str = Field(description="Of this decision")
    escalation_id: str = Field(description="Of the escalation that it answers")
    message_id: str = Field(description="The message's own identifier")
    outcome: Literal[Outcome.ALLOW, Outcome.BLOCK] = Field(description="A reviewer does not escalate")
    labels: tuple[Label, ...] = Field(default=(), description="What the reviewer found in the text")
    source: Literal[VerdictSource.LLM, VerdictSource.HUMAN] = Field(description="Who decided")
    reviewer_id: str = Field(min_length=1, description="A person's or model's identifier")
    rationale: str | None = Field(default=None, description="Why, in the reviewer's words")
    policy: str = Field(description="Version of the policy that was applied")
    decided_at: datetime = Field(description="When")
