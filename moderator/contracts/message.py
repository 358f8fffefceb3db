"""What a user, or a model, wrote."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema, field_validator

MAX_IDENTIFIER = 512  # characters; far past any platform's identifiers, far below what a Kafka key or header may hold

# RFC 3339. JSON Schema's `format` only annotates; the pattern refuses.
INSTANT_PATTERN = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$"


class TextSource(StrEnum):
    """Who wrote the text. The policy is the same unless an override says otherwise."""

    USER = "user"
    AI = "ai"


def _in_utc(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


# What producers are asked for; the reader takes more, as Message says.
Identifier = Annotated[
    str,
    StringConstraints(max_length=MAX_IDENTIFIER),
    WithJsonSchema({"type": ["string", "integer"], "maxLength": MAX_IDENTIFIER}, mode="validation"),
]
Instant = Annotated[
    datetime,
    AfterValidator(_in_utc),
    WithJsonSchema(
        {"type": ["string", "number"], "format": "date-time", "pattern": INSTANT_PATTERN}, mode="validation"
    ),
]
Source = Annotated[TextSource, WithJsonSchema({"enum": [*TextSource, None]}, mode="validation")]


class Message(BaseModel):
    """What was written, and where. Readers ignore unknown fields; the place of each known one is configurable, and null
    counts as absent.

    The reader is more lenient than the schema: a number stands for its decimal text (but a fraction is no `id`, since
    its text need not be the sender's), a time without an offset is UTC. It stops there: an optional field of another
    type makes the record a dead letter, for tenant, channel and source choose the policy, and the wrong policy in
    silence is worse than a dead letter in sight.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True)

    id: Identifier = Field(
        min_length=1, json_schema_extra={"minLength": 1}, description="The platform's own identifier of the message"
    )
    text: str = Field(
        min_length=1, json_schema_extra={"pattern": r"\S"}, description="What was written; not only white space"
    )
    author_id: Identifier | None = Field(default=None, description="Who wrote it, as the platform knows them")
    channel: Identifier | None = Field(default=None, description="Where it was written; policies may differ")
    tenant: Identifier | None = Field(default=None, description="Whose platform it is; policies may differ")
    created_at: Instant | None = Field(
        default=None, description="When it was written: RFC 3339, or seconds or milliseconds since the epoch"
    )
    language: str | None = Field(default=None, max_length=64, description="BCP 47 tag, where the platform knows it")
    source: Source = Field(default=TextSource.USER, description="Whether a person or a model wrote it")
    reply_to: Identifier | None = Field(default=None, description="Identifier of the message it answers")

    @field_validator("id", mode="before")
    @classmethod
    def _not_a_fraction(cls, value: object) -> object:
        if isinstance(value, float):
            raise ValueError("a number with a fraction or an exponent is no identifier")  # noqa: TRY004  pydantic's way
        return value


MESSAGE_FIELDS: tuple[str, ...] = tuple(Message.model_fields)
