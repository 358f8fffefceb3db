"""The uncertain: what a reviewer gets to see, and what they decided."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from moderator.contracts.labels import Label
from moderator.contracts.message import Message
from moderator.contracts.verdict import LabelScores, Origin, Outcome, Reason, Sentiment, VerdictSource, Versions


class _Output(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Escalation(_Output):
    """A message that the model could not decide, with what a reviewer needs to. `id` is the verdict's."""

    id: str
    message_id: str
    message: Message = Field(description="The message with its text, as it was decoded")
    reasons: tuple[Reason, ...] = Field(min_length=1)
    scores: LabelScores
    sentiment: Sentiment
    truncated: bool
    versions: Versions
    origin: Origin
    escalated_at: datetime


class Decision(_Output):
    """What a reviewer decided on an escalation."""

    id: str
    escalation_id: str
    message_id: str
    outcome: Literal[Outcome.ALLOW, Outcome.BLOCK]
    labels: tuple[Label, ...] = ()
    source: Literal[VerdictSource.LLM, VerdictSource.HUMAN]
    reviewer_id: str = Field(min_length=1, description="A person's or model's identifier")
    rationale: str | None = None
    policy: str = Field(description="Version of the policy that was applied")
    decided_at: datetime
