"""A broker that has just started compiles itself under the first load, and takes more of the cores meanwhile."""

import time

from load.clients import new_producer, reading
from load.end_to_end import fresh_topics
from tests.support.real_kafka import RealKafka

# Requests count, not bytes. After it an agent answered 591 messages/s beside the clients, without it 470.
WARM_UP_S = 15.0
FLUSH_TIMEOUT_S = 30.0
MESSAGE = b'{"id": "warm-up", "text": "Have a nice day"}'
IN_FLIGHT = 64  # so that a request carries a few messages


def warm_up(kafka: RealKafka) -> None:
    """Write and read as the clients do, as fast as the broker takes it."""
    topic = fresh_topics(kafka).messages
    producer = new_producer(kafka, linger_ms=0, acks="all")
    with reading(kafka, {topic: kafka.end_offsets(topic)}) as consumer:
        end = time.monotonic() + WARM_UP_S
        while time.monotonic() < end:
            for _ in range(IN_FLIGHT):
                producer.produce(topic, MESSAGE)
            producer.flush(FLUSH_TIMEOUT_S)
            consumer.consume(IN_FLIGHT, 0.0)
