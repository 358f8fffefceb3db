"""Why reviewers leave a message to others: a closed list, so that leads can count."""

from enum import StrEnum


class SkipReason(StrEnum):
    """What skipped messages tell: of the queue's rules, of the policy, of reviewers' days."""

    LANGUAGE = "language"
    CONTEXT = "context"
    POLICY = "policy"
    TOO_CLOSE = "too_close"
    DISTRESSING = "distressing"
    OTHER = "other"

    @property
    def words(self) -> str:
        """For the form."""
        return WORDS[self]


WORDS = {
    SkipReason.LANGUAGE: "I do not read this language",
    SkipReason.CONTEXT: "The context that it needs is not here",
    SkipReason.POLICY: "The policy does not say",
    SkipReason.TOO_CLOSE: "I know the people, or am too close to it",
    SkipReason.DISTRESSING: "I would rather not read this now",
    SkipReason.OTHER: "Something else",
}
