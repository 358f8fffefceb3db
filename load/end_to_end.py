"""End to end over a real Kafka: a backlog is published first, then an agent answers it."""

import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from load.agent_process import AgentProcess, running_agent
from load.clients import new_producer, read_topic, send
from load.rates import steady_rate
from load.report import Figure
from moderator.config import TopicSettings
from tests.support.real_kafka import RealKafka

PARTITIONS = 4
LOOK_S = 0.25  # seldom enough to cost the agent nothing
STALLED_S = 120.0
FLUSH_TIMEOUT_S = 60.0

# The broker notes when it took a verdict, so that they can be read when the agent has done its work.
BROKERS_TIME = {"message.timestamp.type": "LogAppendTime"}


def fresh_topics(kafka: RealKafka, partitions: int = PARTITIONS, **given: str) -> TopicSettings:
    """New topics in the broker, but for those that are `given`."""
    suffix = uuid.uuid4().hex[:8]
    names = {field: f"{field.replace('_', '-')}.{suffix}" for field in TopicSettings.model_fields} | given
    kafka.create_topics({names[field]: partitions for field in names if field not in given}, BROKERS_TIME)
    return TopicSettings(**names)


class Backlog:
    """Messages that wait in a topic; each agent answers all of them."""

    def __init__(self, kafka: RealKafka, texts: Sequence[str], folder: Path) -> None:
        self._kafka = kafka
        self._folder = folder
        self._ids = {f"m{number}" for number in range(len(texts))}
        self._messages = fresh_topics(kafka).messages
        producer = new_producer(kafka, queue_buffering_max_messages=1_000_000)
        for number, text in enumerate(texts):
            send(producer, self._messages, f"m{number}", text)
        if producer.flush(FLUSH_TIMEOUT_S):
            raise RuntimeError("the broker did not take the backlog")

    def measure(self, provider: str, **settings: str) -> Mapping[Figure, float]:
        """One agent with these settings, from its start to its last verdict."""
        topics = fresh_topics(self._kafka, messages=self._messages)
        group = topics.verdicts
        with running_agent(self._kafka.bootstrap_servers, topics, group, provider, self._folder, **settings) as agent:
            start_s = agent.until_ready()
            until_answered(self._kafka, agent, topics, len(self._ids))
            resident_mb, peak_mb = agent.resident_mb(), agent.peak_mb()
        verdicts = read_topic(self._kafka, topics.verdicts)
        times_ms = sorted(at for _, at in verdicts)
        return {
            Figure.END_TO_END: steady_rate(times_ms),
            Figure.LOST: len(self._ids - {identity for identity, _ in verdicts}),
            Figure.START: start_s,
            Figure.FIRST_VERDICT: times_ms[0] / 1000 - agent.started_at,
            Figure.MEMORY: resident_mb,
            Figure.PEAK_MEMORY: peak_mb,
        }


def answers(kafka: RealKafka, topics: TopicSettings) -> int:
    """How many there are at this moment."""
    return sum(sum(kafka.end_offsets(topic)) for topic in (topics.verdicts, topics.dead_letters))


def until_answered(kafka: RealKafka, agent: AgentProcess, topics: TopicSettings, count: int) -> None:
    """Wait until there are `count` answers. Raises RuntimeError when no more come."""
    answered, last = 0, time.monotonic()
    while answered < count:
        time.sleep(LOOK_S)
        agent.require_running()
        now = answers(kafka, topics)
        if now > answered:
            answered, last = now, time.monotonic()
        elif time.monotonic() - last > STALLED_S:
            raise RuntimeError(f"stuck at {answered} of {count} answers")
