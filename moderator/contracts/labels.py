"""The closed vocabulary of what the model scores; its order is the order of the model's outputs."""

from enum import StrEnum


class Label(StrEnum):
    """A moderation category, scored independently of the others."""

    TOXIC = "toxic"
    OBSCENE = "obscene"
    INSULT = "insult"
    THREAT = "threat"
    HATE = "hate"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    SPAM = "spam"


class SentimentLabel(StrEnum):
    """The mood of a text; exactly one holds."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


LABELS: tuple[Label, ...] = tuple(Label)
SENTIMENTS: tuple[SentimentLabel, ...] = tuple(SentimentLabel)
