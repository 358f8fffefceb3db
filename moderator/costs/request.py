"""What one request to the large model takes: measured, or assumed where it was never asked."""

from dataclasses import dataclass
from decimal import Decimal

from moderator.costs.traffic import Traffic
from moderator.review.documents import SHIPPED, load_policies
from moderator.review.formats import FORMATS, FormatName
from moderator.review.prompt import enclose
from moderator.reviewer_settings import ReviewerSettings

MILLION = 1_000_000
BYTES_PER_TOKEN = 4  # a rule of thumb for English prose and the tokenizers of these models
ANSWER_TOKENS = 100  # a small JSON object with a sentence of why


@dataclass(frozen=True, slots=True)
class Request:
    """One request, on average. `money` and `seconds` are None where nobody knows."""

    input_tokens: float
    output_tokens: float
    money: Decimal | None
    seconds: float | None
    measured: bool


def average_request(traffic: Traffic, settings: ReviewerSettings) -> Request:
    """As measured, or assumed. Raises ConfigError where it is to be assumed and the policy documents cannot be read."""
    if not traffic.replies:
        read = _prompt_tokens(settings) + _text_tokens(traffic)
        return Request(read, ANSWER_TOKENS, price(read, ANSWER_TOKENS, settings), None, measured=False)
    read, written = traffic.input_tokens / traffic.replies, traffic.output_tokens / traffic.replies
    return Request(
        read,
        written,
        traffic.spent / Decimal(str(traffic.replies)) if traffic.spent else price(read, written, settings),
        traffic.asking_s / traffic.asked if traffic.asked > 0 else None,
        measured=True,
    )


def price(input_tokens: float, output_tokens: float, settings: ReviewerSettings) -> Decimal | None:
    """Of tokens, at the reviewer's prices; None where it has none."""
    read, written = settings.price_per_million_input, settings.price_per_million_output
    if not (read or written):
        return None
    return (Decimal(str(input_tokens)) * read + Decimal(str(output_tokens)) * written) / MILLION


def _prompt_tokens(settings: ReviewerSettings) -> float:
    """Of the question without a text, on average over the policy documents."""
    documents = load_policies(settings.policies or SHIPPED).documents
    form = FORMATS[FormatName(settings.format)]
    questions = [form.ask(document, enclose("", settings.most_characters)) for document in documents]
    size = sum(len(message["content"].encode()) for question in questions for message in question.messages)
    return size / len(questions) / BYTES_PER_TOKEN


def _text_tokens(traffic: Traffic) -> float:
    """Of one text, by the mini model's tokenizer."""
    return traffic.text_tokens / traffic.texts if traffic.texts else 0.0
