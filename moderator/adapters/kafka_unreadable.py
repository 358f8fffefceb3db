"""Past a record that aiokafka cannot read.

Kafka takes any bytes for the name of a header, and some clients write them; aiokafka raises UnicodeDecodeError where
they are not UTF-8. By then it has moved past whatever the same poll had taken from other partitions, and it raises
again at every poll: one such record would end every agent that meets it. What follows it in its batch, which is its
own producer's, cannot be reached either.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiokafka import TopicPartition

from moderator.adapters.kafka_record import NO_TIMESTAMP_MS
from moderator.contracts.record import Record

IDLE_S = 0.01
SEARCH_S = 5.0  # if the record does not turn up, polling goes on as ever, and perhaps meets it again

Fetched = Mapping[TopicPartition, Sequence[Any]]


async def step_over_unreadable(
    consumer: Any, positions: Mapping[TopicPartition, int], max_records: int, revocations: Callable[[], int]
) -> tuple[int, Fetched]:
    """Go back to `positions`, the next offsets that were not returned yet, and take records one by one.

    Ends with a stand-in for the record that cannot be read, of which only the place is known; or without it, with
    `max_records`, or when the search takes long. Returns the number of revocations, and what was taken since the last.
    """
    seen = revocations()
    for partition in consumer.assignment():
        await _rewind(consumer, partition, positions)
    taken: list[tuple[TopicPartition, Any]] = []
    deadline = time.monotonic() + SEARCH_S
    while time.monotonic() < deadline:
        before = len(taken)
        for partition in consumer.assignment():
            one = await _one(consumer, partition)
            if seen != revocations():
                seen = revocations()
                taken.clear()
            if one is not None:
                taken.append((partition, one))
            if isinstance(one, Record) or len(taken) == max_records:
                return seen, _by_partition(taken)
        if len(taken) == before:
            await asyncio.sleep(IDLE_S)
    return seen, _by_partition(taken)


async def _rewind(consumer: Any, partition: TopicPartition, positions: Mapping[TopicPartition, int]) -> None:
    """To where the partition was before the poll that failed; nothing returned yet means where its reading began."""
    offset = positions.get(partition)
    if offset is None:
        offset = await consumer.committed(partition)
    if offset is None:
        await consumer.seek_to_beginning(partition)
    else:
        consumer.seek(partition, offset)


async def _one(consumer: Any, partition: TopicPartition) -> Any:
    """The next record of `partition`, a stand-in for it, or None if none has come."""
    try:
        fetched = await consumer.getmany(partition, max_records=1)
    except UnicodeDecodeError:
        pass
    else:
        return next((record for records in fetched.values() for record in records), None)
    offset = await consumer.position(partition)
    consumer.seek(partition, offset + 1)
    return Record(partition.topic, partition.partition, offset, NO_TIMESTAMP_MS, None, None, readable=False)


def _by_partition(taken: Sequence[tuple[TopicPartition, Any]]) -> Fetched:
    fetched: dict[TopicPartition, list[Any]] = defaultdict(list)
    for partition, record in taken:
        fetched[partition].append(record)
    return fetched
