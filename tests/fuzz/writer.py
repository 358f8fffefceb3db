"""Hostile records onto a topic: in small and in huge batches, packed by every codec."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from itertools import count, cycle, islice

from confluent_kafka import KafkaError, Message, Producer

from tests.fuzz.records import Hostile, Kind
from tests.integration.raw_batches import batch_of, write_batch
from tests.support.real_kafka import RealKafka

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
SLICE = 500  # records that are written with one codec, before the next
UNREADABLE_EVERY = 20  # slices; each a batch of its own, since one such header costs the rest of its batch
UNPACKED_BYTES = 64 << 20  # of one batch, which is far less when it is packed
FLUSH_S = 300.0


class Writer:
    """Writes to one topic and counts: `written` by what is wrong with a record, `refused` for its size."""

    def __init__(self, kafka: RealKafka, topic: str) -> None:
        self._kafka = kafka
        self._topic = topic
        self._producers = cycle([_producer(kafka, codec) for codec in CODECS])
        self.written: Counter[str] = Counter()
        self.refused = 0

    def write(self, records: Iterable[Hostile]) -> None:
        """Write them in slices, each by the next codec."""
        left = iter(records)
        for number in count():
            part = list(islice(left, SLICE))
            if not part:
                return
            self._write_slice(next(self._producers), part)
            if number % UNREADABLE_EVERY == 0:
                self._write_unreadable()

    def _write_slice(self, producer: Producer, part: list[Hostile]) -> None:
        for record in part:

            def delivered(error: KafkaError | None, _message: Message, kind: Kind = record.kind) -> None:
                if error is None:
                    self.written[kind] += 1
                else:  # a batch that is larger than the topic takes, even packed
                    assert error.code() == KafkaError.MSG_SIZE_TOO_LARGE, error
                    self.refused += 1

            sent = record.sent
            producer.produce(self._topic, sent.value, sent.key, headers=sent.headers, on_delivery=delivered)
            producer.poll(0)
        assert producer.flush(FLUSH_S) == 0

    def _write_unreadable(self) -> None:
        """Records behind a header whose name is no text."""
        values = [b"%d" % number for number in range(9)]
        asyncio.run(write_batch(self._kafka, self._topic, 0, batch_of(values, {4, 6})))
        self.written["a header's name"] += len(values)


def _producer(kafka: RealKafka, codec: str) -> Producer:
    """Its batches hold as much as a topic takes when they are packed; and each is one of many records."""
    return Producer(
        {
            "bootstrap.servers": kafka.bootstrap_servers,
            "compression.type": codec,
            "enable.idempotence": True,
            "message.max.bytes": UNPACKED_BYTES,
            "batch.size": 900_000 if codec == "none" else UNPACKED_BYTES,
            "linger.ms": 50,
            "log_level": 0,
        }
    )
