"""Agents of one group under a steady load, while one joins, leaves or is killed: how long partitions stand still."""

import time
from collections import defaultdict, deque
from collections.abc import Sequence
from contextlib import ExitStack

from load.agent_process import AgentProcess, start_agent
from load.clients import read_topic
from load.end_to_end import fresh_topics
from load.pauses import Event, Kind, pauses
from load.rates import percentile
from load.report import Goal, Row
from load.site import Site
from load.steady import partition_of, steady_load
from moderator.config import TopicSettings
from moderator.kafka_settings import KafkaSettings

AGENTS = 3
SETTLED_S = 5.0  # after an event: the group has rebalanced, and what waited meanwhile is answered
QUIET_S = 5.0
APART_S = 2.0  # between two events, with verdicts on all partitions in it: a gap at one is none at the other
ANSWERED_WITHIN_S = 60.0
LOOK_AGAIN_S = 1.0
EXPELLED_S = KafkaSettings().session_timeout_ms / 1000  # until the broker notices that a killed member is gone
PAUSE_GOAL = Goal(3)
NONE_LOST = Goal(1)
COOPERATIVE = (Kind.JOIN, Kind.LEAVE)


class Fleet:
    """The agents of one group, the oldest first, and what happened to them."""

    def __init__(self, site: Site, topics: TopicSettings, stack: ExitStack) -> None:
        self._site = site
        self._topics = topics
        self._stack = stack
        self._agents: deque[AgentProcess] = deque()
        self.events: list[Event] = []

    def join(self) -> None:
        """One more agent, ready."""
        kafka, topics = self._site.kafka, self._topics
        agent = start_agent(kafka.bootstrap_servers, topics, topics.verdicts, self._site.provider, self._site.folder)
        self._stack.callback(agent.kill)
        agent.until_ready()
        self._agents.append(agent)

    def leave(self) -> None:
        """SIGTERM to the oldest."""
        self._agents.popleft().stop()

    def kill(self) -> None:
        """SIGKILL to the oldest, until the broker has noticed."""
        self._agents.popleft().kill()
        time.sleep(EXPELLED_S)

    def happen(self, kind: Kind) -> None:
        """Let it happen, and note from when to when it had its effect."""
        since_ms = time.time() * 1000
        {Kind.JOIN: self.join, Kind.LEAVE: self.leave, Kind.KILL: self.kill, Kind.NOTHING: _quiet}[kind]()
        time.sleep(SETTLED_S)
        self.events.append(Event(kind, since_ms, time.time() * 1000))
        time.sleep(APART_S)


def _quiet() -> None:
    time.sleep(QUIET_S)


def rebalances(site: Site, texts: Sequence[str], rate: float, repeat: int) -> list[Row]:
    """In each of `repeat` rounds: nothing, a join, a leave, a kill, and a join in the place of the killed."""
    topics = fresh_topics(site.kafka)
    with ExitStack() as stack:
        fleet = Fleet(site, topics, stack)
        for _ in range(AGENTS):
            fleet.join()
        with steady_load(site, topics.messages, texts, rate) as load:
            time.sleep(SETTLED_S)
            for number in range(1, repeat + 1):
                for kind in (Kind.NOTHING, Kind.JOIN, Kind.LEAVE, Kind.KILL, Kind.JOIN):
                    fleet.happen(kind)
                site.say(f"rebalances: round {number} of {repeat} done")
        verdicts = _answered(site, topics.verdicts, load.keys)
    return rows_of(verdicts, load.keys, fleet.events)


def _answered(site: Site, topic: str, keys: set[str]) -> list[tuple[str, int]]:
    """Key and time of all verdicts, once there is one for each of `keys`, or it can no longer be expected."""
    deadline = time.monotonic() + ANSWERED_WITHIN_S
    while True:
        verdicts = read_topic(site.kafka, topic)
        if keys <= {key for key, _ in verdicts} or time.monotonic() > deadline:
            return verdicts
        time.sleep(LOOK_AGAIN_S)


def rows_of(verdicts: Sequence[tuple[str, int]], keys: set[str], events: Sequence[Event]) -> list[Row]:
    """The table's lines, of key and time of each verdict, the keys of all messages, and what happened."""
    times: dict[int, list[float]] = defaultdict(list)
    for key, at in sorted(verdicts, key=lambda verdict: verdict[1]):
        times[partition_of(key)].append(at)
    found = pauses(times, events)
    cooperative = [pause for kind in COOPERATIVE for pause in found[kind]]
    return [
        *(Row(f"pause of a partition: {kind}", "s", tuple(found[kind])) for kind in Kind),
        Row("pause at joins and leaves, p95", "s", (percentile(cooperative, 95),), PAUSE_GOAL),
        Row("pause at kills, p95", "s", (percentile(found[Kind.KILL], 95),)),
        Row("messages without a verdict", "", (float(len(keys - {key for key, _ in verdicts})),), NONE_LOST),
    ]
