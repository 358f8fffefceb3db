"""An escalation that comes again gets the answer that it got, not another one under the same id."""

import json
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Record
from moderator.contracts.review import Decision
from moderator.pipeline.reviewer import Reviewer, ReviewTopics
from moderator.review.probation import Standing
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import record
from tests.unit.pipeline.test_asking import Scene, ScriptedModel
from tests.unit.review.reviewed import escalation

ASKED = escalation("you fool", insult=0.4)
READ = replace(record(0), key=b"an author", value=to_bytes(ASKED))
TOPICS = ReviewTopics("decisions", "verdicts", "dead letters")


class Life:
    """A reviewer from its start to its death, who knows what the ones before it had `said`."""

    def __init__(self, model: ScriptedModel, said: dict[str, Decision], standing: Standing = Standing.TRUSTED) -> None:
        self.scene = Scene(model, standing=standing)
        self.made: list[Decision] = []
        self.registry = CollectorRegistry()
        self.reviewer = Reviewer(
            self.scene.asking,
            TOPICS,
            "reviewers",
            said.get,
            self.made.append,
            Metrics(self.registry),
            lambda: ASKED.escalated_at,
            self.scene.clock,
        )

    async def publishes(self, read: Record = READ) -> list[tuple[str, bytes | None]]:
        """What it makes of the record, by the topic."""
        return [(each.topic, each.value) for each in await self.reviewer.review(read)]


@pytest.mark.parametrize("standing", [Standing.TRUSTED, Standing.ON_PROBATION])
async def test_what_is_on_the_topic_is_published_again_with_what_follows_from_it(standing: Standing) -> None:
    """Whatever the model would say now, and whether it may decide by now."""
    first = Life(ScriptedModel("block"), {}, standing)
    published = await first.publishes()
    said = {ASKED.id: Decision.model_validate_json(published[0][1] or b"")}
    second = Life(ScriptedModel("allow"), said)
    assert await second.publishes() == published
    assert [topic for topic, _ in published] == ["decisions", "verdicts"][: len(published)]
    assert len(published) == (2 if standing is Standing.TRUSTED else 1)


async def test_nobody_is_asked_again_and_nothing_is_counted_again() -> None:
    """Neither tokens nor a decision."""
    published = await Life(ScriptedModel("block"), {}).publishes()
    model = ScriptedModel("block")
    again = Life(model, {ASKED.id: Decision.model_validate_json(published[0][1] or b"")})
    await again.publishes()
    assert (model.formats, again.made, again.scene.budget.spent().tokens) == ([], [], 0)
    assert again.registry.get_sample_value("moderator_review_seconds_count") == 0


async def test_an_escalation_that_is_new_is_asked_about() -> None:
    """What was said of others does not answer it."""
    life = Life(ScriptedModel("block"), {"another": Decision.model_validate_json(await _said())})
    ((_, value), _) = await life.publishes()
    assert json.loads(value or b"")["escalation_id"] == ASKED.id
    assert len(life.made) == 1


@pytest.mark.parametrize(
    ("says", "standing", "verdicts", "overturns"),
    [
        ("allow", Standing.TRUSTED, 1, 1),
        ("block", Standing.TRUSTED, 1, 0),
        ("block", Standing.ON_PROBATION, None, 0),
    ],
)
async def test_what_the_model_decided_is_counted_once_it_is_published(
    says: str, standing: Standing, verdicts: float | None, overturns: float
) -> None:
    """Nothing before, and nothing of what it leaves to people. The escalation was read long after it was written."""
    life = Life(ScriptedModel(says), {}, standing)
    led_to = await life.reviewer.review(READ)
    sample = life.registry.get_sample_value
    labels = {"label": "insult", "outcome": says, "source": "llm"}
    assert sample("moderator_verdicts_total", labels) is None
    life.reviewer.published(READ, led_to)
    assert sample("moderator_verdicts_total", labels) == verdicts
    assert sample("moderator_review_overturns_total", {"source": "llm"}) == overturns
    assert sample("moderator_review_turnaround_seconds_count", {"source": "llm"}) == verdicts
    waited = ASKED.escalated_at.timestamp() - READ.timestamp_ms / 1000
    assert sample("moderator_review_turnaround_seconds_sum", {"source": "llm"}) == (verdicts and waited)


async def _said() -> bytes:
    ((_, value), _) = await Life(ScriptedModel("block"), {}).publishes()
    return value or b""
