"""What the pipeline needs from outside."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from moderator.contracts.record import Partition, Publication, Record
from moderator.contracts.scores import Scores, Tokens
from moderator.review.reply import Reply

OnRevoked = Callable[[], Awaitable[None]]
OnAssigned = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What a member has not fetched yet of a partition, by what the broker said last, and the Kafka timestamp of the
    last record that it has fetched; None before the first.
    """

    records: int
    reached_ms: int | None


class Source(Protocol):
    """A member of a consumer group on the messages topic."""

    async def start(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        """Join the group. `on_revoked` is awaited before partitions are given up, `on_assigned` after new ones came.

        Raises BrokerUnavailable.
        """

    async def fetch(self, max_records: int) -> Sequence[Record]:
        """What has arrived, at most `max_records`; waits a fraction of a second and may return nothing.

        Must be called, or keep_alive, for the member to stay in the group. Raises BrokerUnavailable.
        """

    async def keep_alive(self) -> None:
        """Stay in the group without taking records."""

    def assignment(self) -> frozenset[Partition]:
        """The partitions owned at this moment."""

    def backlog(self) -> Mapping[Partition, Backlog]:
        """Of each partition that is owned what waits in it, as soon as the broker has told; asks nobody."""

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        """Commit the next offset of each partition. False when it was refused: the records will come again."""

    async def stop(self) -> None:
        """Leave the group."""


class Publisher(Protocol):
    """Publishes with confirmation."""

    async def start(self) -> None:
        """Connect. Raises BrokerUnavailable."""

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        """Return once each publication is acknowledged by all in-sync replicas, but for those returned, which the
        broker refuses for their size however often they are sent.

        Raises BrokerUnavailable after the delivery timeout; then some may have been published.
        """

    async def stop(self) -> None:
        """Disconnect."""


def nothing() -> None:
    """What is called where nobody wants to know."""


class Classifier(Protocol):
    """Text to scores. Both methods block the calling thread and are safe to call from several."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Windows of token ids of each text."""

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
        """Scores of each text. Any exception means that no text has scores. `nearly_done` is called when
        little work is left: time to get more. Who does not know does not call it.
        """


class LargeModel(Protocol):
    """Asks a large model, wherever it runs."""

    async def ask(
        self, messages: Sequence[Mapping[str, Any]], response_format: Mapping[str, Any] | None, deadline_s: float
    ) -> Reply:
        """One answer, in `response_format` where that is named.

        Raises TimeoutError at the deadline, ReviewerUnavailable when nobody answers, FormatUnsupported.
        """


Clock = Callable[[], float]
"""Monotonic seconds."""
