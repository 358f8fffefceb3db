"""Each difference between a topic and what is wanted is named, with the step that mends it, or why there is none."""

from dataclasses import replace

import pytest

from moderator.topics.following import FoundTopic
from moderator.topics.plan import Allowed, plan_topics
from moderator.topics.steps import AddPartitions, CreateTopic, Line, SetConfig, State, Step
from moderator.topics.wanted import DAY_MS, Unasked, WantedTopic

VERDICTS = WantedTopic("verdicts", "moderation.verdicts", 12, 3, 30 * DAY_MS, 2, 1_048_588)
MESSAGES = replace(VERDICTS, noun="messages", name="moderation.messages")
THERE = FoundTopic(12, 3, VERDICTS.configs)
ALL_ALLOWED = Allowed(more_partitions=True, shorter_retention=True)


def planned(there: FoundTopic | None, allowed: Allowed = Allowed()) -> Line:  # noqa: B008  frozen
    """The only line on the verdicts' topic."""
    (line,) = plan_topics([VERDICTS], {VERDICTS.name: there}, allowed)
    return line


def with_config(name: str, value: str) -> FoundTopic:
    """As wanted, but for one setting."""
    return replace(THERE, configs={**THERE.configs, name: value})


def test_a_topic_as_it_should_be_takes_no_step() -> None:
    """So that a second run does nothing."""
    line = planned(THERE)
    assert (line.state, line.step) == (State.OK, None)
    assert "12 partitions, 3 replicas (2 in sync), kept 30 days" in line.detail


def test_a_topic_that_is_missing_is_created_as_wanted() -> None:
    """With all its settings at once."""
    line = planned(None)
    assert (line.state, line.step) == (State.TO_DO, CreateTopic(VERDICTS))


@pytest.mark.parametrize(
    ("there", "step"),
    [
        (with_config("retention.ms", str(DAY_MS)), SetConfig(VERDICTS.name, "retention.ms", str(30 * DAY_MS))),
        (with_config("min.insync.replicas", "1"), SetConfig(VERDICTS.name, "min.insync.replicas", "2")),
        (with_config("max.message.bytes", "1000"), SetConfig(VERDICTS.name, "max.message.bytes", "1048588")),
        (with_config("cleanup.policy", "compact,delete"), SetConfig(VERDICTS.name, "cleanup.policy", "delete")),
    ],
)
def test_what_can_be_mended_safely_is_to_do(there: FoundTopic, step: Step) -> None:
    """Without a flag."""
    line = planned(there)
    assert (line.state, line.step) == (State.TO_DO, step)


@pytest.mark.parametrize(
    ("there", "flag", "step"),
    [
        (replace(THERE, partitions=6), "--allow-more-partitions", AddPartitions(VERDICTS.name, 12)),
        (
            with_config("retention.ms", str(90 * DAY_MS)),
            "--allow-shorter-retention",
            SetConfig(VERDICTS.name, "retention.ms", str(30 * DAY_MS)),
        ),
        (
            with_config("retention.ms", "-1"),
            "--allow-shorter-retention",
            SetConfig(VERDICTS.name, "retention.ms", str(30 * DAY_MS)),
        ),
        (
            with_config("cleanup.policy", "compact"),
            "--allow-shorter-retention",
            SetConfig(VERDICTS.name, "cleanup.policy", "delete"),
        ),
    ],
)
def test_what_cannot_be_undone_needs_its_flag(there: FoundTopic, flag: str, step: Step) -> None:
    """It is refused, with the flag's name, until the flag is given."""
    refused = planned(there)
    assert (refused.state, refused.step) == (State.REFUSED, None)
    assert flag in refused.detail
    line = planned(there, ALL_ALLOWED)
    assert (line.state, line.step) == (State.TO_DO, step)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (replace(THERE, partitions=24), "Kafka takes none away; ask for 24"),
        (replace(THERE, replicas=2, configs={**THERE.configs, "min.insync.replicas": "2"}), "kafka-reassign"),
    ],
)
def test_what_kafka_cannot_do_is_refused_whatever_is_allowed(there: FoundTopic, told: str) -> None:
    """With what can be done instead."""
    lines = plan_topics([VERDICTS], {VERDICTS.name: there}, ALL_ALLOWED)
    assert State.TO_DO not in {line.state for line in lines}
    assert told in lines[0].detail


@pytest.mark.parametrize("replicas", [1, 2])
def test_no_more_copies_must_be_in_sync_than_there_can_be(replicas: int) -> None:
    """That would stop all writing, with two as soon as one of their brokers restarts."""
    there = FoundTopic(12, replicas, {**THERE.configs, "min.insync.replicas": "1"})
    lines = plan_topics([VERDICTS], {VERDICTS.name: there}, ALL_ALLOWED)
    assert [line.state for line in lines] == [State.REFUSED, State.REFUSED]
    assert f"too many for {replicas} replica" in lines[1].detail


def test_answers_may_be_as_large_as_messages() -> None:
    """Where the messages' topic takes more than was asked for, so does every other, new or old."""
    large = replace(THERE, configs={**THERE.configs, "max.message.bytes": "5000000"})
    found = {MESSAGES.name: large, VERDICTS.name: THERE}
    messages, verdicts = plan_topics([MESSAGES, VERDICTS], found, Allowed())
    assert messages.state is State.OK
    assert verdicts.step == SetConfig(VERDICTS.name, "max.message.bytes", "5000000")
    _, created = plan_topics([MESSAGES, VERDICTS], {**found, VERDICTS.name: None}, Allowed())
    assert created.step == CreateTopic(replace(VERDICTS, max_message_bytes=5_000_000))


def test_a_topic_that_takes_more_than_it_must_is_left() -> None:
    """And asks nothing of the others: only messages have answers."""
    large = with_config("max.message.bytes", "5000000")
    lines = plan_topics([MESSAGES, VERDICTS], {MESSAGES.name: THERE, VERDICTS.name: large}, Allowed())
    assert [line.state for line in lines] == [State.OK, State.OK]


UNASKED = frozenset[Unasked]({"partitions", "replicas", "in sync"})


def test_what_nobody_asked_for_is_left_as_it_is() -> None:
    """Each topic that is there keeps its partitions and copies, and so many of these in sync that one may go away."""
    topics = [replace(topic, unasked=UNASKED) for topic in (MESSAGES, VERDICTS)]
    found = {
        MESSAGES.name: replace(THERE, partitions=4),
        VERDICTS.name: FoundTopic(24, 1, {**THERE.configs, "min.insync.replicas": "1"}),
    }
    assert [line.state for line in plan_topics(topics, found, Allowed())] == [State.OK, State.OK]
    found[VERDICTS.name] = FoundTopic(24, 4, THERE.configs)
    _, line = plan_topics(topics, found, Allowed())
    assert line.step == SetConfig(VERDICTS.name, "min.insync.replicas", "3")


def test_how_many_must_be_in_sync_is_held_against_the_copies_that_there_are() -> None:
    """Three of five may be asked for without saying that there are five; three of three stop with the first broker."""
    asked = replace(VERDICTS, min_insync_replicas=3, unasked=UNASKED - {"in sync"})
    five = FoundTopic(12, 5, {**THERE.configs, "min.insync.replicas": "4"})
    (line,) = plan_topics([asked], {VERDICTS.name: five}, Allowed())
    assert line.step == SetConfig(VERDICTS.name, "min.insync.replicas", "3")
    for there in (THERE, None):
        (line,) = plan_topics([asked], {VERDICTS.name: there}, Allowed())
        assert line.state == State.REFUSED


def test_a_new_topic_is_like_that_of_messages() -> None:
    """Where it is there, or as it will be made: one command makes a cluster complete without knowing its size."""
    topics = [replace(topic, unasked=UNASKED) for topic in (MESSAGES, VERDICTS)]
    found = {MESSAGES.name: FoundTopic(4, 1, {**THERE.configs, "min.insync.replicas": "1"}), VERDICTS.name: None}
    _, line = plan_topics(topics, found, Allowed())
    assert line.step == CreateTopic(replace(topics[1], partitions=4, replicas=1, min_insync_replicas=1))
    wider = [replace(MESSAGES, partitions=48, unasked=UNASKED - {"partitions"}), topics[1]]
    for there in (None, found[MESSAGES.name]):
        _, line = plan_topics(wider, {**found, MESSAGES.name: there}, ALL_ALLOWED)
        assert isinstance(line.step, CreateTopic)
        assert line.step.topic.partitions == 48


def test_a_new_topic_that_nobody_could_write_to_is_refused() -> None:
    """With two copies in sync of the one that the topic of messages has."""
    topics = [replace(topic, unasked=UNASKED - {"in sync"}) for topic in (MESSAGES, VERDICTS)]
    found = {MESSAGES.name: FoundTopic(4, 1, THERE.configs), VERDICTS.name: None}
    _, line = plan_topics(topics, found, ALL_ALLOWED)
    assert (line.state, line.step) == (State.REFUSED, None)
    assert "ask for --replication too" in line.detail
