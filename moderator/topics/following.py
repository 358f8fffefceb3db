"""What nobody asked for: a topic that is there keeps it, a new one has it from the topic of messages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from moderator.topics.wanted import WantedTopic, most_in_sync

LARGEST = "max.message.bytes"


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic as the cluster has it; `configs` as they hold, wherever they were set."""

    partitions: int
    replicas: int
    configs: Mapping[str, str]


def following(wanted: Sequence[WantedTopic], found: Mapping[str, FoundTopic | None]) -> list[WantedTopic]:
    """`wanted`, with what follows from the topics that there are."""
    of_messages = next((topic for topic in wanted if topic.noun == "messages"), None)
    if of_messages is None:
        return [_like(topic, found[topic.name]) for topic in wanted]
    there = found[of_messages.name]
    # Answers may be as large as messages.
    least = max(of_messages.max_message_bytes, int(there.configs[LARGEST]) if there else 0)
    example = _like(of_messages, there)
    return [replace(_like(topic, found[topic.name] or example), max_message_bytes=least) for topic in wanted]


def _like(topic: WantedTopic, example: FoundTopic | WantedTopic | None) -> WantedTopic:
    """With what nobody asked for as `example` has it."""
    if example is None:
        return topic
    replicas = example.replicas if "replicas" in topic.unasked else topic.replicas
    return replace(
        topic,
        partitions=example.partitions if "partitions" in topic.unasked else topic.partitions,
        replicas=replicas,
        min_insync_replicas=most_in_sync(replicas) if "in sync" in topic.unasked else topic.min_insync_replicas,
    )
