"""The uncertain: what a reviewer gets to see, and what they decided."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict

from moderator.contracts.labels import Label
from moderator.contracts.message import Message
from moderator.contracts.verdict import (
    LabelScores,
    Origin,
    Outcome,
    Output,
    PolicyDocument,
    Reason,
    Score,
    Sentiment,
    VerdictSource,
    Versions,
)


class Escalation(Output):
    """A message that the model could not decide, or a check of one that it was sure of, with what a reviewer needs."""

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


class Referral(StrEnum):
    """Why a large model leaves an escalation to people."""

    PROBATION = "probation"  # its agreement with people is not proven under this policy
    SAMPLED = "sampled"  # people decide too, without seeing what it says, to measure that agreement
    ONE_SIDED = "one_sided"  # it would let pass what it alone may not
    UNSURE = "unsure"
    REFUSED = "refused"
    CUT_SHORT = "cut_short"
    INVALID_OUTPUT = "invalid_output"
    TIMED_OUT = "timed_out"
    UNAVAILABLE = "unavailable"
    BUDGET_SPENT = "budget_spent"
    NO_POLICY = "no_policy"  # no document covers what the message was escalated for
    CANARY = "canary"  # nobody's message: a text whose answer is known, to see that the model knows it too


class Suggestion(Output):
    """What a large model says that it may not decide."""

    outcome: Literal[Outcome.ALLOW, Outcome.BLOCK]
    labels: tuple[Label, ...] = ()
    rules: tuple[str, ...] = ()
    rationale: str | None = Field(default=None, description="In the model's words")
    confidence: Score | None = Field(default=None, description="As the model states it; not calibrated")


class Usage(Output):
    """What asking a large model took, requests that failed included."""

    requests: int = Field(ge=0)
    input_tokens: int = Field(ge=0, description="As the endpoint counts them")
    output_tokens: int = Field(ge=0, description="As the endpoint counts them")


# In the words of JSON Schema what the contract checks itself.
DECIDES_OR_REFERS: JsonDict = {
    "if": {"properties": {"outcome": {"const": "escalate"}}, "required": ["outcome"]},
    "then": {"properties": {"source": {"const": "llm"}}, "required": ["referral"]},
    "else": {"properties": {"referral": {"not": {}}}, "required": ["policy"]},
}


class Decision(Output):
    """What a reviewer decided on an escalation, or a large model's word that people must."""

    model_config = ConfigDict(json_schema_extra={"allOf": [DECIDES_OR_REFERS]})

    id: str = Field(description="Of this decision; that of its final verdict follows from it")
    escalation_id: str = Field(description="Of the escalation that it answers")
    message_id: str = Field(description="The message's own identifier")
    outcome: Outcome = Field(description="allow or block; escalate from a large model that leaves it to people")
    labels: tuple[Label, ...] = Field(default=(), description="What the reviewer found in the text")
    rules: tuple[str, ...] = Field(default=(), description="Rules of the policy that the text breaks")
    source: Literal[VerdictSource.LLM, VerdictSource.HUMAN] = Field(description="Who decided")
    reviewer_id: str = Field(min_length=1, description="A person's or model's identifier")
    rationale: str | None = Field(default=None, description="Why, in the reviewer's words")
    policy: PolicyDocument | None = Field(
        default=None, validate_default=True, description="What was applied; absent only where none was"
    )
    replaces: str = Field(min_length=1, description="Id of the verdict that this decision overrules or confirms")
    suggestion_seen: bool = Field(default=False, description="The reviewer knew what a large model says")
    referral: Referral | None = Field(
        default=None, validate_default=True, description="Why a large model leaves it to people"
    )
    suggestion: Suggestion | None = Field(default=None, description="What it says all the same")
    usage: Usage | None = Field(default=None, description="What asking the large model took")
    started_at: datetime | None = Field(default=None, description="When the reviewer first saw it")
    decided_at: datetime = Field(description="When")

    @field_validator("source")
    @classmethod
    def _a_person_decides(cls, value: VerdictSource, info: ValidationInfo) -> VerdictSource:
        if value is VerdictSource.HUMAN and info.data.get("outcome") is Outcome.ESCALATE:
            raise ValueError("a person does not escalate")
        return value

    @field_validator("policy")
    @classmethod
    def _a_decision_has_grounds(cls, value: PolicyDocument | None, info: ValidationInfo) -> PolicyDocument | None:
        if value is None and info.data.get("outcome") is not Outcome.ESCALATE:
            raise ValueError("a decision names its policy")
        return value

    @field_validator("referral")
    @classmethod
    def _with_escalate(cls, value: Referral | None, info: ValidationInfo) -> Referral | None:
        if (value is not None) != (info.data.get("outcome") is Outcome.ESCALATE):
            raise ValueError("outcome escalate and a referral go together")
        return value
