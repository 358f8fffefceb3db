"""Messages of a megabyte: what an agent holds in memory while it answers them."""

import json
from collections.abc import Iterator

from load.clients import new_producer
from load.end_to_end import answers, fresh_topics, until_answered
from load.idle import idle_memory, long_text
from load.report import Goal, Row
from load.site import Site
from moderator.config import InputSettings

MESSAGE_BYTES = 1_000_000  # with headers and framing just below Kafka's default limit of a record
# A message of each partition may wait in memory, so an agent with many of them holds more.
PARTITIONS = 24
MEMORY_GOAL = Goal(100)
LONGEST_TEXT = InputSettings().max_text_characters
EMOJI = "\U0001f600"  # a single one makes Python hold every character of a text in four bytes
FLUSH_TIMEOUT_S = 60.0

# Most of these become dead letters, which is what is measured: the brake would stop it.
NO_BRAKE = {"DEAD_LETTER_BRAKE__PART": "1"}
VARIANTS = {
    "default limits": NO_BRAKE,
    # Every text is normalised and tokenized, and goes whole into its escalation.
    "texts of 1 MB read": NO_BRAKE | {"INPUT__MAX_TEXT_CHARACTERS": str(MESSAGE_BYTES)},
}


def values(count: int) -> Iterator[bytes]:
    """Of each four, two are texts of a megabyte, one is the longest text that is read by default with a megabyte
    beside it, and one cannot be decoded.
    """
    text = _padded({"id": "l", "text": EMOJI}, "text")
    readable = _padded({"id": "l", "text": EMOJI + long_text(LONGEST_TEXT - 1), "beside": ""}, "beside")
    undecodable = text[:-1] + b"\xff"
    for number in range(count):
        yield (text, readable, text, undecodable)[number % 4]


def _padded(message: dict[str, str], field: str) -> bytes:
    """The message as JSON of MESSAGE_BYTES, its `field` continued for as long as that takes."""
    room = MESSAGE_BYTES - len(json.dumps(message))
    return json.dumps(message | {field: message[field] + long_text(room)}).encode()


def large_messages(site: Site, count: int) -> list[Row]:
    """Of each variant of the settings, one agent that is idle first."""
    return [row for name, settings in VARIANTS.items() for row in _of_variant(site, count, name, settings)]


def _of_variant(site: Site, count: int, name: str, settings: dict[str, str]) -> list[Row]:
    topics = fresh_topics(site.kafka, PARTITIONS)
    with site.agent(topics, **settings) as agent:
        idle = idle_memory(site, agent, topics)
        agent.forget_peak()
        site.say(f"{count} messages of 1 MB, {name}; idle: {idle.fresh_mb:.0f} MB fresh, {idle.warm_mb:.0f} MB warm")
        before = answers(site.kafka, topics)
        producer = new_producer(site.kafka, message_max_bytes=2 * MESSAGE_BYTES, linger_ms=0)
        for number, value in enumerate(values(count)):
            producer.produce(topics.messages, key=f"l{number}", value=value)
            producer.poll(0)
        if producer.flush(FLUSH_TIMEOUT_S):
            raise RuntimeError("the broker did not take the messages")
        until_answered(site.kafka, agent, topics, before + count)
        peak_mb, resident_mb = agent.peak_mb(), agent.resident_mb()
    return [
        Row(f"1 MB messages, {name}: peak over idle before any", "MB", (peak_mb - idle.fresh_mb,), MEMORY_GOAL),
        Row(f"1 MB messages, {name}: peak over idle after long ones", "MB", (peak_mb - idle.warm_mb,)),
        Row(f"1 MB messages, {name}: afterwards over idle before any", "MB", (resident_mb - idle.fresh_mb,)),
    ]
