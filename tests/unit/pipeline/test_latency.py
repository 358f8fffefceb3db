"""Where messages' time goes: every message counts once in every stage, and the stages add up to its whole time."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.record import Record
from moderator.pipeline.flow import RETRY_DELAY_S
from moderator.pipeline.latency import Latency
from moderator.pipeline.times import Times
from moderator.telemetry.metrics import STAGES, Metrics
from tests.unit.pipeline.fakes import FakeClassifier, record
from tests.unit.pipeline.test_flow import Running, running

NAME = "moderator_end_to_end_latency_seconds"


def whole(flow: Running) -> float:
    """Seconds of all messages together, after a check that every stage has all of them."""
    counts = {stage: flow.sample(f"{NAME}_count", stage=stage) for stage in (*STAGES, "total")}
    assert set(counts.values()) == {flow.sample("moderator_messages_total", outcome="allow")}
    return flow.sample(f"{NAME}_sum", stage="total")


def parts(flow: Running) -> dict[str, float]:
    """The same by stage."""
    return {stage: flow.sample(f"{NAME}_sum", stage=stage) for stage in STAGES}


def test_stages_meet() -> None:
    """From the fetch to the commit without a gap; what is not decoding or tokenizing is inference."""
    times = Times(1.0, 3.0, decoding=0.5, tokenizing=0.25, answered=7.0, turned_to=8.0, published=11.0, committed=16.0)
    assert times.stages() == {
        "queue": 2.0,
        "decode": 0.5,
        "tokenize": 0.25,
        "infer": 3.25,
        "backpressure": 1.0,
        "publish": 3.0,
        "commit": 5.0,
    }
    assert ["poll", *times.stages()] == list(STAGES)


def test_a_record_without_a_timestamp_has_waited_for_no_time_that_is_known() -> None:
    """Kafka's word for none is -1, which would be a wait of half a century: enough to set off every alarm."""
    metrics = Metrics(CollectorRegistry())
    times = Times(1.0, started=1.0, answered=2.0, turned_to=2.0, published=2.0, committed=3.0)
    Latency(metrics).observe([replace(record(0), timestamp_ms=-1)], times, fetched_ms=1.7e12)
    assert metrics.registry.get_sample_value(f"{NAME}_sum", {"stage": "poll"}) == 0
    assert metrics.registry.get_sample_value(f"{NAME}_sum", {"stage": "total"}) == 2.0


def test_an_attempt_that_failed_is_forgotten() -> None:
    """Its decoding is no part of the one that the answers come from."""
    times = Times(1.0)
    times.start(2.0)
    times.decoding = times.tokenizing = 0.5
    times.start(4.0)
    times.answered = times.turned_to = times.published = times.committed = 5.0
    assert times.stages() | {"queue": 3.0, "infer": 1.0, "decode": 0.0, "tokenize": 0.0} == times.stages()


@pytest.mark.parametrize(
    "batches",
    [
        [[record(0), record(1), record(2)]],
        [[record(0), record(1)], [record(2)], [record(3)], [record(4), record(5)]],
        [[record(0), record(1, value=b"poison"), record(2)]],
        [[record(0, value=b"poison")]],
    ],
    ids=["one batch", "several batches", "with a dead letter", "without a message"],
)
async def test_stages_add_up(batches: Sequence[Sequence[Record]]) -> None:
    """To the time from each message's timestamp to its commit; a dead letter is no message."""
    async with running(batches) as flow:
        await flow.source.until_committed(batches[-1][-1].offset + 1)
        await flow.source.exhausted.wait()
        while flow.sample("moderator_in_flight_records"):
            await flow.source.fetch(1)
        assert whole(flow) == pytest.approx(sum(parts(flow).values()))


async def test_retries_and_the_search_for_a_guilty_record_add_up_too() -> None:
    """Attempts that failed count as waiting, so nobody takes a broken model for a slow one."""
    batch = [record(offset, "poison" if offset == 3 else "fine") for offset in range(8)]
    async with running([batch], FakeClassifier(lambda text: text == "poison")) as flow:
        await flow.source.until_committed(8)
        while flow.sample("moderator_in_flight_records"):
            await flow.source.fetch(1)
        found = parts(flow)
        assert whole(flow) == pytest.approx(sum(found.values()))
        assert found["queue"] >= 7 * RETRY_DELAY_S * (1 + 2 + 4)
        assert min(found.values()) >= 0
