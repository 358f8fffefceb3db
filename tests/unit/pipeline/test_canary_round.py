"""A large model is asked about canaries among escalations, as about any other, and what it says decides nothing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Publication
from moderator.contracts.review import Decision
from moderator.pipeline.canary_round import CanaryRound
from moderator.review.canaries import Canary
from moderator.review.reply import Ending, Reply
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import record
from tests.unit.pipeline.test_asking import Scene, ScriptedModel
from tests.unit.review.reviewed import escalation

TEXT = "you are a canary"


def canary(id_: str = "insult-1", outcome: str = "block") -> Canary:
    """For the policy that covers insults."""
    return Canary.model_validate({"id": id_, "text": TEXT, "outcome": outcome, "labels": ["insult"]})


class Round:
    """Of a model that says `says`, unless its script has something else."""

    def __init__(
        self, says: str = "block", canaries: Sequence[Canary] = (canary(),), every: int = 1, **scene: Any
    ) -> None:
        self.model = ScriptedModel(says)
        self.registry = CollectorRegistry()
        self.made: list[Decision] = []
        self._round = CanaryRound(
            Scene(self.model, **scene).asking, canaries, every, "decisions", self.made.append, Metrics(self.registry)
        )

    async def after(self, number: int = 1, value: bytes | None = None) -> Sequence[Publication]:
        """The escalation of this number, which has an author's key and a trace."""
        beside = escalation(insult=0.4).model_copy(update={"id": f"{number:032x}"})
        read = replace(record(0), key=b"an author", headers=(("traceparent", b"00-1"),))
        return await self._round.after(replace(read, value=to_bytes(beside) if value is None else value))

    async def document(self) -> Any:
        """The one decision that is published."""
        (published,) = await self.after()
        return json.loads(published.value or b"")

    def counted(self, code: str) -> float | None:
        """Canaries of this result."""
        return self.registry.get_sample_value("moderator_canaries_total", {"code": code})


async def test_an_answer_is_published_and_decides_nothing() -> None:
    """Even a trusted model's: nobody's message is behind it, so it has nobody's key and is in nobody's trace."""
    asked = Round("block")
    (published,) = await asked.after()
    document = json.loads(published.value or b"")
    assert (document["outcome"], document["referral"], document["suggestion"]["outcome"]) == (
        "escalate",
        "canary",
        "block",
    )
    assert document["escalation_id"].startswith("canary-insult-1-")
    assert document["replaces"] == document["message_id"] == document["escalation_id"]
    assert (published.topic, published.key) == ("decisions", document["message_id"].encode())
    assert "traceparent" not in dict(published.headers)
    assert document["usage"] == {"requests": 1, "input_tokens": 100, "output_tokens": 20}
    assert [decision.id for decision in asked.made] == [document["id"]]
    assert asked.counted("passed") == 1


async def test_each_answer_is_a_decision_of_its_own() -> None:
    """The same canary may be asked about a thousand times."""
    asked = Round()
    assert len({(await asked.document())["id"] for _ in range(3)}) == 3


async def test_canaries_take_turns() -> None:
    """Each is asked about before any is asked about again."""
    asked = Round(canaries=[canary(f"c-{number}") for number in range(5)])
    for _ in range(2):
        ids = {(await asked.document())["escalation_id"].rpartition("-")[0] for _ in range(5)}
        assert ids == {f"canary-c-{number}" for number in range(5)}


@pytest.mark.parametrize(
    ("says", "known", "code"), [("allow", "block", "false_allow"), ("block", "allow", "false_block")]
)
async def test_a_wrong_answer_is_seen(
    says: str, known: str, code: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the metric and the log, which tells which canary and quotes nothing."""
    asked = Round(says, [canary(outcome=known)])
    await asked.after()
    told = capsys.readouterr().out + caplog.text
    assert (asked.counted(code), asked.counted("passed")) == (1, 0)
    assert "insult-1" in told
    assert code in told
    assert TEXT not in told


@pytest.mark.parametrize(
    "reply", [TimeoutError(), Reply("", Ending.REFUSED, 10, 0), Reply("safe", Ending.COMPLETE, 10, 5)], ids=repr
)
async def test_no_answer_is_no_wrong_one(reply: Exception | Reply) -> None:
    """People would have decided. What it took is published."""
    asked = Round()
    asked.model.script.append(reply)
    document = await asked.document()
    assert "suggestion" not in document
    assert document["usage"]["requests"] == 1
    assert asked.counted("unanswered") == 1


async def test_an_answer_about_half_a_text_is_none() -> None:
    """The violation may be in the other half."""
    long = canary().model_copy(update={"text": "a text that is longer than what is shown of it"})
    asked = Round("allow", [long], most_characters=10)
    assert "suggestion" not in await asked.document()


async def test_where_nobody_was_asked_nothing_is_published() -> None:
    """A spent budget is known from the escalations."""
    asked = Round(tokens_per_day=10)
    assert await asked.after() == ()
    assert (asked.model.formats, asked.counted("unanswered")) == ([], 1)


async def test_one_among_so_many_escalations_has_a_canary_beside_it() -> None:
    """Which, their ids decide: after a new start it is no other."""
    drawn = [
        [bool(await asked.after(number)) for number in range(1000)] for asked in (Round(every=10), Round(every=10))
    ]
    assert drawn[0] == drawn[1]
    assert 70 <= sum(drawn[0]) <= 130


@pytest.mark.parametrize("none", [{"every": 0}, {"canaries": ()}])
async def test_it_can_be_left_out(none: dict[str, Any]) -> None:
    """Then nothing is asked but escalations."""
    asked = Round(**none)
    assert [await asked.after(number) for number in range(20)] == [()] * 20
    assert asked.model.formats == []


async def test_beside_what_is_no_escalation_there_is_no_canary() -> None:
    """It got its dead letter already."""
    assert await Round().after(value=b"no JSON") == ()
