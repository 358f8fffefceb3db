"""The load's generator against a real agent on the real Kafka, for three seconds."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from load.arrivals import planned
from load.open_loop import open_loop
from load.profiles import PROFILES, Phase
from load.tally import tally
from moderator.config import TopicSettings
from tests.integration.conftest import StartAgent
from tests.integration.platform import LIMIT_S
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

RATE = 20.0
TOO_LONG = "word " * 25_000  # for the agent, which makes a dead letter of it


def nobody_watches(_line: str) -> None:
    """Progress that no one reads."""


def require(running: Callable[[], bool]) -> Callable[[], None]:
    """Raises when the agent has ended."""

    def watch() -> None:
        assert running(), "the agent has ended"

    return watch


def test_every_message_of_a_load_is_answered_once(kafka: RealKafka, topics: TopicSettings, agent: StartAgent) -> None:
    """Verdicts and dead letters are matched with what was sent, whatever their order, and timed from when each message
    was due.
    """
    profile = replace(PROFILES["hot-key"], phases=(Phase(3, 1.0, 1.0),))
    plan = list(planned(profile, RATE, ["Have a nice day", "You are an idiot", TOO_LONG]))
    with open_loop(kafka, topics, most_waiting=1_000, stalled_s=LIMIT_S) as loop:
        with agent(f"load-{os.getpid()}", DEAD_LETTER_BRAKE__PART="1") as process:
            loop.run(plan, require(lambda: process.running), nobody_watches)
            assert process.stop() == 0
        loop.read_rest()
    found = tally(loop.journal.sent, loop.journal.answered)
    assert [message.identity for message in loop.journal.sent] == [message.identity for message in plan]
    assert [message.due_s for message in loop.journal.sent] == [message.due_s for message in plan]
    assert (found.lost, found.duplicates) == (0, 0)
    assert found.outcomes["dead letter"] == sum(message.text == TOO_LONG for message in plan)
    assert sum(found.outcomes.values()) == len(plan)
    assert 0 < found.percentiles_ms[50.0] <= found.percentiles_ms[100.0]


def test_a_load_beyond_the_capacity_ends_early(kafka: RealKafka, topics: TopicSettings) -> None:
    """Nobody answers: sending stops where more waits than was allowed, and what was sent counts as lost."""
    profile = replace(PROFILES["steady"], phases=(Phase(3_600, 1.0, 1.0),))
    with open_loop(kafka, topics, most_waiting=10, stalled_s=1.0) as loop:
        loop.run(planned(profile, 1_000.0, ["Have a nice day"]), lambda: None, nobody_watches)
    assert loop.journal.gave_up
    assert len(loop.journal.sent) == 11
