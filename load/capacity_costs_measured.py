"""What a message costs a running agent: processor time by its own metrics, memory, bytes on the wire."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import psutil
from confluent_kafka import Consumer
from prometheus_client.samples import Sample

from load.agent_process import AgentProcess
from load.clients import new_producer, reading, send
from load.end_to_end import answers, fresh_topics, until_answered
from load.site import Site
from load.texts import SEED, generated_texts, repeated, repeating_texts
from moderator.config import TopicSettings
from moderator.inference.manifest import ModelDirectory
from moderator.inference.tokens import Tokenizer

FLUSH_TIMEOUT_S = 60.0
READ_AT_ONCE = 1_000
READ_TIMEOUT_S = 5.0
BROKER = "java"  # the broker's process where it is a child of this one; in Docker its time is not seen
REPEATING = 4_096
ORIGINALS = 32
MEDIAN_TOKENS = 20

Point = dict[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """So many texts of so many tokens in the median."""

    median_tokens: int
    messages: int


def measured_costs(site: Site, model: ModelDirectory, batch: int, lengths: Sequence[Measured]) -> Iterator[Point]:
    """Every length in batches of that size at the most, each with an agent of its own."""
    for length in lengths:
        # Another seed for each size: no two points are about the same texts.
        texts = generated_texts(length.messages, SEED + batch, length.median_tokens)
        yield _point(site, model, batch, length.median_tokens, texts)


def measured_repetition(site: Site, model: ModelDirectory, batch: int) -> Iterator[Point]:
    """A stream of which half has been written before, and one of which nearly all has."""
    yield _point(site, model, batch, MEDIAN_TOKENS, repeating_texts(REPEATING))
    yield _point(site, model, batch, MEDIAN_TOKENS, repeated(generated_texts(ORIGINALS), REPEATING))


def _point(site: Site, model: ModelDirectory, batch: int, median_tokens: int, texts: Sequence[str]) -> Point:
    topics = fresh_topics(site.kafka)
    with site.agent(topics, KAFKA__MAX_POLL_RECORDS=str(batch)) as agent:
        fresh_mb = agent.resident_mb()
        before, broker_s = _sums(agent.scraped()), _broker_s()
        _answered(site, agent, topics, texts)
        after, broker_s = _sums(agent.scraped()), _broker_s() - broker_s
        resident_mb = agent.resident_mb()
    spent = {name: after[name] - before[name] for name in after}
    messages = len(texts)
    point = {
        "median_tokens": median_tokens,
        "most_in_batch": batch,
        "messages": messages,
        "mean_tokens": _mean_tokens(model, texts),
        "mean_batch": messages / spent["moderator_batch_size_count"],
        "repeated": spent["moderator_cached_texts_total hit"] / messages,
        "calls": spent["moderator_batch_tokens_count"] / messages,
        "padded_tokens": spent["moderator_batch_tokens_sum"] / messages,
        "cpu_us": 1e6 * spent["process_cpu_seconds_total"] / messages,
        **{
            f"{stage}_us": 1e6 * spent[f"moderator_cpu_seconds_total {stage}"] / messages
            for stage in ("decode", "tokenize", "infer")
        },
        "broker_us": 1e6 * broker_s / messages,
        "fresh_mb": fresh_mb,
        "resident_mb": resident_mb,
        **_on_the_wire(site, topics, messages),
    }
    point = {name: float(f"{value:.5g}") for name, value in point.items()}
    site.say(f"{median_tokens} tokens, batches of {point['mean_batch']:.0f}: {point['cpu_us']:,.0f} µs a message")
    return point


def _answered(site: Site, agent: AgentProcess, topics: TopicSettings, texts: Iterable[str]) -> None:
    producer = new_producer(site.kafka, linger_ms=50, queue_buffering_max_messages=1_000_000)
    before = answers(site.kafka, topics)
    for number, text in enumerate(texts):
        send(producer, topics.messages, f"m{number}", text)
    if producer.flush(FLUSH_TIMEOUT_S):
        raise RuntimeError("the broker did not take the messages")
    until_answered(site.kafka, agent, topics, before + number + 1)


def _sums(samples: Iterable[Sample]) -> defaultdict[str, float]:
    """Of each series by name and what its labels say; 0 for those that are not there."""
    return defaultdict(float, {" ".join((sample.name, *sample.labels.values())): sample.value for sample in samples})


def _broker_s() -> float:
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True) if child.name() == BROKER]
    return sum(spent.user + spent.system for spent in times)


def _mean_tokens(model: ModelDirectory, texts: Sequence[str]) -> float:
    """Of all windows of a text together: what the model reads, padding left out."""
    manifest = model.manifest
    tokenizer = Tokenizer(
        model.file("tokenizer.json"), manifest.window_tokens, manifest.window_overlap, manifest.max_windows
    )
    return fmean(sum(map(len, tokens.windows)) for tokens in tokenizer.encode(texts))


def _on_the_wire(site: Site, topics: TopicSettings, messages: int) -> Point:
    """Mean bytes of the records of each topic, keys and headers included; how many messages were escalated; how far
    all verdicts together can be compressed.
    """
    ends = {topic: site.kafka.end_offsets(topic) for topic in (topics.messages, topics.verdicts, topics.escalations)}
    found: dict[str, list[bytes]] = {topic: [] for topic in ends}
    with reading(site.kafka, {topic: [0] * len(offsets) for topic, offsets in ends.items()}) as consumer:
        for topic, record in _records(consumer, sum(map(sum, ends.values()))):
            found[topic].append(record)
    verdicts = b"".join(found[topics.verdicts])
    return {
        "message_bytes": fmean(map(len, found[topics.messages])),
        "verdict_bytes": len(verdicts) / len(found[topics.verdicts]),
        "escalation_bytes": fmean(map(len, found[topics.escalations] or [b""])),
        "escalated": len(found[topics.escalations]) / messages,
        "verdicts_compressed": len(zlib.compress(verdicts)) / len(verdicts),
    }


def _records(consumer: Consumer, count: int) -> Iterator[tuple[str, bytes]]:
    """Topic of each of the `count` records, and its key, value and headers in a row."""
    while count > 0:
        records = consumer.consume(READ_AT_ONCE, READ_TIMEOUT_S)
        if not records:
            raise RuntimeError(f"{count} records could not be read again")
        for record in records:
            headers = [
                part.encode() if isinstance(part, str) else part for pair in record.headers() or () for part in pair
            ]
            yield record.topic() or "", b"".join(part or b"" for part in (record.key(), record.value(), *headers))
        count -= len(records)
