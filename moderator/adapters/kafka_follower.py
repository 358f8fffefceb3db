"""A topic read from some time in the past up to now, and on."""

import asyncio
from collections.abc import Callable

from moderator.adapters.kafka_reader import KafkaReader, Span
from moderator.contracts.record import Partition, Record
from moderator.errors import BrokerUnavailable, ConfigError
from moderator.kafka_settings import KafkaSettings
from moderator.telemetry.log import get_logger

INTERVAL_S = 5.0  # between looks at what is new

log = get_logger(__name__)


class KafkaFollower:
    """Outside of any group; `take` is given every record once, from `since_ms` on, or from the first."""

    def __init__(
        self, settings: KafkaSettings, topic: str, since_ms: int | None, take: Callable[[Record], None]
    ) -> None:
        self._settings = settings
        self._topic = topic
        self._since_ms = since_ms
        self._take = take
        self._positions: dict[Partition, int] = {}
        self._turn = asyncio.Lock()  # two who catch up at once would take the same

    async def catch_up(self) -> None:
        """Take what the topic holds at this moment and was not taken. Raises BrokerUnavailable, ConfigError."""
        async with self._turn, KafkaReader(self._settings) as reader:
            since_ms = None if self._positions else self._since_ms
            spans = await reader.spans(self._topic, since_ms)
            due = {part: Span(self._positions.get(part, span.start), span.end) for part, span in spans.items()}
            async for records in reader.read(due):
                for record in records:
                    self._take(record)
                    self._positions[Partition(record.topic, record.partition)] = record.offset + 1
            self._positions |= {part: span.end for part, span in due.items()}

    async def caught_up(self) -> None:
        """Catch up, however long the broker is away."""
        while not await self._tried():  # noqa: ASYNC110  no event of this program tells
            await asyncio.sleep(INTERVAL_S)

    async def follow(self) -> None:
        """Go on for ever. A broker that is away is asked again: what is new waits there."""
        while True:
            await asyncio.sleep(INTERVAL_S)
            await self._tried()

    async def _tried(self) -> bool:
        try:
            await self.catch_up()
        except (BrokerUnavailable, ConfigError) as error:  # whoever replaces credentials is not done at once
            log.warning("decisions cannot be read now", topic=self._topic, error=type(error).__name__)
            return False
        return True
