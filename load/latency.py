"""Latency at rest: a message now and then, from when it was due to its verdict's arrival at a waiting consumer."""

import threading
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from confluent_kafka import Consumer, Producer

from load.agent_process import running_agent
from load.clients import key_of, new_producer, reading, send
from load.end_to_end import fresh_topics
from tests.support.real_kafka import RealKafka

MESSAGES = 400
WARM_UP = 20  # messages that are not counted: the first ones meet connections and caches that are not there yet
GAP_S = (0.025, 0.075)  # uniform between these, 50 ms on average: no rhythm that a polling loop could fall into
FIRST_VERDICT_WITHIN_S = 30.0
ARRIVES_WITHIN_S = 10.0


def due_times(count: int, seed: int = 1) -> list[float]:
    """Seconds from the start at which each of `count` messages is due, whatever became of those before it."""
    random = Random(seed)
    return list(accumulate(random.uniform(*GAP_S) for _ in range(count)))


class IdleLatency:
    """Milliseconds of each message, for an agent at rest and for the bare way through the broker."""

    def __init__(self, kafka: RealKafka, texts: Sequence[str], folder: Path) -> None:
        self._kafka = kafka
        self._texts = texts
        self._folder = folder

    def of_agent(self, provider: str) -> list[float]:
        """With an agent in between: two passes through the broker."""
        topics = fresh_topics(self._kafka)
        with running_agent(self._kafka.bootstrap_servers, topics, topics.verdicts, provider, self._folder) as agent:
            agent.until_ready()
            return self._measure(topics.messages, topics.verdicts)

    def of_broker(self) -> list[float]:
        """The floor: the consumer reads what the producer wrote; one pass through the broker, same clients."""
        topic = fresh_topics(self._kafka).messages
        return self._measure(topic, topic)

    def _measure(self, written: str, read: str) -> list[float]:
        producer = new_producer(self._kafka, linger_ms=0, acks="all")
        with reading(self._kafka, {read: self._kafka.end_offsets(read)}) as consumer:
            send(producer, written, "first", self._texts[0])
            _receive(consumer, 1, FIRST_VERDICT_WITHIN_S)
            start = time.monotonic()
            due = {f"l{number}": start + at for number, at in enumerate(due_times(WARM_UP + MESSAGES))}
            sending = threading.Thread(target=self._send_all, args=(producer, written, due))
            sending.start()
            arrived = _receive(consumer, len(due), max(due.values()) - start + ARRIVES_WITHIN_S)
            sending.join()
            producer.flush()
        return [(arrived[identity] - at) * 1000 for identity, at in list(due.items())[WARM_UP:]]

    def _send_all(self, producer: Producer, topic: str, due: dict[str, float]) -> None:
        """Open loop: a late answer delays no message."""
        for number, (identity, at) in enumerate(due.items()):
            time.sleep(max(0.0, at - time.monotonic()))
            send(producer, topic, identity, self._texts[number % len(self._texts)])
            producer.poll(0)


def _receive(consumer: Consumer, count: int, within_s: float) -> dict[str, float]:
    """When each of `count` keys arrived. Raises RuntimeError if they do not."""
    arrived: dict[str, float] = {}
    deadline = time.monotonic() + within_s
    while len(arrived) < count:
        record = consumer.poll(max(0.0, deadline - time.monotonic()))
        now = time.monotonic()
        if record is None:
            raise RuntimeError(f"{len(arrived)} of {count} answers within {within_s:.0f} s")
        arrived[key_of(record)] = now
    return arrived
