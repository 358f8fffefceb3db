"""What a user, or a model, wrote."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class TextSource(StrEnum):
    """Who wrote the text. The policy is the same unless an override says otherwise."""

    USER = "user"
    AI = "ai"


class Message(BaseModel):
    """A decoded message. Readers ignore unknown fields; the place of each known one is configurable."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True)

    id: str = Field(min_length=1, max_length=512, description="The platform's own identifier of the message")
    text: str = Field(min_length=1, description="What was written")
    author_id: str | None = Field(default=None, max_length=512, description="Who wrote it, as the platform knows them")
    channel: str | None = Field(default=None, max_length=512, description="Where it was written; policies may differ")
    tenant: str | None = Field(default=None, max_length=512, description="Whose platform it is; policies may differ")
    created_at: datetime | None = Field(default=None, description="When it was written")
    language: str | None = Field(default=None, max_length=64, description="BCP 47 tag, where the platform knows it")
    source: TextSource = Field(default=TextSource.USER, description="Whether a person or a model wrote it")
    reply_to: str | None = Field(default=None, max_length=512, description="Identifier of the message it answers")


MESSAGE_FIELDS: tuple[str, ...] = tuple(Message.model_fields)
