"""Writes messages at a rate until told to stop, some of them poison, each once: idempotent, so a retry adds none."""

import json
import random
import threading
import time
from types import TracebackType
from typing import Self

from confluent_kafka import KafkaError, Message, Producer

POISON_EVERY = 50
POISON = (
    None,
    b"",
    b"no JSON",
    b'{"id": "m"}',
    b'{"id": "m", "text": ""}',
    b"\xff\xfe",
    b"[]",
    b'{"id": 7, "text": []}',
)
SLICE_S = 0.05
FLUSH_S = 120.0  # a broker that is away comes back within it


class Feeder:
    """Runs between `with` and its end, which waits until everything is written."""

    def __init__(self, bootstrap_servers: str, topic: str, rate: float, seed: int) -> None:
        self._topic = topic
        self._rate = rate
        self._draw = random.Random(seed)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._feed, name="feeder")
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap_servers,
                "enable.idempotence": True,
                "message.timeout.ms": int(FLUSH_S * 1000),
                "log_level": 0,
            }
        )
        self.written = 0
        self.failed: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _feed(self) -> None:
        started, sent = time.monotonic(), 0
        while not self._over.wait(SLICE_S):
            due = int((time.monotonic() - started) * self._rate)
            for number in range(sent, due):
                key, value = self._record(number)
                try:
                    self._producer.produce(self._topic, value, key, on_delivery=self._delivered)
                except BufferError:  # the broker is away: go on when it has room again
                    self._producer.poll(1.0)
                    due = number
                    break
            sent = max(sent, due)
            self._producer.poll(0)
        if left := self._producer.flush(FLUSH_S):
            self.failed.append(f"{left} records were never confirmed")

    def _record(self, number: int) -> tuple[bytes, bytes | None]:
        key = b"author %d" % self._draw.randrange(500)
        if number % POISON_EVERY == 0:
            return key, self._draw.choice(POISON)
        words = " ".join(
            self._draw.choices(("tea", "rain", "bus", "late", "fine", "walk", "home"), k=self._draw.randint(3, 30))
        )
        return key, json.dumps({"id": f"m{number}", "text": words}).encode()

    def _delivered(self, error: KafkaError | None, _message: Message) -> None:
        if error is None:
            self.written += 1
        else:
            self.failed.append(str(error))
