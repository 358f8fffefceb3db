"""A plan's lines, and the steps that mend what differs. None of them deletes a topic or a right. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from moderator.topics.rights import Right
from moderator.topics.wanted import WantedTopic


class State(StrEnum):
    """Of a line of the plan."""

    OK = "ok"
    TO_DO = "to do"
    DONE = "done"
    REFUSED = "refused"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CreateTopic:
    """Make a topic with its settings."""

    topic: WantedTopic


@dataclass(frozen=True, slots=True)
class SetConfig:
    """Change one setting of a topic; the others stay."""

    topic: str
    config: str
    value: str


@dataclass(frozen=True, slots=True)
class AddPartitions:
    """Up to `count`."""

    topic: str
    count: int


@dataclass(frozen=True, slots=True)
class Grant:
    """Give a right."""

    right: Right


Step = CreateTopic | SetConfig | AddPartitions | Grant


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: a topic's or a principal's name, what there is to say, and what would mend it."""

    state: State
    name: str
    detail: str
    step: Step | None = None
