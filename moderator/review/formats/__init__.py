"""How large models are asked and how they answer, by the family of model."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from moderator.review.documents import PolicyText
from moderator.review.formats.generic_json import GenericJson
from moderator.review.formats.gpt_oss_safeguard import GptOssSafeguard
from moderator.review.formats.llama_guard import LlamaGuard
from moderator.review.opinion import Opinion
from moderator.review.prompt import Content, Question


class Format(Protocol):
    """One way to ask and be answered. Whatever the text and the answer are, nothing but what is named is raised."""

    def ask(self, policy: PolicyText, content: Content) -> Question:
        """The question about `content` under `policy`."""

    def read(self, question: Question, answer: str) -> Opinion:
        """The opinion in `answer` to `question`. Raises InvalidOutput."""


class FormatName(StrEnum):
    """What a format is called in settings."""

    GENERIC_JSON = "generic_json"
    GPT_OSS_SAFEGUARD = "gpt_oss_safeguard"
    LLAMA_GUARD = "llama_guard"


FORMATS: Mapping[FormatName, Format] = {
    FormatName.GENERIC_JSON: GenericJson(),
    FormatName.GPT_OSS_SAFEGUARD: GptOssSafeguard(),
    FormatName.LLAMA_GUARD: LlamaGuard(),
}
