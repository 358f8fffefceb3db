"""Latency at parts of what one agent can do: an open loop on an agent that has the machine to itself."""

from collections.abc import Iterator, Sequence

from load.arrivals import planned
from load.end_to_end import Backlog, fresh_topics
from load.open_loop import open_loop
from load.profiles import Phase, Profile
from load.report import Figure
from load.site import Site
from load.tally import tally
from load.texts import SEED, generated_texts
from load.warm_up import warm_up

BACKLOG = 4_096
SECONDS = 20.0
WARM_UP_S = 3.0
MOST_WAITING_S = 30.0


def measured_latencies(site: Site, parts: Sequence[float]) -> Iterator[dict[str, float]]:
    """A point for each part. The capacity is that of a backlog of the same kind of texts, measured first."""
    warm_up(site.kafka)
    capacity = Backlog(site.kafka, generated_texts(BACKLOG, SEED + 1), site.folder).measure(site.provider)[
        Figure.END_TO_END
    ]
    site.say(f"capacity: {capacity:,.0f} messages/s")
    for part in parts:
        yield _point(site, capacity, part)


def _point(site: Site, capacity: float, part: float) -> dict[str, float]:
    profile = Profile("steady", "one rate", (Phase(SECONDS, part, part),))
    texts = generated_texts(round(1.2 * capacity * part * SECONDS), SEED + 2)
    topics = fresh_topics(site.kafka)
    with open_loop(site.kafka, topics, round(MOST_WAITING_S * capacity)) as loop:
        with site.agent(topics) as agent:
            loop.run(planned(profile, capacity, texts), agent.require_running, site.say)
        loop.read_rest()
    seen = tally(loop.journal.sent, loop.journal.answered, WARM_UP_S)
    point = {
        "part": part,
        "capacity": round(capacity),
        "rate": round(part * capacity),
        "p50_ms": round(seen.percentiles_ms[50.0], 1),
        "p99_ms": round(seen.p99_ms, 1),
    }
    site.say(f"{part:.0%}: p50 {point['p50_ms']} ms, p99 {point['p99_ms']} ms")
    return point
