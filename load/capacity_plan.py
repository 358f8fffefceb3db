"""From messages a second to agents, partitions, brokers, people and money. Pure; every assumption is a field here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from load.capacity_cost import Costs, Texts
from load.capacity_queue import MOST_IN_BATCH, capacity, latencies_ms, rate_within
from load.capacity_sizes import Bytes
from moderator.cost_settings import CostSettings
from moderator.topics.wanted import PARTITIONS, REPLICAS, RETENTION_MS

HIGHEST_LOAD = 0.7  # of an agent's capacity, whatever the queue allows: up to there p99 is held to its goal
GIGABIT_BYTES = 125e6
MONTH_S = 30 * 86_400
HOURS_A_MONTH = 720
_COSTS = CostSettings()  # `moderator report` assumes the same


def _assume(default: Any, meaning: str, least: float = 0, most: float | None = None) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least, "most": most})


@dataclass(frozen=True, slots=True)
class Assumed:
    """What nobody has measured for you: of your platform, your machines and your prices."""

    cores_per_agent: int = _assume(2, "Cores of one agent", least=1)
    agent_memory_mb: float = _assume(768.0, "Memory of one agent, as the chart asks for it")
    outage_minutes: float = _assume(10.0, "An outage lasts so long")
    caught_up_minutes: float = _assume(30.0, "What waited then is answered within this", least=1)
    mean: float = _assume(0.5, "Mean rate of a day, to that of the peak", most=1)
    escalated: float = _assume(0.01, "Part of the messages that is escalated", most=1)
    large_model_settles: float = _assume(0.5, "Part of the escalations that a large model decides", most=1)
    decision_s: float = _assume(_COSTS.seconds_per_decision, "Seconds of a person for a decision")
    readers: int = _assume(1, "How many programs read all verdicts", least=1)
    compression: float = _assume(1.0, "Bytes of records as kept and sent, to those before", most=1)
    broker_gbit: float = _assume(10.0, "Network of a broker, each way", least=0.1)
    broker_load: float = _assume(
        0.4, "Part of it that is used: a broker that is lost, or comes back, needs the rest", least=0.01, most=1
    )
    broker_disk_tb: float = _assume(8.0, "Disk of a broker", least=0.1)
    broker_disk_full: float = _assume(0.6, "Part of it that is used", least=0.01, most=1)
    broker_partitions: int = _assume(4_000, "Partitions, each replica counted, that a broker holds", least=1)
    group_members: int = _assume(50, "Agents of one group, at the most", least=2)
    partitions_per_member: int = _assume(4, "Partitions for each agent: keys move when some are added", least=1)
    core_hour: float = _assume(float(_COSTS.core_hour), "Price of a core, an hour")
    broker_hour: float = _assume(0.50, "Price of a broker without its disk, an hour")
    disk_gb_month: float = _assume(0.08, "Price of a gigabyte on disk, a month")
    escalation_asked: float = _assume(0.002, "Price of an escalation put to the large model")
    person_hour: float = _assume(float(_COSTS.wage_per_hour), "Price of a person, an hour")


@dataclass(frozen=True, slots=True)
class Plan:
    """What it takes. Bytes are a second over all brokers, money is a month's."""

    rate: float
    message_us: float
    agent_capacity: float
    agent_rate: float
    p99_ms: float
    agents: int
    why: str
    groups: int
    partitions: int
    in_bytes: float
    out_bytes: float
    disk_tb: float
    brokers: int
    brokers_for: str
    escalations: float
    people: int
    money: dict[str, float]


def plan(costs: Costs, sizes: Bytes, texts: Texts, rate: float, p99_ms: float, assumed: Assumed) -> Plan:
    """Raises ValueError when no agent answers within `p99_ms`, however many there are."""
    cores = assumed.cores_per_agent
    best = capacity(costs, texts, cores)
    each = min(rate_within(costs, texts, cores, p99_ms), HIGHEST_LOAD * best)
    fastest_ms = latencies_ms(costs, texts, cores, best / 1_000, (99,))[0]
    if fastest_ms > p99_ms:
        raise ValueError(f"--p99-ms {p99_ms:g}: an idle agent has {fastest_ms:.0f} ms for such texts")
    groups, members, why = _groups(rate, best, each, assumed)
    agents = groups * members
    partitions = groups * max(PARTITIONS, members * assumed.partitions_per_member)
    in_bytes, out_bytes, disk_tb = _brokers_load(sizes, rate, assumed)
    brokers, brokers_for = _brokers(in_bytes, out_bytes, disk_tb, partitions, assumed)
    escalations = rate * assumed.escalated
    busy = escalations * (1 - assumed.large_model_settles) * assumed.decision_s
    people = math.ceil(busy)
    return Plan(
        rate=rate,
        message_us=1e6 * costs.message_s(texts, MOST_IN_BATCH),
        agent_capacity=best,
        agent_rate=each,
        p99_ms=latencies_ms(costs, texts, cores, min(each, rate / agents), (99,))[0],
        agents=agents,
        why=why,
        groups=groups,
        partitions=partitions,
        in_bytes=in_bytes,
        out_bytes=out_bytes,
        disk_tb=disk_tb,
        brokers=brokers,
        brokers_for=brokers_for,
        escalations=escalations,
        people=people,
        money={
            "agents": agents * cores * assumed.core_hour * HOURS_A_MONTH,
            "brokers": brokers * assumed.broker_hour * HOURS_A_MONTH,
            "disk": 1_000 * disk_tb * assumed.disk_gb_month,
            "large model": assumed.mean * escalations * MONTH_S * assumed.escalation_asked,
            "people": assumed.mean * busy * HOURS_A_MONTH * assumed.person_hour,
        },
    )


def _groups(rate: float, best: float, each: float, assumed: Assumed) -> tuple[int, int, str]:
    """Groups, members of each, and what asks for them: the latency while one of each group is lost or restarted, or
    what waits after an outage.
    """
    behind = rate * (1 + assumed.outage_minutes / assumed.caught_up_minutes) / best
    groups = math.ceil(max(rate / each / (assumed.group_members - 1), behind / assumed.group_members))
    steady, catching_up = math.ceil(rate / groups / each) + 1, math.ceil(behind / groups)
    if steady >= catching_up:
        return groups, steady, "latency with one away"
    return groups, catching_up, "catching up after an outage"


def _brokers_load(sizes: Bytes, rate: float, assumed: Assumed) -> tuple[float, float, float]:
    """Bytes in and out of all brokers, followers included, and terabytes on their disks."""
    escalation = assumed.escalated * sizes.escalation
    written = rate * (sizes.message + sizes.verdict + escalation) * assumed.compression
    # Agents read messages, reviewer and console each read escalations; followers read everything once more each.
    read = rate * (sizes.message + assumed.readers * sizes.verdict + 2 * escalation) * assumed.compression
    kept = {"messages": sizes.message, "verdicts": sizes.verdict, "escalations": escalation}
    each = sum(size * RETENTION_MS[noun] / 1_000 for noun, size in kept.items())
    disk = assumed.mean * rate * each * assumed.compression * REPLICAS
    return REPLICAS * written, read + (REPLICAS - 1) * written, disk / 1e12


def _brokers(in_bytes: float, out_bytes: float, disk_tb: float, partitions: int, assumed: Assumed) -> tuple[int, str]:
    network = assumed.broker_gbit * GIGABIT_BYTES * assumed.broker_load
    # Verdicts and escalations in as many partitions as messages.
    wanted: Sequence[tuple[float, str]] = (
        (REPLICAS, "replicas"),
        (max(in_bytes, out_bytes) / network, "network"),
        (disk_tb / (assumed.broker_disk_tb * assumed.broker_disk_full), "disk"),
        (3 * partitions * REPLICAS / assumed.broker_partitions, "partitions"),
    )
    most, reason = max(wanted)
    return math.ceil(most), reason
