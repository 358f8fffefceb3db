"""The benchmark's own Kafka clients: librdkafka, which takes little from the cores that are measured."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from confluent_kafka import Consumer, Message, Producer, TopicPartition

from tests.support.real_kafka import RealKafka

READ_TIMEOUT_S = 30.0
AT_ONCE = 1_000
BY_KEY = -1  # librdkafka's way to leave the partition to the key


def new_producer(kafka: RealKafka, **settings: str | int) -> Producer:
    """A producer; `settings` by librdkafka's names with underscores for dots."""
    return Producer(_connection(kafka) | {name.replace("_", "."): value for name, value in settings.items()})


def send(producer: Producer, topic: str, identity: str, text: str, partition: int = BY_KEY) -> None:
    """Hand over a message, keyed by its id."""
    producer.produce(topic, key=identity, value=json.dumps({"id": identity, "text": text}), partition=partition)


@contextmanager
def reading(kafka: RealKafka, offsets: Mapping[str, Sequence[int]]) -> Iterator[Consumer]:
    """A consumer of all partitions of the topics in `offsets`, each from its offset."""
    consumer = Consumer(_connection(kafka) | {"group.id": "load"})
    try:
        consumer.assign(
            [
                TopicPartition(topic, number, offset)
                for topic, of_topic in offsets.items()
                for number, offset in enumerate(of_topic)
            ]
        )
        yield consumer
    finally:
        consumer.close()


def key_of(record: Message) -> str:
    """The key of a fetched record. Raises RuntimeError where it is an error instead."""
    if error := record.error():
        raise RuntimeError(str(error))
    return (record.key() or b"").decode()


def read_topic(kafka: RealKafka, topic: str) -> list[tuple[str, int]]:
    """Key and timestamp (ms since the epoch) of every record that `topic` holds at this moment."""
    ends = kafka.end_offsets(topic)
    found: list[tuple[str, int]] = []
    deadline = time.monotonic() + READ_TIMEOUT_S
    with reading(kafka, {topic: [0] * len(ends)}) as consumer:
        while len(found) < sum(ends):
            found += [(key_of(record), record.timestamp()[1]) for record in consumer.consume(AT_ONCE, 1.0)]
            if time.monotonic() > deadline:
                raise RuntimeError(f"{topic}: {len(found)} of {sum(ends)} records read")
    return found


def _connection(kafka: RealKafka) -> dict[str, str | int | float | bool]:
    return {"bootstrap.servers": kafka.bootstrap_servers, "log_level": 0}
