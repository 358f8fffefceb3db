"""What a team would write in an afternoon: an aiokafka loop that consumes, calls the pipeline, produces and commits."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from load.clients import new_producer, read_topic, send
from load.end_to_end import FLUSH_TIMEOUT_S, fresh_topics
from load.peer import TransformersPipeline
from load.rates import steady_rate
from moderator.config import TopicSettings
from tests.support.real_kafka import RealKafka

THRESHOLD = 0.5
POLL_MS = 1_000


def loop_rate(kafka: RealKafka, pipeline: TransformersPipeline, texts: Sequence[str], batch_size: int) -> float:
    """Messages a second of the loop on a backlog of `texts`, by the broker's clock."""
    topics = fresh_topics(kafka)
    producer = new_producer(kafka)
    for number, text in enumerate(texts):
        send(producer, topics.messages, f"m{number}", text)
    if producer.flush(FLUSH_TIMEOUT_S):
        raise RuntimeError("the broker did not take the backlog")
    asyncio.run(_loop(kafka.bootstrap_servers, topics, pipeline, batch_size, len(texts)))
    return steady_rate(sorted(at for _, at in read_topic(kafka, topics.verdicts)))


async def _loop(
    bootstrap_servers: str, topics: TopicSettings, pipeline: TransformersPipeline, batch_size: int, count: int
) -> None:
    consumer: Any = AIOKafkaConsumer(
        topics.messages,
        bootstrap_servers=bootstrap_servers,
        group_id=topics.verdicts,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    producer: Any = AIOKafkaProducer(bootstrap_servers=bootstrap_servers, acks="all")
    async with consumer, producer:
        answered = 0
        while answered < count:
            fetched = await consumer.getmany(timeout_ms=POLL_MS, max_records=batch_size)
            messages = [json.loads(record.value) for records in fetched.values() for record in records]
            if not messages:
                continue
            found = await asyncio.to_thread(pipeline.classify, [message["text"] for message in messages], batch_size)
            for message, scores in zip(messages, found, strict=True):
                verdict = {
                    "message_id": message["id"],
                    "outcome": "block" if scores[0]["score"] > THRESHOLD else "allow",
                    "scores": {score["label"]: score["score"] for score in scores},
                }
                await producer.send(topics.verdicts, json.dumps(verdict).encode(), message["id"].encode())
            await producer.flush()
            await consumer.commit()
            answered += len(messages)
