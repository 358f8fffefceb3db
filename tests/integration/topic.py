"""A topic read to its end, by librdkafka, which shares nothing with the agents."""

from typing import cast

from confluent_kafka import OFFSET_BEGINNING, Consumer, Message, TopicPartition

from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka


def records_of(kafka: RealKafka, topic: str) -> list[Message]:
    """All that `topic` holds at this moment, those of a partition in their order."""
    ends = kafka.end_offsets(topic)
    reader = Consumer({"bootstrap.servers": kafka.bootstrap_servers, "group.id": "reader", "log_level": 0})
    try:
        reader.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in range(len(ends))])
        read: list[Message] = []
        while len(read) < sum(ends):
            record = reader.poll(ADMIN_TIMEOUT_S)
            assert record is not None, f"{len(read)} of {sum(ends)} records of {topic}"
            assert record.error() is None, record.error()
            read.append(record)
        return read
    finally:
        reader.close()


def headers_of(record: Message) -> list[tuple[str, bytes]]:
    """In their order."""
    return cast("list[tuple[str, bytes]]", record.headers() or [])  # what is read is bytes
