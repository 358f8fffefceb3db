"""Publishing with confirmation on aiokafka."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError

from moderator.adapters.kafka import connection
from moderator.config import KafkaSettings
from moderator.contracts.record import Publication
from moderator.errors import BrokerUnavailable
from moderator.telemetry import Metrics, get_logger

FIRST_DELAY_S = 0.05
LONGEST_DELAY_S = 5.0
STOP_TIMEOUT_S = 5.0
REQUEST_TIMEOUT_MS = 10_000
MAX_BATCH_BYTES = 262_144

# Refusals that no retry mends: the record is larger than the topic, or this producer, takes.
TOO_LARGE = (MessageSizeTooLargeError, RecordListTooLargeError)

log = get_logger(__name__)


class KafkaPublisher:
    """Returns when everything is acknowledged; repeats what is not, on a fresh producer.

    A failed send moves an idempotent producer's sequence number past the lost batch, so that producer is replaced.
    """

    def __init__(self, settings: KafkaSettings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._producer: Any = None

    async def start(self) -> None:
        """Connect. Raises BrokerUnavailable."""
        producer = AIOKafkaProducer(
            **connection(self._settings),
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=MAX_BATCH_BYTES,
            max_request_size=self._settings.max_request_bytes,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
        )
        try:
            await producer.start()
        except KafkaError as error:
            await producer.stop()
            raise BrokerUnavailable(f"{self._settings.bootstrap_servers}: {type(error).__name__}") from error
        self._producer = producer

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        """See the port. Retries until the delivery timeout, then raises BrokerUnavailable."""
        deadline = time.monotonic() + self._settings.delivery_timeout_s
        delay = FIRST_DELAY_S
        refused: list[Publication] = []
        remaining = list(publications)
        while True:
            results = await self._send(remaining)
            failures = [(p, error) for p, error in zip(remaining, results, strict=True) if error is not None]
            refused += [publication for publication, error in failures if isinstance(error, TOO_LARGE)]
            unconfirmed = [(p, error) for p, error in failures if not isinstance(error, TOO_LARGE)]
            if failures:
                await self._replace()
            if not unconfirmed:
                return refused
            publication, error = unconfirmed[0]
            if time.monotonic() >= deadline:
                timeout = self._settings.delivery_timeout_s
                raise BrokerUnavailable(f"{publication.topic}: nothing confirmed for {timeout} s: {type(error).__name__}")
            log.warning("publishing again", records=len(unconfirmed), error=type(error).__name__, delay_s=delay)
            self._metrics.retries.labels("publish").inc()
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY_S)
            remaining = [publication for publication, _ in unconfirmed]

    async def _send(self, publications: Sequence[Publication]) -> list[Exception | None]:
        """Send all and await every confirmation; the error of each, or None."""
        confirmations: list[asyncio.Future[Any] | Exception] = []
        for publication in publications:
            try:
                confirmations.append(
                    await self._producer.send(
                        publication.topic, publication.value, key=publication.key, headers=list(publication.headers)
                    )
                )
            except KafkaError as error:
                confirmations.append(error)
        errors: list[Exception | None] = []
        for confirmation in confirmations:
            if isinstance(confirmation, Exception):
                errors.append(confirmation)
                continue
            try:
                await confirmation
            except KafkaError as error:
                errors.append(error)
            else:
                errors.append(None)
        return errors

    async def _replace(self) -> None:
        """Give the producer up for a fresh one; when that fails the present one's errors bring us here again."""
        try:
            await asyncio.wait_for(self._producer.stop(), STOP_TIMEOUT_S)
        except (KafkaError, TimeoutError) as error:
            log.warning("producer did not stop cleanly", error=type(error).__name__)
        try:
            await self.start()
        except BrokerUnavailable:
            log.warning("broker unavailable", bootstrap_servers=self._settings.bootstrap_servers)

    async def stop(self) -> None:
        """Disconnect."""
        if self._producer is not None:
            await self._producer.stop()
