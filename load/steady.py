"""A steady load: messages to each partition in turn, at a fixed rate."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from confluent_kafka import Producer

from load.clients import new_producer, send
from load.end_to_end import PARTITIONS
from load.site import Site

FLUSH_TIMEOUT_S = 30.0


class SteadyLoad:
    """Open loop: a late answer delays no message. A key tells its message's partition."""

    def __init__(self, producer: Producer, topic: str, texts: Sequence[str], rate: float) -> None:
        self._producer = producer
        self._topic = topic
        self._texts = texts
        self._rate = rate
        self._stopped = threading.Event()
        self.keys: set[str] = set()

    def run(self) -> None:
        """Write until stopped."""
        start = time.monotonic()
        while not self._stopped.is_set():
            for number in range(len(self.keys), int((time.monotonic() - start) * self._rate)):
                partition = number % PARTITIONS
                key = f"{partition}-{number}"
                send(self._producer, self._topic, key, self._texts[number % len(self._texts)], partition)
                self.keys.add(key)
            self._producer.poll(0)
            self._stopped.wait(1 / self._rate)

    def stop(self) -> None:
        """No more messages."""
        self._stopped.set()


def partition_of(key: str) -> int:
    """The partition of the message with this key."""
    return int(key.partition("-")[0])


@contextmanager
def steady_load(site: Site, topic: str, texts: Sequence[str], rate: float) -> Iterator[SteadyLoad]:
    """`rate` messages a second to `topic`; at the end the broker has them all."""
    producer = new_producer(site.kafka, linger_ms=5)
    load = SteadyLoad(producer, topic, texts, rate)
    writing = threading.Thread(target=load.run)
    writing.start()
    try:
        yield load
    finally:
        load.stop()
        writing.join()
        unsent = producer.flush(FLUSH_TIMEOUT_S)
    if unsent:
        raise RuntimeError(f"the broker did not take {unsent} messages")
