"""How long a message takes at an agent that is so busy: the queue of a server that takes all that waits. Pure.

When most of a batch is done, all that has arrived, up to the most that a batch holds, is fetched as the next one, and
runs when the first has ended: the bulk-service queue of Bailey (1954, "On queueing processes with bulk service", J. R.
Stat. Soc. B 16), with a service time that grows with the batch, and fetched before its end:

    a message = until the next fetch + the rest of the running batch + its own batch

Such times leave no closed form, so it is played through with arrivals of a Poisson process.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from load.capacity_cost import Costs, Texts, planned_calls, windows_of
from load.rates import percentile
from load.texts import SEED
from moderator.inference.batch import Batch, three_quarters
from moderator.kafka_settings import KafkaSettings

MOST_IN_BATCH = KafkaSettings().max_poll_records
PLAYED = 10_000  # messages: a hundred of them are above the 99th percentile
STEPS = 8  # of a search: to a part in 256
# The clients and a broker at rest, from a record's sending to its arrival at a reader, p50: `make bench` on the machine
# of the measured points, when it was quiet. What the agent's own clients take is in the costs. Replicas add to it.
PASSAGE_MS = 2.1


def capacity(costs: Costs, texts: Texts, cores: float) -> float:
    """Messages a second that one agent can answer at the most: its batches are full then."""
    rate = cores / costs.message_s(texts, MOST_IN_BATCH)
    return min(rate, 1e6 / costs.message_us) if costs.message_us else rate


def latencies_ms(costs: Costs, texts: Texts, cores: float, rate: float, percents: tuple[float, ...]) -> list[float]:
    """Percentiles of a message's time when `rate` messages a second come to one agent, without rebalances."""
    random = Random(SEED)

    def service_s(messages: int) -> tuple[float, float]:
        calls = planned_calls([length for _ in range(messages) for length in windows_of(random, texts)])
        taken_s = max(costs.batch_s(messages, calls) / cores, costs.shortest_s(messages, calls))
        return taken_s, taken_s * part_before_fetch(calls, cores)

    taken_s = played_s(rate, service_s)
    return [1000 * percentile(taken_s, percent) + PASSAGE_MS for percent in percents]


def part_before_fetch(calls: Sequence[Batch], cores: float) -> float:
    """Of a batch's time, the part after which the next one is fetched: when three quarters of its work are done, or
    at once where all its calls run. Calls run one a core, so they end so many at a time.
    """
    if not calls:
        return 1.0
    if len(calls) <= int(cores):
        return 0.0
    return math.ceil(three_quarters(calls) / cores) / math.ceil(len(calls) / cores)


def played_s(rate: float, service_s: Callable[[int], tuple[float, float]]) -> list[float]:
    """How long each message takes, from its arrival to the end of its batch. `service_s` of so many messages is how
    long a batch of them runs, and after how much of that the next one is fetched.
    """
    random = Random(SEED)
    arrivals = list(accumulate(random.expovariate(rate) for _ in range(PLAYED)))
    taken_s: list[float] = []
    first, fetching_s, free_s = 0, 0.0, 0.0
    while first < PLAYED:
        fetched_s = max(fetching_s, arrivals[first])
        last = min(bisect_right(arrivals, fetched_s), first + MOST_IN_BATCH)
        start_s = max(free_s, fetched_s)
        runs_s, next_after_s = service_s(last - first)
        fetching_s, free_s = start_s + next_after_s, start_s + runs_s
        taken_s += [free_s - arrival for arrival in arrivals[first:last]]
        first = last
    return taken_s


@cache
def rate_within(costs: Costs, texts: Texts, cores: float, p99_ms: float) -> float:
    """The most messages a second that one agent answers with that p99; 0 when not even a few are."""
    low, high = 0.0, capacity(costs, texts, cores)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if latencies_ms(costs, texts, cores, middle, (99,))[0] <= p99_ms else (low, middle)
    return low
