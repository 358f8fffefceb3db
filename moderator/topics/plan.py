"""How topics differ from what is wanted, and the steps that mend it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moderator.topics.following import LARGEST, FoundTopic, following
from moderator.topics.steps import AddPartitions, CreateTopic, Line, SetConfig, State
from moderator.topics.wanted import WantedTopic, counted, days, lasting_ms, most_in_sync

RETENTION, CLEANUP, INSYNC = "retention.ms", "cleanup.policy", "min.insync.replicas"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be done though it cannot be undone."""

    more_partitions: bool = False
    shorter_retention: bool = False


def plan_topics(wanted: Sequence[WantedTopic], found: Mapping[str, FoundTopic | None], allowed: Allowed) -> list[Line]:
    """A line for each difference, or one that says that there is none, topic by topic."""
    lines: list[Line] = []
    for topic in following(wanted, found):
        there = found[topic.name]
        if there is None:
            lines.append(_new(topic))
            continue
        differences = list(_differences(topic, there, allowed))
        lines += differences or [Line(State.OK, topic.name, _described(there))]
    return lines


def _new(topic: WantedTopic) -> Line:
    """Like the topic of messages it may have fewer replicas than were counted on."""
    creation = "create: " + _shape(
        topic.partitions, topic.replicas, topic.min_insync_replicas, topic.retention_ms, topic.max_message_bytes
    )
    if topic.min_insync_replicas > most_in_sync(topic.replicas):
        return Line(State.REFUSED, topic.name, f"{creation}: too many in sync; ask for --replication too")
    return Line(State.TO_DO, topic.name, creation, CreateTopic(topic))


def _differences(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    yield from _partitions(topic, there, allowed)
    if there.replicas < topic.replicas:
        detail = (
            f"{counted(there.replicas, 'replica')}, wanted {topic.replicas}: kafka-reassign-partitions.sh adds them"
        )
        yield Line(State.REFUSED, topic.name, detail)
    yield from _cleanup(topic, there, allowed)
    yield from _retention(topic, there, allowed)
    yield from _insync(topic, there)
    if int(there.configs[LARGEST]) < topic.max_message_bytes:
        yield _change(topic, there, LARGEST, str(topic.max_message_bytes))


def _partitions(topic: WantedTopic, there: FoundTopic, allowed: Allowed) -> Iterator[Line]:
    change = f"{counted(there.partitions, 'partition')}, wanted {topic.partitions}"
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
    if value > most_in_sync(there.replicas):
        detail = f"{INSYNC} {found}, wanted {value}, too many for {counted(there.replicas, 'replica')}"
        yield Line(State.REFUSED, topic.name, detail)
    else:
        yield _change(topic, there, INSYNC, str(value))


def _change(topic: WantedTopic, there: FoundTopic, config: str, value: str) -> Line:
    detail = f"{config} {there.configs[config]}, wanted {value}"
    return Line(State.TO_DO, topic.name, detail, SetConfig(topic.name, config, value))


def _described(there: FoundTopic) -> str:
    insync, kept_ms, largest = (int(there.configs[config]) for config in (INSYNC, RETENTION, LARGEST))
    return _shape(there.partitions, there.replicas, insync, kept_ms, largest)


def _shape(partitions: int, replicas: int, insync: int, kept_ms: int, largest: int) -> str:
    return (
        f"{counted(partitions, 'partition')}, {counted(replicas, 'replica')} ({insync} in sync), kept {days(kept_ms)},"
        f" records up to {largest:,} bytes"
    )
