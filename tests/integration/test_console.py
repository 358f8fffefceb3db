"""People's review on a real Kafka and both stores: nothing is lost, and nothing doubled but with equal ids."""

import asyncio
import json
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from moderator.contracts.codec import to_bytes
from tests.e2e.program import COMMAND, Running, run
from tests.integration.crashing_console import INTAKE, OUTBOX
from tests.integration.review_desk import DEADLINE_S, ReviewDesk
from tests.support.postgres import LocalPostgres
from tests.support.real_kafka import RealKafka
from tests.unit.console.arrived import escalated
from tests.unit.review.reviewed import decision

pytestmark = pytest.mark.kafka

CONSOLE = (*COMMAND, "console")
LOOK_S = 0.2


@pytest.fixture
def desk(kafka: RealKafka, topics: TopicSettings, tmp_path: Path) -> Iterator[ReviewDesk]:
    """On SQLite."""
    desk = ReviewDesk(kafka, topics, f"sqlite:///{tmp_path / 'console.db'}")
    yield desk
    desk.close()


@pytest.fixture
def desk_on_postgres(kafka: RealKafka, topics: TopicSettings, postgres: LocalPostgres) -> Iterator[ReviewDesk]:
    """On PostgreSQL."""
    desk = ReviewDesk(kafka, topics, postgres.empty_database())
    yield desk
    desk.close()


async def until(holds: Callable[[], bool]) -> None:
    """Look again and again: what is waited for happens in other programs."""
    async with asyncio.timeout(DEADLINE_S):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110  no event of this program tells
            await asyncio.sleep(LOOK_S)


def probe(console: Running) -> int:
    """What /readyz answers."""
    return answered(console, "probes", "/readyz")


def answered(console: Running, by: str, path: str) -> int:
    """What comes from there, by the probes or the pages."""
    port = json.loads(console.until(f'"{by}"'))["port"]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=DEADLINE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.parametrize("where", ["desk", "desk_on_postgres"])
async def test_an_escalation_becomes_a_persons_final_verdict(where: str, request: pytest.FixtureRequest) -> None:
    """With the key of the first; what is no escalation is a dead letter, what a large model decides needs no person."""
    desk: ReviewDesk = request.getfixturevalue(where)
    topics = desk.topics
    first, second = escalated(1), escalated(2, "another threat")
    desk.write(topics.escalations, to_bytes(first), b"no JSON")
    with Running(CONSOLE, desk.settings) as console:
        await until(lambda: desk.waiting() == 1)
        await until(lambda: probe(console) == 200)
        _, answer = await asyncio.to_thread(lambda: desk.block(desk.claim()))
        await until(desk.holds(topics.verdicts, 1))
        await until(desk.holds(topics.dead_letters, 1))
        of_model = decision(
            id="llm", source="llm", reviewer_id="a-model", escalation_id=second.id, message_id="m-2", replaces=second.id
        )
        desk.write(topics.decisions, to_bytes(of_model))
        desk.write(topics.escalations, to_bytes(second), to_bytes(escalated(3, "a third threat")))
        await until(lambda: desk.waiting() == 1)
        claim = await asyncio.to_thread(desk.claim)
        assert claim.job.id == escalated(3).id
        assert await asyncio.to_thread(console.stop) == 0
        assert "threat" not in console.output + console.errors
    (verdict,) = desk.records(topics.verdicts)
    document = json.loads(verdict.value() or b"")
    assert verdict.key() == b"an author"
    assert (document["id"], document["replaces"], document["source"]) == (answer.verdict_id, first.id, "human")
    assert not document["statement"]["automated_decision"]
    assert {one["id"] for one in desk.documents(topics.decisions)} == {answer.decision.id, "llm"}
    (letter,) = desk.records(topics.dead_letters)
    assert (letter.key(), letter.value()) == (b"an author", b"no JSON")
    assert dict(letter.headers() or [])["moderator.error.code"] == b"invalid_json"
    assert await desk.committed() == 4


async def killed_at(point: str, desk: ReviewDesk) -> None:
    """A console runs until it dies there."""
    with Running((sys.executable, "-m", "tests.integration.crashing_console", point), desk.settings) as console:
        assert await asyncio.to_thread(console.status) == -signal.SIGKILL, point


async def test_a_console_that_is_killed_anywhere_loses_nothing(desk: ReviewDesk) -> None:
    """Kill -9 between each two steps in turn; what goes out twice goes out with the same id."""
    topics = desk.topics
    numbers = range(3)
    desk.write(topics.escalations, *(to_bytes(escalated(number, f"threat {number}")) for number in numbers))
    for point in INTAKE:
        await killed_at(point, desk)
    assert desk.waiting() == len(numbers)
    answers = [desk.block(desk.claim())[1] for _ in numbers]
    for point in OUTBOX:
        await killed_at(point, desk)
    with Running(CONSOLE, desk.settings) as console:
        await until(desk.holds(topics.verdicts, 2 * len(numbers)))
        assert await asyncio.to_thread(console.stop) == 0
    decisions, verdicts = desk.documents(topics.decisions), desk.documents(topics.verdicts)
    assert {one["id"] for one in decisions} == {answer.decision.id for answer in answers}
    assert {one["id"] for one in verdicts} == {answer.verdict_id for answer in answers}
    assert (len(decisions), len(verdicts)) == (6, 6)  # each once more than needed: it died before it was marked
    assert all(decisions.count(one) == 2 for one in decisions)
    assert desk.waiting() == 0
    assert await desk.committed() == len(numbers)


async def test_a_store_that_goes_away_is_waited_for(desk_on_postgres: ReviewDesk, postgres: LocalPostgres) -> None:
    """Unready, and nothing is committed; when it is back, it goes on."""
    desk = desk_on_postgres
    desk.write(desk.topics.escalations, to_bytes(escalated(1)))
    with Running(CONSOLE, desk.settings) as console:
        await until(lambda: desk.waiting() == 1)
        await until(lambda: probe(console) == 200)
        postgres.kill()
        desk.write(desk.topics.escalations, to_bytes(escalated(2)))
        await until(lambda: probe(console) == 503)
        assert await desk.committed() == 1
        await asyncio.to_thread(postgres.start)
        await until(lambda: desk.waiting() == 2)
        await until(lambda: probe(console) == 200)
        assert await asyncio.to_thread(console.stop) == 0
    assert await desk.committed() == 2


async def test_a_console_starts_before_its_store(desk_on_postgres: ReviewDesk, postgres: LocalPostgres) -> None:
    """And can be stopped while it waits. Its pages say that it does."""
    postgres.kill()
    try:
        with Running(CONSOLE, desk_on_postgres.settings) as console:
            await asyncio.to_thread(console.until, "waiting for the store")
            assert await asyncio.to_thread(console.stop) == 0
        with Running(CONSOLE, desk_on_postgres.settings) as console:
            await asyncio.to_thread(console.until, "waiting for the store")
            assert await asyncio.to_thread(answered, console, "pages", "/review") == 503
            postgres.start()
            await until(lambda: probe(console) == 200)
            assert await asyncio.to_thread(answered, console, "pages", "/review") == 401
            assert await asyncio.to_thread(console.stop) == 0
    finally:
        postgres.restart()


async def test_an_empty_store_in_an_old_groups_place_is_refused(desk: ReviewDesk, tmp_path: Path) -> None:
    """Else what the group has read would wait for nobody, and nobody would know."""
    desk.write(desk.topics.escalations, to_bytes(escalated(1)))
    with Running(CONSOLE, desk.settings) as console:
        await until(lambda: desk.waiting() == 1)
        assert await asyncio.to_thread(console.stop) == 0
    other = desk.settings | {"CONSOLE__STORE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    refused = await asyncio.to_thread(run, "console", settings=other)
    assert refused.returncode == 2
    assert b"MODERATOR_CONSOLE__STORE_URL: lacks what the group" in refused.stderr
