"""What each topic should be like, from the settings and what was asked for. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from moderator.config import Settings
from moderator.errors import ConfigError

DAY_MS = 86_400_000
FOR_EVER = -1  # Kafka's retention without an end
PARTITIONS = 12
REPLICAS = 3
MAX_MESSAGE_BYTES = 1_048_588  # Kafka's own default
# As the chart's KafkaTopics have them.
RETENTION_MS = {
    noun: days * DAY_MS
    for noun, days in {
        "messages": 7,
        "verdicts": 30,
        "escalations": 14,
        "decisions": 35,
        "dead_letters": 30,
        "shadow": 7,
    }.items()
}
Unasked = Literal["partitions", "replicas", "in sync"]
AUDITED = ("verdicts", "dead_letters")  # what `moderator audit` looks for to every message that is kept


@dataclass(frozen=True, slots=True)
class WantedTopic:
    """One topic. `noun` is its setting's name; `max_message_bytes` is the least that it must take; `unasked` is what
    follows the topics that are there, since nobody said how it should be.
    """

    noun: str
    name: str
    partitions: int
    replicas: int
    retention_ms: int
    min_insync_replicas: int
    max_message_bytes: int
    unasked: frozenset[Unasked] = frozenset()

    @property
    def configs(self) -> dict[str, str]:
        """By Kafka's names."""
        return {
            "cleanup.policy": "delete",
            "retention.ms": str(self.retention_ms),
            "min.insync.replicas": str(self.min_insync_replicas),
            "max.message.bytes": str(self.max_message_bytes),
        }


@dataclass(frozen=True, slots=True)
class Terms:
    """What was asked for. `partitions` and `retention_ms` by noun, where they are not those of all."""

    partitions: Mapping[str, int]
    retention_ms: Mapping[str, int]
    all_partitions: int | None = None
    replicas: int | None = None
    min_insync_replicas: int | None = None
    max_message_bytes: int = MAX_MESSAGE_BYTES


def wanted_topics(settings: Settings, terms: Terms) -> list[WantedTopic]:
    """Every topic that is in use; the shadow's, where something is on trial.

    Raises ConfigError with every reason why this could not work.
    """
    kept = RETENTION_MS | dict(terms.retention_ms)
    copies = terms.replicas or REPLICAS
    insync = terms.min_insync_replicas or most_in_sync(copies)
    problems = _too_short(settings, kept)
    if terms.replicas and insync > most_in_sync(copies):  # else the topics that are there tell
        problems.append(
            f"--min-insync-replicas {insync}: must be below --replication {copies}, or the restart of one broker stops"
            " all writing"
        )
    if problems:
        raise ConfigError(problems)
    names = settings.topics.model_dump()
    if not on_trial(settings):
        del names["shadow"]
    return [
        WantedTopic(
            noun,
            name,
            terms.partitions.get(noun) or terms.all_partitions or PARTITIONS,
            copies,
            kept[noun],
            insync,
            terms.max_message_bytes,
            _unasked(noun, terms),
        )
        for noun, name in names.items()
    ]


def _unasked(noun: str, terms: Terms) -> frozenset[Unasked]:
    asked: dict[Unasked, int | None] = {
        "partitions": terms.partitions.get(noun) or terms.all_partitions,
        "replicas": terms.replicas,
        "in sync": terms.min_insync_replicas,
    }
    return frozenset(what for what, value in asked.items() if value is None)


def on_trial(settings: Settings) -> bool:
    """Whether a policy or a model is tried, whose answers need a topic."""
    return settings.shadow.policy_file is not None or settings.shadow.model_directory is not None


def most_in_sync(replicas: int) -> int:
    """All but one, so that one broker may restart; a single one must do."""
    return max(1, replicas - 1)


def counted(number: int, noun: str) -> str:
    """To read."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def lasting_ms(retention_ms: int) -> float:
    """To compare."""
    return math.inf if retention_ms == FOR_EVER else retention_ms


def days(retention_ms: int) -> str:
    """To read."""
    if retention_ms == FOR_EVER:
        return "for ever"
    return f"{retention_ms / DAY_MS:g} day{'' if retention_ms == DAY_MS else 's'}"


def _too_short(settings: Settings, kept: Mapping[str, int]) -> list[str]:
    """What audits and probation would miss."""
    problems = [
        f"--retention {noun}={days(kept[noun])}: below that of messages, {days(kept['messages'])}: `moderator audit`"
        " would miss the answers"
        for noun in AUDITED
        if lasting_ms(kept[noun]) < lasting_ms(kept["messages"])
    ]
    evidence_days = settings.reviewer.evidence_days
    if lasting_ms(kept["decisions"]) < evidence_days * DAY_MS:
        problems.append(
            f"--retention decisions={days(kept['decisions'])}: below MODERATOR_REVIEWER__EVIDENCE_DAYS,"
            f" {evidence_days:g}: the large model's probation compares decisions that far back"
        )
    return problems
