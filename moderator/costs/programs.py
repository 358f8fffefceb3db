"""What running programs have counted, and which program each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

PROCESSOR = "process_cpu_seconds_total"
ALIVE = "moderator_ready"
"""Every program of ours shows it."""

MODEL = "moderator_model_info"
STAGES = "moderator_cpu_seconds_total"
MESSAGES = "moderator_messages_total"
PADDED_TOKENS = "moderator_batch_tokens_sum"
CACHED_TEXTS = "moderator_cached_texts_total"
REQUESTS = "moderator_llm_requests_total"
TOKENS = "moderator_llm_tokens_total"
SPENT = "moderator_llm_cost_total"
DECISIONS = "moderator_decisions_total"
ASKING_SECONDS = "moderator_review_seconds_sum"
PUBLISHED_DECISIONS = "moderator_review_turnaround_seconds_count"
OVERTURNS = "moderator_review_overturns_total"

COUNTERS = (
    PROCESSOR,
    STAGES,
    MESSAGES,
    PADDED_TOKENS,
    CACHED_TEXTS,
    REQUESTS,
    TOKENS,
    SPENT,
    DECISIONS,
    ASKING_SECONDS,
    PUBLISHED_DECISIONS,
    OVERTURNS,
)
"""All that a report is made of; beside them only MODEL is looked at, to know the agents."""


class Counted(NamedTuple):
    """One series: a metric's name, its own labels, and what was counted."""

    name: str
    labels: Mapping[str, str]
    value: float


class Role(StrEnum):
    """What a program does."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    CONSOLE = "console"
    SHADOW = "model on trial"


@dataclass(frozen=True, slots=True)
class Program:
    """One process."""

    series: tuple[Counted, ...]

    @property
    def role(self) -> Role:
        """By what only such a program shows; each shows it from its start, at 0."""
        if self.has(MODEL):
            return Role.AGENT
        if self.has(REQUESTS):
            return Role.REVIEWER
        return Role.CONSOLE if self.has(OVERTURNS, source="human") else Role.SHADOW

    def has(self, name: str, **labels: str) -> bool:
        """Whether it shows such a series."""
        return any(True for _ in self._values(name, labels))

    def sum(self, name: str, **labels: str) -> float:
        """Of all series with these labels."""
        return sum(self._values(name, labels))

    def by(self, name: str, label: str) -> dict[str, float]:
        """By the values of a label."""
        return {each.labels[label]: each.value for each in self.series if each.name == name and label in each.labels}

    def _values(self, name: str, labels: Mapping[str, str]) -> list[float]:
        return [each.value for each in self.series if each.name == name and labels.items() <= each.labels.items()]
