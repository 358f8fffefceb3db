"""A record that could not get a verdict: its own key, value and headers untouched, and these headers beside them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, ValidationError, WithJsonSchema

from moderator.contracts.record import Headers
from moderator.errors import DeadLetterCode


class Stage(StrEnum):
    """Where the record failed."""

    DECODE = "decode"
    INFER = "infer"
    PUBLISH = "publish"


# Header values are text, numbers too.
HeaderNumber = Annotated[
    int,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]+$"}, mode="serialization"),
]


class DeadLetter(BaseModel):
    """The headers that a dead letter carries beside the record's own. Its value is the record's, byte for byte."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    stage: Stage = Field(alias="moderator.error.stage", description="Where the record failed")
    code: DeadLetterCode = Field(alias="moderator.error.code", description="Why, from a closed list")
    where: str | None = Field(
        default=None,
        alias="moderator.error.where",
        description="JSON Pointer of the offending field, or the name of the offending header",
    )
    attempts: HeaderNumber = Field(
        ge=1,
        alias="moderator.error.attempts",
        json_schema_extra={"pattern": "^[1-9][0-9]*$"},
        description="How often it was tried",
    )
    first_failed_at: datetime = Field(alias="moderator.error.first_failed_at", description="When it failed")
    consumer_group: str = Field(alias="moderator.error.consumer_group", description="Whose member gave it up")
    version: str = Field(alias="moderator.error.version", description="Of the program")
    topic: str = Field(alias="__connect.errors.topic", description="Topic that the record came from")
    partition: HeaderNumber = Field(ge=0, alias="__connect.errors.partition", description="Its partition there")
    offset: HeaderNumber = Field(ge=0, alias="__connect.errors.offset", description="Its offset there")


def read_dead_letter(headers: Headers) -> DeadLetter | None:
    """What the headers of a record on the dead letters' topic say; None when this program did not write them.

    Of a header that is there twice the last counts: a record that was replayed and failed again carries both.
    """
    named = {name: value.decode("utf-8", "replace") for name, value in headers if value is not None}
    try:
        return DeadLetter.model_validate(named)
    except ValidationError:
        return None
