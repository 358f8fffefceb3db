"""When the flow fetches: late, so that a batch holds what has come; in time, so that the model does not wait for it."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence

from moderator.contracts.record import Partition
from moderator.contracts.scores import Scores, Tokens
from moderator.pipeline.lifecycle import State
from moderator.pipeline.ports import nothing
from tests.unit.pipeline.fakes import TOPIC, FakeClassifier, ScriptedPublisher, record
from tests.unit.pipeline.test_flow import DEADLINE_S, Running, ids, running


class Busy(FakeClassifier):
    """Answers when its gate is set, and keeps what it is to call when it is nearly done."""

    def __init__(self) -> None:
        super().__init__()
        self.gate.clear()
        self.nearly_done: Callable[[], object] = nothing

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
        self.nearly_done = nearly_done
        return super().classify(texts)


def fetched(flow: Running) -> float:
    """Records so far."""
    return flow.sample("moderator_records_total")


async def test_nothing_is_fetched_while_the_model_is_busy() -> None:
    """The rest waits at the broker, where more joins it; the member stays in its group, and is seen to be alive."""
    async with running([[record(0)], [record(1)]], Busy()) as flow:
        await asyncio.to_thread(flow.classifier.entered.wait)
        busy_since = time.monotonic()
        while time.monotonic() - flow.lifecycle.since_turn < busy_since:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.01)
        await flow.source.kept_alive.wait()
        assert fetched(flow) == 1
        flow.classifier.gate.set()  # it never says that it is nearly done
        await flow.source.until_committed(2)
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-1"]


async def test_the_next_batch_is_fetched_when_the_model_is_nearly_done() -> None:
    """It is there when the answers are, and it is one: the one after it waits until its own is nearly done."""
    classifier = Busy()
    async with running([[record(0)], [record(1)], [record(2)]], classifier) as flow:
        await asyncio.to_thread(classifier.entered.wait)
        classifier.nearly_done()
        while fetched(flow) < 2:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0)
        await flow.source.kept_alive.wait()
        assert fetched(flow) == 2
        assert flow.publisher.published == []
        classifier.gate.set()
        await flow.source.until_committed(3)


async def test_a_batch_that_fails_does_not_keep_the_next_from_being_fetched() -> None:
    """While it is held and retried, the model has time for others."""
    attempts = 0
    other_came = threading.Event()

    def refuse(text: str) -> bool:
        nonlocal attempts
        if text == "other":
            other_came.set()
            return False
        attempts += 1
        return attempts == 1 or not other_came.wait(DEADLINE_S)

    async with running([[record(0, "fails")], [record(1, "other")]], FakeClassifier(refuse)) as flow:
        await flow.source.until_committed(2)
        assert attempts == 2
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-1"]


async def test_a_stop_while_the_model_is_busy_finishes_its_batch_and_takes_no_other() -> None:
    """What is still at the broker is left there."""
    async with running([[record(0)], [record(1)]], Busy()) as flow:
        await flow.source.kept_alive.wait()
        flow.stop.set()
        while flow.lifecycle.state is not State.DRAINING:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0)
        flow.classifier.gate.set()
        await flow.ended
        assert ids(flow.publisher.on("verdicts")) == ["m0-0"]
        assert flow.source.commits == [{Partition(TOPIC, 0): 1}]


async def test_a_stop_while_publishing_hangs_leaves_no_batch_waiting_for_room() -> None:
    """Nothing is queued after the end of the flow, when nobody would publish it."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    before = asyncio.all_tasks()
    async with running([[record(offset)] for offset in range(20)], publisher=publisher, drain_timeout_s=0.05) as flow:
        await flow.source.kept_alive.wait()
        flow.stop.set()
        await flow.ended
        assert flow.source.commits == []
        assert not [task for task in asyncio.all_tasks() - before if "Queue.put" in repr(task)]
