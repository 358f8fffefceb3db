"""The rights of each program, and no more. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from moderator.config import Settings


class Resource(StrEnum):
    """What a right is on."""

    TOPIC = "topic"
    GROUP = "group"


class Operation(StrEnum):
    """Kafka's names. READ and WRITE bring DESCRIBE with them."""

    READ = "READ"
    WRITE = "WRITE"
    DESCRIBE = "DESCRIBE"


class Role(StrEnum):
    """Who needs rights: programs, and the platform that writes messages and reads their verdicts."""

    AGENT = "agent"
    SHADOW = "shadow"
    REVIEWER = "reviewer"
    CONSOLE = "console"
    AUDIT = "audit"
    COMPARE = "compare"
    REPLAY = "replay"
    DEAD_LETTERS = "dead-letters"
    DEAD_LETTERS_REPLAY = "dead-letters-replay"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """That `principal` may do `operation` on the topic or group `name`, from any host."""

    principal: str
    operation: Operation
    resource: Resource
    name: str

    def __str__(self) -> str:
        return f"{self.operation} on {self.resource} {self.name}"


# Read and written topics by noun.
TOPICS: Mapping[Role, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Role.AGENT: (("messages",), ("verdicts", "escalations", "dead_letters")),
    Role.SHADOW: (("messages",), ("shadow",)),
    Role.REVIEWER: (("escalations", "decisions"), ("decisions", "verdicts", "dead_letters")),
    Role.CONSOLE: (("escalations", "decisions"), ("decisions", "verdicts", "dead_letters")),
    Role.AUDIT: (("messages", "verdicts", "dead_letters"), ()),
    Role.COMPARE: (("verdicts", "shadow"), ()),
    Role.REPLAY: (("verdicts", "messages"), ()),
    Role.DEAD_LETTERS: (("dead_letters",), ()),
    Role.DEAD_LETTERS_REPLAY: (("dead_letters",), ("messages",)),
    Role.PLATFORM: (("verdicts",), ("messages",)),
}


def rights_of(role: Role, principal: str, settings: Settings) -> list[Right]:
    """Every right that `principal` needs as that."""
    read, written = TOPICS[role]
    if role is Role.AGENT and settings.shadow.by_agents:
        written = (*written, "shadow")
    topics = settings.topics.model_dump()
    rights = [Right(principal, Operation.READ, Resource.TOPIC, topics[noun]) for noun in read]
    rights += [Right(principal, Operation.WRITE, Resource.TOPIC, topics[noun]) for noun in written]
    member_of = {
        Role.AGENT: settings.kafka.group_id,
        Role.SHADOW: settings.shadow.group_id,
        Role.REVIEWER: settings.reviewer.group_id,
        Role.CONSOLE: settings.console.group_id,
    }
    if role in member_of:
        rights.append(Right(principal, Operation.READ, Resource.GROUP, member_of[role]))
    if role is Role.AUDIT:
        rights.append(Right(principal, Operation.DESCRIBE, Resource.GROUP, settings.kafka.group_id))
    return rights
