"""A record that could not get a verdict: its own key, value and headers untouched, and these headers beside them."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from moderator.errors import DeadLetterCode


class Stage(StrEnum):
    """Where the record failed."""

    DECODE = "decode"
    INFER = "infer"
    PUBLISH = "publish"


class DeadLetter(BaseModel):
    """The headers that a dead letter carries, as text. The value is not described: it is the original's bytes."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    stage: Stage = Field(alias="moderator.error.stage")
    code: DeadLetterCode = Field(alias="moderator.error.code")
    where: str = Field(default="", alias="moderator.error.where", description="JSON Pointer of the offending field")
    attempts: int = Field(ge=1, alias="moderator.error.attempts")
    first_failed_at: datetime = Field(alias="moderator.error.first_failed_at")
    consumer_group: str = Field(alias="moderator.error.consumer_group")
    version: str = Field(alias="moderator.error.version", description="Of the program")
    topic: str = Field(alias="__connect.errors.topic")
    partition: int = Field(ge=0, alias="__connect.errors.partition")
    offset: int = Field(ge=0, alias="__connect.errors.offset")
