"""A large model on a real Kafka: escalations in, decisions and final verdicts out, none lost when something dies."""

import asyncio
import itertools
import json
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Producer

from moderator.config import TopicSettings
from moderator.contracts.codec import to_bytes
from tests.e2e.program import COMMAND, Running, run
from tests.integration.topic import records_of
from tests.support.chat_server import ChatServer, Request, fails, says
from tests.support.real_kafka import RealKafka
from tests.unit.review.answers import answering
from tests.unit.review.reviewed import escalation

pytestmark = pytest.mark.kafka

DEADLINE_S = 90.0  # a loaded machine
LOOK_S = 0.2
REVIEWER = (*COMMAND, "reviewer")
PROVEN = {"REVIEWER__FEWEST_PAIRS": "30", "REVIEWER__FALSE_ALLOWS": "0.2"}  # of what `prove_the_model` writes
HARMLESS = "a text that breaks nothing"


def blocks(request: Request) -> str:
    """The large model of these tests, as it answers in the generic format."""
    return answering(request["messages"], "block")


@pytest.fixture
async def model() -> AsyncIterator[ChatServer]:
    """It blocks everything."""
    async with ChatServer(blocks) as server:
        yield server


class Desk:
    """Escalations written, and what came of them."""

    def __init__(self, kafka: RealKafka, topics: TopicSettings, model: ChatServer) -> None:
        self._kafka = kafka
        self.topics = topics
        self.settings = {
            "KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
            "KAFKA__SESSION_TIMEOUT_MS": "3000",
            "HTTP__PORT": "0",
            "REVIEWER__GROUP_ID": topics.escalations,
            "REVIEWER__BASE_URL": model.base_url,
            "REVIEWER__MODEL": "a-model",
            "REVIEWER__DEADLINE_S": "20",
            "REVIEWER__OVERLAP": "0.000001",
            "REVIEWER__CANARY_EVERY": "0",
            **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
        }

    def escalate(self, *values: bytes) -> None:
        """Write these records."""
        producer = Producer({"bootstrap.servers": self._kafka.bootstrap_servers, "log_level": 0})
        for value in values:
            producer.produce(self.topics.escalations, value, b"an author")
        assert producer.flush(DEADLINE_S) == 0

    def prove_the_model(self) -> None:
        """Its past, in which it agreed with people."""
        producer = Producer({"bootstrap.servers": self._kafka.bootstrap_servers, "log_level": 0})
        for pair in (pair for number in range(40) for pair in blinded_pair(number, desk_policy())):
            producer.produce(self.topics.decisions, json.dumps(pair).encode(), pair["escalation_id"].encode())
        assert producer.flush(DEADLINE_S) == 0

    def read(self, topic: str) -> list[dict[str, Any]]:
        """The documents on `topic` at this moment."""
        return [json.loads(record.value() or b"null") for record in records_of(self._kafka, topic)]

    async def until(self, topic: str, count: int) -> list[dict[str, Any]]:
        """Wait for so many of different ids."""

        def there() -> bool:
            return sum(self._kafka.end_offsets(topic)) >= count

        await until(there)
        return await asyncio.to_thread(self.read, topic)


async def until(holds: Callable[[], bool]) -> None:
    """Look again and again: what is waited for happens in other programs."""
    async with asyncio.timeout(DEADLINE_S):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110  no event of this program tells
            await asyncio.sleep(LOOK_S)


@pytest.fixture
def desk(kafka: RealKafka, topics: TopicSettings, model: ChatServer) -> Desk:
    """Nothing written yet."""
    return Desk(kafka, topics, model)


def insults(number: int) -> bytes:
    """An escalation that a trusted model could decide."""
    asked = escalation("you fool", insult=0.4)
    return to_bytes(asked.model_copy(update={"id": f"{number:032x}", "message_id": f"m-{number}"}))


async def test_a_new_model_suggests_and_people_decide(desk: Desk) -> None:
    """On probation nothing is final; what is no escalation is a dead letter, and its neighbours go on."""
    desk.escalate(insults(1), b"no JSON", b"{}", insults(2))
    with Running(REVIEWER, desk.settings) as reviewer:
        decisions = await desk.until(desk.topics.decisions, 2)
        await until(lambda: sum(desk._kafka.end_offsets(desk.topics.dead_letters)) == 2)
        assert await asyncio.to_thread(reviewer.stop) == 0
        assert "you fool" not in reviewer.output + reviewer.errors
    assert {(one["outcome"], one["referral"]) for one in decisions} == {("escalate", "probation")}
    assert {one["suggestion"]["outcome"] for one in decisions} == {"block"}
    assert await asyncio.to_thread(desk.read, desk.topics.verdicts) == []


async def test_a_model_that_has_proven_itself_decides(desk: Desk, kafka: RealKafka) -> None:
    """By its pairs on the topic of decisions, which outlive it. The verdict has the key of the first and names it."""
    desk.prove_the_model()
    desk.escalate(insults(1))
    with Running(REVIEWER, desk.settings | PROVEN) as reviewer:
        (verdict,) = await desk.until(desk.topics.verdicts, 1)
        assert await asyncio.to_thread(reviewer.stop) == 0
    assert (verdict["outcome"], verdict["source"], verdict["replaces"]) == ("block", "llm", f"{1:032x}")
    assert verdict["statement"]["automated_decision"]
    (record,) = await asyncio.to_thread(records_of, kafka, desk.topics.verdicts)
    assert record.key() == b"an author"


async def test_a_model_that_fails_a_canary_decides_no_more(desk: Desk, tmp_path: Path) -> None:
    """One that blocks everything blocks what is known to be harmless. That outlives it, and reaches no platform."""
    canaries = tmp_path / "canaries.jsonl"
    canaries.write_text(json.dumps({"id": "c-1", "text": HARMLESS, "outcome": "allow", "labels": ["insult"]}), "utf-8")
    desk.prove_the_model()
    desk.escalate(insults(1))
    numbers = itertools.count(2)

    def leaves_it_to_people() -> bool:
        desk.escalate(insults(next(numbers)))
        return "probation" in {one.get("referral") for one in desk.read(desk.topics.decisions)}

    canary = {"REVIEWER__CANARY_EVERY": "1", "REVIEWER__CANARIES": str(canaries)}
    with Running(REVIEWER, desk.settings | PROVEN | canary) as reviewer:
        await desk.until(desk.topics.verdicts, 1)
        await until(leaves_it_to_people)
        assert await asyncio.to_thread(reviewer.stop) == 0
        assert "false_block" in reviewer.output
        assert HARMLESS not in reviewer.output + reviewer.errors
    decisions = await asyncio.to_thread(desk.read, desk.topics.decisions)
    asked = [one for one in decisions if one["escalation_id"].startswith("canary-c-1-")]
    assert {(one["outcome"], one["referral"], one["suggestion"]["outcome"]) for one in asked} == {
        ("escalate", "canary", "block")
    }
    verdicts = await asyncio.to_thread(desk.read, desk.topics.verdicts)
    assert not {one["replaces"] for one in verdicts} & {one["escalation_id"] for one in asked}
    last = insults(next(numbers))
    desk.escalate(last)
    with Running(REVIEWER, desk.settings | PROVEN | {"REVIEWER__CANARIES": str(canaries)}) as reviewer:
        await until(lambda: answered(desk, json.loads(last)["id"]) == "probation")
        assert await asyncio.to_thread(reviewer.stop) == 0
    assert len(await asyncio.to_thread(desk.read, desk.topics.verdicts)) == len(verdicts)


def answered(desk: Desk, escalation_id: str) -> str | None:
    """Why this escalation is left to people; None while it is not."""
    said = {one["escalation_id"]: one.get("referral") for one in desk.read(desk.topics.decisions)}
    return said.get(escalation_id)


async def test_a_killed_reviewer_loses_no_escalation(desk: Desk, model: ChatServer) -> None:
    """What it was asking is asked again by the next one."""
    model.delay_s = 600.0
    desk.escalate(*(insults(number) for number in range(5)))
    with Running(REVIEWER, desk.settings) as reviewer:
        await until(lambda: len(model.requests) == 5)
        assert await asyncio.to_thread(reviewer.stop, signal.SIGKILL) == -signal.SIGKILL
    model.delay_s = 0.0
    with Running(REVIEWER, desk.settings) as reviewer:
        decisions = await desk.until(desk.topics.decisions, 5)
        assert await asyncio.to_thread(reviewer.stop) == 0
    assert {one["message_id"] for one in decisions} == {f"m-{number}" for number in range(5)}


async def test_a_model_that_misbehaves_sends_work_to_people_and_says_why(desk: Desk, model: ChatServer) -> None:
    """One after another, each with its own word."""
    model.script.extend([fails(401), says(None, refusal="no"), says("{", "length"), says("safe"), fails(429)])
    desk.escalate(*(insults(number) for number in range(5)))
    with Running(REVIEWER, desk.settings | {"REVIEWER__CONCURRENCY": "1"}) as reviewer:
        decisions = await desk.until(desk.topics.decisions, 5)
        assert await asyncio.to_thread(reviewer.stop) == 0
    told = sorted(one["referral"] for one in decisions)
    assert told == ["cut_short", "invalid_output", "probation", "refused", "unavailable"]


async def test_settings_that_cannot_work_are_named_together(desk: Desk) -> None:
    """At the start, with exit code 2."""
    nameless = await asyncio.to_thread(run, "reviewer", settings=desk.settings | {"REVIEWER__MODEL": ""})
    assert nameless.returncode == 2
    assert b"MODERATOR_REVIEWER__MODEL" in nameless.stderr
    for setting in ("POLICIES", "CANARIES"):
        lost = {f"REVIEWER__{setting}": "/nowhere"}
        nowhere = await asyncio.to_thread(run, "reviewer", settings=desk.settings | lost)
        assert nowhere.returncode == 2
        assert b"/nowhere" in nowhere.stderr


def desk_policy() -> dict[str, str]:
    """The shipped document that covers insults, as decisions name it."""
    from moderator.review.documents import load_policies  # noqa: PLC0415

    policy = load_policies().covering(escalation(insult=0.4))
    assert policy is not None
    return policy.reference.model_dump()


def blinded_pair(number: int, policy: dict[str, str]) -> list[dict[str, Any]]:
    """A model and a person who agree to block, neither knowing of the other."""
    common = {
        "escalation_id": f"p{number:031x}",
        "message_id": f"p-{number}",
        "policy": policy,
        "replaces": f"p{number:031x}",
        "rules": [],
        "suggestion_seen": False,
        "labels": [],
        "decided_at": "2099-01-01T00:00:00Z",
    }
    model = {"outcome": "escalate", "referral": "sampled", "suggestion": {"outcome": "block"}}
    return [
        common | model | {"id": f"m-{number}", "source": "llm", "reviewer_id": "a-model"},
        common | {"id": f"h-{number}", "outcome": "block", "source": "human", "reviewer_id": "r-7"},
    ]
