"""Escalation to final verdict on a real Kafka, while everything on the way is killed again and again."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from moderator.config import TopicSettings
from moderator.contracts.codec import to_bytes
from moderator.exit_codes import ExitCode
from tests.e2e.program import COMMAND
from tests.integration import crashing_console, crashing_reviewer
from tests.integration.review_loop import Progress, ReviewLoop, answer
from tests.integration.revived import Revived
from tests.support.chat_server import ChatServer
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

SEED = 10  # of what dies where; any will do, and this one has a reviewer die between a decision and its verdict
DEADLINE_S = 240.0  # of each stage: programs that start on a loaded machine take their time
LOOK_S = 0.2
MODEL_TAKES_S = 0.1  # so that a kill meets requests on their way
WAVE = 12  # escalations for each life of a program, and each strike
SOME = WAVE // 3  # of any progress, which one wave makes for sure
# At points drawn from all. Each of the console's is met by itself in test_console.py.
REVIEWER_CRASHES, CONSOLE_CRASHES = 2, 1

# What an orchestrator sees of a program that was killed, or whose broker was away for too long.
HARMLESS = {-signal.SIGKILL, ExitCode.UNAVAILABLE}


@pytest.fixture
async def model() -> AsyncIterator[ChatServer]:
    """It takes a moment for each answer."""
    async with ChatServer(answer) as server:
        server.delay_s = MODEL_TAKES_S
        yield server


@pytest.fixture
def loop(kafka: RealKafka, topics: TopicSettings, model: ChatServer, tmp_path: Path) -> Iterator[ReviewLoop]:
    """Nothing escalated yet."""
    loop = ReviewLoop(kafka, topics, tmp_path, model)
    loop.prove_the_model()
    yield loop
    loop.desk.close()


async def until(holds: Callable[[], bool]) -> None:
    """Look again and again: what is waited for happens in other programs."""
    async with asyncio.timeout(DEADLINE_S):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110  no event of this program tells
            await asyncio.sleep(LOOK_S)


def lives(program: str, points: Sequence[str]) -> list[Sequence[str]]:
    """Commands that die at `points` in turn, then one that does not."""
    crashing = [(sys.executable, "-m", f"tests.integration.crashing_{program}", point) for point in points]
    return [*crashing, (*COMMAND, program)]


async def outlive(loop: ReviewLoop, *mortals: tuple[Revived, Sequence[str]]) -> None:
    """Work for each life, until each program has died at all of its points."""
    dead = -1
    async with asyncio.timeout(DEADLINE_S):
        while any(len(program.statuses) < len(points) for program, points in mortals):
            if (now := sum(len(program.statuses) for program, _ in mortals)) > dead:
                dead = now
                await asyncio.to_thread(loop.escalate, WAVE)
            await asyncio.sleep(LOOK_S)


async def a_moment_later(loop: ReviewLoop, chance: Random) -> None:
    """When a new wave has come some way, by whatever sign."""
    sign, some = chance.choice(list(Progress)), chance.randint(1, SOME)
    reached = await asyncio.to_thread(loop.count, sign) + some
    await asyncio.to_thread(loop.escalate, WAVE)
    await until(lambda: loop.count(sign) >= reached)


async def test_every_escalation_gets_one_final_verdict_whatever_dies(
    loop: ReviewLoop, kafka: RealKafka, tmp_path: Path
) -> None:
    """Reviewer and console are killed between the steps of their work and at any time, and the broker with them. What
    is published twice is the same.
    """
    chance = Random(SEED)
    of_reviewer = chance.sample(crashing_reviewer.POINTS, REVIEWER_CRASHES)
    of_console = chance.sample(crashing_console.INTAKE + crashing_console.OUTBOX, CONSOLE_CRASHES)

    def restart_the_broker() -> None:
        kafka.kill()
        kafka.start()

    with (
        Revived(lives("reviewer", of_reviewer), loop.settings, tmp_path / "reviewer.log") as reviewer,
        Revived(lives("console", of_console), loop.settings, tmp_path / "console.log") as console,
        loop.people(),
    ):
        await outlive(loop, (reviewer, of_reviewer), (console, of_console))
        for strike in ((restart_the_broker,), (reviewer.kill, console.kill, restart_the_broker)):
            await a_moment_later(loop, chance)
            for hit in strike:
                await asyncio.to_thread(hit)
        await until(lambda: loop.desk.waiting() == 0)
        await until(lambda: loop.verdicts().keys() == loop.escalations.keys())
        await until(lambda: loop.acknowledged <= {decision.id for decision in loop.decisions()})
        assert await asyncio.to_thread(reviewer.stop) == 0
        assert await asyncio.to_thread(console.stop) == 0
        assert {*reviewer.statuses[:-1], *console.statuses[:-1]} <= HARMLESS

    verdicts = loop.verdicts()
    assert {id_: len(final) for id_, final in verdicts.items()} == dict.fromkeys(loop.escalations, 1)
    decisions = loop.decisions()
    assert len(set(map(to_bytes, decisions))) == len({decision.id for decision in decisions})
    assert {decision.escalation_id for decision in decisions} == loop.escalations.keys()
    assert {final for (final,) in verdicts.values()} == {loop.verdict_of(decision) for decision in decisions} - {None}
