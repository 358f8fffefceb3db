"""What an agent holds in memory when it has nothing to do: the value that its memory under load is held against."""

import time
from dataclasses import dataclass

from load.agent_process import AgentProcess
from load.clients import new_producer, send
from load.end_to_end import until_answered
from load.site import Site
from load.texts import WORDS
from moderator.config import TopicSettings

REST_S = 2.0  # the garbage of the start, and of the warm-up, is collected in it
WARM_UP_MESSAGES = 64
# Past what the model reads of one text, so that all its windows are filled, and below what becomes a dead letter.
WARM_UP_CHARACTERS = 20_000
FLUSH_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Idle:
    """Resident memory of one agent in MB: ready, before any message; and at rest after a few long ones."""

    fresh_mb: float
    warm_mb: float


def idle_memory(site: Site, agent: AgentProcess, topics: TopicSettings) -> Idle:
    """Both values of `agent`, which is ready and whose `topics` are empty."""
    time.sleep(REST_S)
    fresh_mb = agent.resident_mb()
    producer = new_producer(site.kafka)
    for number in range(WARM_UP_MESSAGES):
        send(producer, topics.messages, f"w{number}", long_text(WARM_UP_CHARACTERS))
    producer.flush(FLUSH_TIMEOUT_S)
    until_answered(site.kafka, agent, topics, WARM_UP_MESSAGES)
    time.sleep(REST_S)
    return Idle(fresh_mb, agent.resident_mb())


def long_text(characters: int) -> str:
    """Common words, cut to this many characters."""
    sentence = " ".join(WORDS) + ". "
    return (sentence * (characters // len(sentence) + 1))[:characters]
