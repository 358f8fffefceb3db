"""The Kafka envelope, in and out."""

from dataclasses import dataclass
from typing import NamedTuple

Headers = tuple[tuple[str, bytes | None], ...]  # Kafka lets a value be null


class Partition(NamedTuple):
    """A topic's partition."""

    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class Record:
    """One fetched record, its bytes as they came. `timestamp_ms` is Kafka's, in milliseconds since the epoch.

    Of a record that is not `readable` only the place is known: the broker has it, but no client can take it apart.
    """

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Publication:
    """One record to publish."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
