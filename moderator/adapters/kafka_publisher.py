"""Publishing with confirmation on aiokafka."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from moderator.adapters.kafka import connect, connection
from moderator.adapters.kafka_credentials import Credentials
from moderator.contracts.record import Publication
from moderator.errors import BrokerUnavailable, ConfigError, ModeratorError
from moderator.kafka_settings import KafkaSettings
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero

FIRST_DELAY_S = 0.05
LONGEST_DELAY_S = 5.0
STOP_TIMEOUT_S = 5.0
REQUEST_TIMEOUT_MS = 10_000
MAX_BATCH_BYTES = 262_144
RECORD_OVERHEAD_BYTES = 128  # lengths, and a share of what a batch has round its records; more than they take

# The record, or the batch that it travelled in, is larger than the topic or this producer takes.
TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)
FORBIDDEN = (TopicAuthorizationFailedError, ClusterAuthorizationFailedError)

log = get_logger(__name__)


class _Refused(Exception):
    """What becomes of a publication that no retry mends; raised nowhere."""


class KafkaPublisher:
    """Returns when everything is acknowledged; repeats what is not, on a fresh producer. One call at a time.

    A failed send moves an idempotent producer's sequence number past the lost batch, so that producer is replaced.
    """

    def __init__(self, settings: KafkaSettings, metrics: Metrics, credentials: Credentials | None = None) -> None:
        self._settings = settings
        self._credentials = credentials
        self._metrics = metrics
        from_zero(metrics.retries, "publish")
        self._producer: Any = None
        self._stopping: asyncio.Task[None] | None = None  # held, so that it ends even if nobody waits for it any more

    async def start(self) -> None:
        """Connect. Raises BrokerUnavailable, or ConfigError when a credential is refused."""
        credentials = self._credentials or Credentials(self._settings)
        producer = AIOKafkaProducer(
            **connection(self._settings, credentials),
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=MAX_BATCH_BYTES,
            max_request_size=self._settings.max_request_bytes,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
        )
        await connect(producer, self._settings)
        credentials.follow(producer.client)
        self._producer = producer

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        """See the port. Retries until the delivery timeout, then raises BrokerUnavailable, or ConfigError when a right
        is missing or credentials are refused: that may pass too, since whoever replaces them is not done at once.
        """
        deadline = time.monotonic() + self._settings.delivery_timeout_s
        delay = FIRST_DELAY_S
        refused: list[Publication] = []
        reason: Exception = TimeoutError()
        groups: deque[Sequence[Publication]] = deque(_portions(publications))
        while groups:
            group = groups.popleft()
            begun = time.monotonic()
            errors = await self._send(group, deadline)
            failures = [(publication, error) for publication, error in zip(group, errors, strict=True) if error]
            refused += [publication for publication, error in failures if isinstance(error, _Refused)]
            failed = [(p, error) for p, error in failures if not isinstance(error, _Refused)]
            unconfirmed = [(p, error) for p, error in failed if not isinstance(error, TOO_LARGE)]
            if unconfirmed:
                publication, error = unconfirmed[0]
                # The last attempt may be cut short, and would hide the reason.
                if not isinstance(error, TimeoutError) or time.monotonic() - begun > REQUEST_TIMEOUT_MS / 1000:
                    reason = error
                if time.monotonic() >= deadline:
                    raise self._given_up(publication.topic, reason)
            if len(unconfirmed) < len(failed):
                # The broker refuses whole batches: which record is to blame shows when it travels alone. What failed
                # with it follows in its order, and what has not gone yet follows that: verdicts of a key stay in order.
                groups.extendleft(reversed(_halves([publication for publication, _ in failed])))
            elif unconfirmed:
                log.warning(
                    "publishing again",
                    topic=publication.topic,
                    records=len(unconfirmed),
                    error=type(error).__name__,
                    delay_s=delay,
                )
                self._metrics.retries.labels("publish").inc()
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY_S)
                groups.appendleft([publication for publication, _ in unconfirmed])
        return refused

    def _given_up(self, topic: str, error: Exception) -> ModeratorError:
        if isinstance(error, ConfigError):
            return error
        if isinstance(error, FORBIDDEN):
            return ConfigError([f"MODERATOR_TOPICS__*: no right to write {topic}"])
        limit_s, words = self._settings.delivery_timeout_s, str(error) or type(error).__name__
        return BrokerUnavailable(f"{topic}: not confirmed within {limit_s} s: {words}")

    async def _send(self, publications: Sequence[Publication], deadline: float) -> list[Exception | None]:
        """Send all and await every confirmation until `deadline`; the error of each, or None."""
        results: list[asyncio.Future[Any] | Exception] = []
        try:
            if self._producer is None:
                await self.start()
            for publication in publications:
                results.append(await self._enqueue(publication))  # noqa: PERF401  those before an error count
        except (KafkaError, BrokerUnavailable, ConfigError) as error:
            # Each one after it would wait as long for the same.
            results += [error] * (len(publications) - len(results))
        errors = await _confirmed(results, deadline)
        if any(error and not isinstance(error, _Refused) for error in errors):
            await self._discard()
        if len(publications) == 1 and isinstance(errors[0], TOO_LARGE):
            return [_Refused()]
        return errors

    async def _enqueue(self, publication: Publication) -> Any:
        """The future of the confirmation, or the refusal. Waits while the partition's buffer is full."""
        topic, headers = publication.topic, list(publication.headers)  # no other sequence will do
        try:
            if publication.key is not None or publication.value is not None:
                return await self._producer.send(topic, publication.value, key=publication.key, headers=headers)
        except TOO_LARGE:
            return _Refused()  # larger than max_request_bytes: it has not left this program
        # Kafka takes a record with neither key nor value, but send() does not.
        batch = self._producer.create_batch()
        batch.append(timestamp=None, key=None, value=None, headers=headers)
        partition = random.choice(sorted(await self._producer.partitions_for(topic)))
        return await self._producer.send_batch(batch, topic, partition=partition)

    async def _discard(self) -> None:
        """Stop the producer; the next send starts a fresh one."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        self._stopping = stopping = asyncio.create_task(producer.stop())
        await asyncio.wait({stopping}, timeout=STOP_TIMEOUT_S)
        if not stopping.done():
            # It waits for the broker to take what is still unsent, for as long as that takes: it is idempotent. Without
            # that it lets go of what is older than the request timeout. Whoever published it has been told.
            producer._sender._txn_manager = None  # noqa: SLF001  there is no public way
            await asyncio.wait({stopping}, timeout=STOP_TIMEOUT_S)
        if not stopping.done() or stopping.cancelled() or stopping.exception():
            log.warning("producer did not stop cleanly", bootstrap_servers=self._settings.bootstrap_servers)
            await producer.client.close()

    async def stop(self) -> None:
        """Disconnect."""
        await self._discard()


async def _confirmed(results: Sequence[asyncio.Future[Any] | Exception], deadline: float) -> list[Exception | None]:
    """The error of each, or None; an idempotent producer never gives up by itself, so `deadline` does."""
    confirmations = [result for result in results if not isinstance(result, Exception)]
    if confirmations:
        try:
            await asyncio.wait(confirmations, timeout=max(0.0, deadline - time.monotonic()))
        finally:
            for confirmation in confirmations:
                confirmation.cancel()  # of no effect where it has come
    errors: list[Exception | None] = []
    for result in results:
        if isinstance(result, Exception):
            errors.append(result)
        elif result.cancelled():
            errors.append(TimeoutError())
        else:
            error = result.exception()
            errors.append(error if isinstance(error, Exception) else None)
    return errors


def _portions(publications: Sequence[Publication]) -> Iterator[list[Publication]]:
    """In order, each small enough that a partition gets it in one batch: if that is refused, nothing of the partition
    that follows it has been written. A broker does not miss a batch of a producer that is new to it.
    """
    portion: list[Publication] = []
    size = 0
    for publication in publications:
        length = RECORD_OVERHEAD_BYTES + sum(
            len(part or b"") for part in (publication.key, publication.value, *chain(*publication.headers))
        )
        if portion and size + length > MAX_BATCH_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(publication)
        size += length
    if portion:
        yield portion


def _halves(publications: list[Publication]) -> list[list[Publication]]:
    middle = (len(publications) + 1) // 2
    return [half for half in (publications[:middle], publications[middle:]) if half]
