"""A batch has one span from its fetch to its commit, its stages hang under it, and its verdicts name it."""

from collections import Counter
from dataclasses import replace

import pytest

from moderator.errors import BrokerUnavailable
from tests.unit.pipeline.collected import Collected
from tests.unit.pipeline.fakes import FakeClassifier, ScriptedPublisher, record
from tests.unit.pipeline.test_flow import running

BATCH = "moderate messages"
STAGES = ("decode", "tokenize", "infer", "publish", "commit")
OWN = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def refusing_once() -> FakeClassifier:
    """A model that fails on the first call."""
    classifier = FakeClassifier()
    classifier.refuse = lambda _text: len(classifier.calls) == 1
    return classifier


async def test_a_batch_is_one_span_and_its_stages() -> None:
    """What is in a trace stays there, what is in none goes on in the batch's; an escalation as its verdict."""
    collected = Collected()
    traced = replace(record(0, "score 0.7"), headers=(("traceparent", OWN),))
    async with running([[traced, record(1), record(2, value=b"no JSON")]], tracing=collected.tracing) as flow:
        await flow.source.until_committed(3)
    batch = collected.one(BATCH)
    assert batch.context is not None
    here = f"00-{batch.context.trace_id:032x}-{batch.context.span_id:016x}-".encode()
    stages = [span for span in collected.spans if span is not batch]
    assert [span.name for span in stages] == list(STAGES)
    assert all(span.parent and span.parent.span_id == batch.context.span_id for span in stages)
    assert batch.attributes is not None
    outcomes = ("allow", "block", "escalate", "dead_letters")
    assert [batch.attributes[f"moderator.batch.{name}"] for name in outcomes] == [1, 0, 1, 1]
    (escalation,), (first, second) = flow.publisher.on("escalations"), flow.publisher.on("verdicts")
    for publication, goes_on in ((escalation, OWN), (first, OWN), (second, here)):
        headers = {name: value or b"" for name, value in publication.headers}
        assert headers["traceparent"].startswith(goes_on)
        assert headers["ce_traceparent"].startswith(here)
    (letter,) = flow.publisher.on("dead-letters")
    assert not {"traceparent", "ce_traceparent"} & dict(letter.headers).keys()


async def test_a_batch_that_is_tried_again_is_still_one_span() -> None:
    """With the stage that failed, and the number of attempts."""
    collected = Collected()
    async with running([[record(0)]], refusing_once(), tracing=collected.tracing) as flow:
        await flow.source.until_committed(1)
    attributes = collected.one(BATCH).attributes or {}
    assert attributes["moderator.batch.attempts"] == 2
    assert Counter(span.name for span in collected.spans)["infer"] == 2
    failed = [span for span in collected.spans if not span.status.is_ok]
    assert [(span.name, (span.attributes or {})["error.type"]) for span in failed] == [("infer", "RuntimeError")]


async def test_a_batch_that_is_given_up_is_told_all_the_same() -> None:
    """By the stage that failed and why; the agent's log says that it stopped, and the span which batch it was at."""
    collected, publisher = Collected(), ScriptedPublisher()
    publisher.error = BrokerUnavailable("nothing confirmed")
    async with running([[record(0)]], publisher=publisher, tracing=collected.tracing) as flow:
        with pytest.raises(BrokerUnavailable):
            await flow.ended
    failed = [span for span in collected.spans if not span.status.is_ok]
    assert [(span.name, (span.attributes or {})["error.type"]) for span in failed] == [
        ("publish", "BrokerUnavailable"),
        (BATCH, "BrokerUnavailable"),
    ]
