"""aiokafka's records as ours."""

from typing import Any

from moderator.contracts.record import Record

NO_TIMESTAMP_MS = -1  # Kafka's own way to say so


def record_of(fetched: Any) -> Record:
    """The same record; a stand-in for one that cannot be read stays what it is."""
    if isinstance(fetched, Record):
        return fetched
    timestamp_ms = NO_TIMESTAMP_MS if fetched.timestamp is None else fetched.timestamp
    place = fetched.topic, fetched.partition, fetched.offset
    return Record(*place, timestamp_ms, fetched.key, fetched.value, tuple(fetched.headers))
