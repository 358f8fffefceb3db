"""A backlog waits when an agent starts: how soon it works at full speed, and what it holds in memory meanwhile."""

import time
from collections.abc import Sequence

from load.clients import new_producer, read_topic, send
from load.end_to_end import answers, fresh_topics
from load.idle import idle_memory
from load.rates import steady_rate, until_rate
from load.report import Goal, Row
from load.site import Site

HOLD_S = 30.0
FULL_SPEED = 0.9  # of the steady rate
FULL_SPEED_GOAL = Goal(5)
MEMORY_GOAL = Goal(100)
FLUSH_TIMEOUT_S = 120.0
QUEUED_MESSAGES = 200_000  # in the producer; the broker takes them meanwhile


def feed(site: Site, texts: Sequence[str], count: int) -> str:
    """A new topic with `count` messages, `texts` again and again; its name."""
    topic = fresh_topics(site.kafka).messages
    producer = new_producer(site.kafka, queue_buffering_max_messages=QUEUED_MESSAGES, linger_ms=50)
    for number in range(count):
        if len(producer) >= QUEUED_MESSAGES - 1:
            while len(producer) > QUEUED_MESSAGES // 2:
                producer.poll(0.1)
        send(producer, topic, f"m{number}", texts[number % len(texts)])
    if producer.flush(FLUSH_TIMEOUT_S):
        raise RuntimeError("the broker did not take the backlog")
    return topic


def catching_up(site: Site, backlog: str) -> list[Row]:
    """One agent that starts on an empty topic, for its idle memory, then one that starts on the topic `backlog`."""
    empty = fresh_topics(site.kafka)
    with site.agent(empty) as agent:
        idle = idle_memory(site, agent, empty)
    site.say(f"idle: {idle.fresh_mb:.0f} MB fresh, {idle.warm_mb:.0f} MB warm; now the backlog, for {HOLD_S:.0f} s")
    topics = fresh_topics(site.kafka, messages=backlog)
    with site.agent(topics) as agent:
        ready_s = agent.ready_after_s
        agent.forget_peak()
        time.sleep(HOLD_S)
        resident_mb, peak_mb = agent.resident_mb(), agent.peak_mb()
        waiting = sum(site.kafka.end_offsets(backlog)) - answers(site.kafka, topics)
        started_at = agent.started_at
    if waiting <= 0:
        raise RuntimeError(f"the backlog was answered within {HOLD_S:.0f} s: give more messages")
    times_ms = sorted(at for _, at in read_topic(site.kafka, topics.verdicts))
    steady = steady_rate(times_ms)
    full_speed_s = until_rate(times_ms, FULL_SPEED * steady) / 1000 - started_at
    return [
        Row("backlog: steady rate", "texts/s", (steady,)),
        Row("backlog: start to ready", "s", (ready_s,)),
        Row("backlog: start to full speed", "s", (full_speed_s,), FULL_SPEED_GOAL),
        Row("backlog: ready to full speed", "s", (full_speed_s - ready_s,), FULL_SPEED_GOAL),
        Row("idle memory before any message", "MB", (idle.fresh_mb,)),
        Row("idle memory after a few long messages", "MB", (idle.warm_mb,)),
        Row(
            f"backlog: memory after {HOLD_S:.0f} s over idle before any",
            "MB",
            (resident_mb - idle.fresh_mb,),
            MEMORY_GOAL,
        ),
        Row("backlog: its peak over idle before any", "MB", (peak_mb - idle.fresh_mb,)),
        Row(f"backlog: memory after {HOLD_S:.0f} s over idle after long ones", "MB", (resident_mb - idle.warm_mb,)),
    ]
