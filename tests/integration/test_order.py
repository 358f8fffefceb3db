"""The order of verdicts on a real Kafka, while members of the group join, leave, are killed and taken for dead.

What holds, for each key: an owner of its partition answers its messages one after the other, without a gap, from a
place on before which all is answered. So what is published of a key is a mixture of such runs, one an owner at most,
and wherever a verdict stands, the verdicts of all earlier messages of its key stand before it.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from enum import StrEnum
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest

from tests.integration.agent_process import AgentProcess
from tests.integration.conftest import StartAgent
from tests.integration.platform import Platform, Sent
from tests.integration.topic import records_of
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

SEED = 11
GROUP = "group"
AUTHORS = 8
BURST = 400  # more than are answered before the test interferes
SOME = 60
STARTS_OF_RUNS = ("assigned", "publishing again")  # in an agent's log


class Fault(StrEnum):
    """What happens to one of two agents while messages are moderated."""

    LEAVES = "SIGTERM, and another joins"
    KILLED = "SIGKILL, and another joins"
    WAKES_AMID = "taken for dead, and wakes while its successor is at its messages"
    WAKES_LATE = "taken for dead, and wakes when its successor has answered them all"


class Talk:
    """Few authors who write much."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._written = 0

    def burst(self) -> list[Sent]:
        """The next messages."""
        first, self._written = self._written, self._written + BURST
        return [self._message(number) for number in range(first, self._written)]

    def _message(self, number: int) -> Sent:
        value = json.dumps({"id": f"m{number}", "text": f"Message {number}: the tea is ready."}).encode()
        return Sent(b"author %d" % self._draw.randrange(AUTHORS), value)


def suffer(fault: Fault, agents: list[AgentProcess], platform: Platform, talk: Talk) -> AgentProcess | None:
    """The first of two agents has the fault, under load. Returns it if it is still there."""
    agent = agents.pop(0)
    match fault:
        case Fault.LEAVES:
            assert agent.stop() == 0
        case Fault.KILLED:
            agent.kill()
        case Fault.WAKES_AMID | Fault.WAKES_LATE:
            agent.freeze()
    platform.members(GROUP, 1)
    platform.send(talk.burst())
    if fault is Fault.WAKES_LATE:
        platform.all_answered()
    if fault in (Fault.LEAVES, Fault.KILLED):
        return None
    agent.wake()
    return agent


def by_key(records: Iterable[tuple[bytes | None, int]]) -> dict[bytes | None, list[int]]:
    """The offsets of each key in the order of `records`."""
    offsets: dict[bytes | None, list[int]] = defaultdict(list)
    for key, offset in records:
        offsets[key].append(offset)
    return offsets


def runs(verdicts: Sequence[int]) -> int:
    """The fewest runs, each of consecutive messages, that `verdicts` can be a mixture of."""
    before = {later: earlier for earlier, later in pairwise(sorted(set(verdicts)))}
    ends: Counter[int | None] = Counter()
    started = 0
    for message in verdicts:
        if ends[before.get(message)]:
            ends[before.get(message)] -= 1
        else:
            started += 1
        ends[message] += 1
    return started


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([1, 4, 5, 9], 1),
        ([1, 4, 5, 4, 5, 9], 2),
        ([1, 4, 1, 5, 4, 9, 5, 9], 2),
        ([1, 4, 5, 5, 4, 9], 3),
        ([9, 5, 4, 1], 4),
    ],
)
def test_runs_are_told_apart(verdicts: list[int], expected: int) -> None:
    """In order, once and again, mixed, repeated backwards, and backwards."""
    assert runs(verdicts) == expected


def test_verdicts_follow_their_messages_whoever_comes_goes_or_wakes(
    platform: Platform, agent: StartAgent, kafka: RealKafka, tmp_path: Path
) -> None:
    """First verdicts are in order; repeated ones are runs in order, at most one for each time that an agent began."""
    draw = random.Random(SEED)
    faults = draw.sample([*Fault], len(Fault)) + draw.sample([*Fault], 2)
    talk = Talk(draw)
    with ExitStack() as stack:
        agents = [stack.enter_context(agent(GROUP)) for _ in range(2)]
        platform.members(GROUP, 2)
        for fault in faults:
            platform.send(talk.burst())
            platform.answered(len(platform.answers) + SOME)
            survivor = suffer(fault, agents, platform, talk)
            agents.append(survivor or stack.enter_context(agent(GROUP)))
            platform.members(GROUP, 2)
        platform.all_answered()
        assert [each.stop() for each in agents] == [0, 0]

    begun = sum(log.read_text().count(f'"{event}"') for log in tmp_path.glob("*.log") for event in STARTS_OF_RUNS)
    published = by_key(
        (record.key(), json.loads(record.value() or b"")["origin"]["offset"])
        for record in records_of(kafka, platform.topics.verdicts)
    )
    sent = by_key((message.key, offset) for (_, offset), message in sorted(platform.sent.items(), key=itemgetter(0)))
    assert {key: list(dict.fromkeys(offsets)) for key, offsets in published.items()} == sent
    assert max(map(runs, published.values())) in range(2, begun + 1)  # some were repeated, or nothing was tested
