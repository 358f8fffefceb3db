"""How topics differ from what is wanted, and the steps that mend it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moderator.topics.steps import AddPartitions, CreateTopic, Line, SetConfig, State
from moderator.topics.wanted import WantedTopic, days, lasting_ms

RETENTION, CLEANUP, INSYNC, LARGEST = "retention.ms", "cleanup.policy", "min.insync.replicas", "max.message.bytes"


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic as the cluster has it; `configs` as they hold, wherever they were set."""

    partitions: int
    replicas: int
    configs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be done though it cannot be undone."""

    more_partitions: bool = False
    shorter_retention: bool = False


def plan_topics(wanted: Sequence[WantedTopic], found: Mapping[str, FoundTopic | None], allowed: Allowed) -> list[Line]:
    """A line for each difference, or one that says that there is none, topic by topic."""
    least = _largest_message(wanted, found)
    lines: list[Line] = []
    for topic in (replace(each, max_message_bytes=least) for each in wanted):
        there = found[topic.name]
        if there is None:
            lines.append(Line(State.TO_DO, topic.name, _creation(topic), CreateTopic(topic)))
            continue
        differences = list(_differences(topic, there, allowed))
        lines += differences or [Line(State.OK, topic.name, _described(there))]
    return lines


def _largest_message(wanted: Sequence[WantedTopic], found: Mapping[str, FoundTopic | None]) -> int:
    """What every topic must take: what was asked for, or what the messages' topic takes, if that is more."""
    sizes = [topic.max_message_bytes for topic in wanted]
    for topic in wanted:
        there = found[topic.name]
        if topic.noun == "messages" and there:
            sizes.append(int(there.configs[LARGEST]))
    return max(sizes)


def _differences(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    yield from _partitions(topic, there, allowed)
    if there.replicas < topic.replicas:
        detail = f"{there.replicas} replicas, wanted {topic.replicas}: kafka-reassign-partitions.sh adds them"
        yield Line(State.REFUSED, topic.name, detail)
    yield from _cleanup(topic, there, allowed)
    yield from _retention(topic, there, allowed)
    yield from _insync(topic, there)
    if int(there.configs[LARGEST]) < topic.max_message_bytes:
        yield _change(topic, there, LARGEST, str(topic.max_message_bytes))


def _partitions(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    change = f"{there.partitions} partitions, wanted {topic.partitions}"
    if there.partitions > topic.partitions:
        yield Line(State.REFUSED, topic.name, f"{change}: Kafka takes none away; ask for {there.partitions}")
    elif there.partitions < topic.partitions and not allowed.more_partitions:
        warning = "keys move to other partitions, so records of one key lose their order; --allow-more-partitions"
        yield Line(State.REFUSED, topic.name, f"{change}: {warning}")
    elif there.partitions < topic.partitions:
        warning = "keys move to other partitions"
        yield Line(State.TO_DO, topic.name, f"{change}: {warning}", AddPartitions(topic.name, topic.partitions))


def _cleanup(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    found = there.configs[CLEANUP]
    if found == "delete":
        return
    if "delete" not in found.split(",") and not allowed.shorter_retention:
        detail = f"{CLEANUP} {found}, wanted delete, which deletes what is older: --allow-shorter-retention"
        yield Line(State.REFUSED, topic.name, detail)
    else:
        yield _change(topic, there, CLEANUP, "delete")


def _retention(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    found, value = int(there.configs[RETENTION]), topic.retention_ms
    if found == value:
        return
    if lasting_ms(value) < lasting_ms(found) and not allowed.shorter_retention:
        detail = f"kept {days(found)}, wanted {days(value)}, which deletes what is older: --allow-shorter-retention"
        yield Line(State.REFUSED, topic.name, detail)
    else:
        detail = f"kept {days(found)}, wanted {days(value)}"
        yield Line(State.TO_DO, topic.name, detail, SetConfig(topic.name, RETENTION, str(value)))


def _insync(topic: WantedTopic, there: FoundTopic) -> Iterator[Line]:
    found, value = int(there.configs[INSYNC]), topic.min_insync_replicas
    if found == value:
        return
    if value > max(1, there.replicas - 1):
        detail = f"{INSYNC} {found}, wanted {value}, too many for {there.replicas} replicas"
        yield Line(State.REFUSED, topic.name, detail)
    else:
        yield _change(topic, there, INSYNC, str(value))


def _change(topic: WantedTopic, there: FoundTopic, config: str, value: str) -> Line:
    detail = f"{config} {there.configs[config]}, wanted {value}"
    return Line(State.TO_DO, topic.name, detail, SetConfig(topic.name, config, value))


def _creation(topic: WantedTopic) -> str:
    return (
        f"create: {topic.partitions} partitions, {topic.replicas} replicas ({topic.min_insync_replicas} in sync), kept"
        f" {days(topic.retention_ms)}, records up to {topic.max_message_bytes:,} bytes"
    )


def _described(there: FoundTopic) -> str:
    return (
        f"{there.partitions} partitions, {there.replicas} replicas ({there.configs[INSYNC]} in sync), kept"
        f" {days(int(there.configs[RETENTION]))}, records up to {int(there.configs[LARGEST]):,} bytes"
    )
