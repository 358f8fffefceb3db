"""What a large model's endpoint gave back, before anything is read into it."""

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """How an answer ended."""

    COMPLETE = "complete"
    CUT_SHORT = "cut_short"  # at the limit of its length
    REFUSED = "refused"  # by the model, or by its provider's filter


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. Tokens are those of the request that was answered, as the endpoint counts them; 0 if it does not."""

    text: str
    ending: Ending
    input_tokens: int
    output_tokens: int


class FormatUnsupported(Exception):
    """The endpoint refuses a request, perhaps for the form of answer that it asks for."""
