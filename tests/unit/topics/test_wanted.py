"""What is asked of topics could work, or every reason why not is named."""

from pathlib import Path

import pytest

from moderator.config import Settings
from moderator.errors import ConfigError
from moderator.reviewer_settings import ReviewerSettings
from moderator.shadow_settings import ShadowSettings
from moderator.topics.wanted import DAY_MS, FOR_EVER, RETENTION_MS, Terms, Unasked, wanted_topics

NOTHING_ASKED = Terms({}, {})


def test_the_defaults_work_for_audits_and_probation() -> None:
    """Whoever says nothing gets answers kept as long as messages, and decisions as long as the evidence counts."""
    topics = {topic.noun: topic for topic in wanted_topics(Settings(), NOTHING_ASKED)}
    assert set(topics) == {"messages", "verdicts", "escalations", "decisions", "dead_letters"}
    assert topics["decisions"].retention_ms >= Settings().reviewer.evidence_days * DAY_MS
    assert {topic.configs["cleanup.policy"] for topic in topics.values()} == {"delete"}
    assert {(topic.replicas, topic.min_insync_replicas) for topic in topics.values()} == {(3, 2)}


def test_the_shadow_has_a_topic_where_something_is_on_trial() -> None:
    """By the settings of the trial, so that no other cluster gets an idle topic."""
    settings = Settings(shadow=ShadowSettings(policy_file=Path("next.toml")))
    assert "shadow" in {topic.noun for topic in wanted_topics(settings, NOTHING_ASKED)}


def test_one_topic_can_differ() -> None:
    """The messages' partitions follow the platform."""
    topics = {topic.noun: topic for topic in wanted_topics(Settings(), Terms({"messages": 48}, {}, 6))}
    assert (topics["messages"].partitions, topics["verdicts"].partitions) == (48, 6)


def test_what_nobody_asked_for_is_told_apart() -> None:
    """It is for the topics that are there to say."""
    everything = frozenset[Unasked]({"partitions", "replicas", "in sync"})
    assert {topic.unasked for topic in wanted_topics(Settings(), NOTHING_ASKED)} == {everything}
    topics = {topic.noun: topic.unasked for topic in wanted_topics(Settings(), Terms({"messages": 48}, {}))}
    assert (topics["messages"], topics["verdicts"]) == (everything - {"partitions"}, everything)
    (unasked,) = {topic.unasked for topic in wanted_topics(Settings(), Terms({}, {}, 12, 3, 2))}
    assert unasked == frozenset()


def test_one_replica_is_written_alone() -> None:
    """On a machine for trying, the only copy must do."""
    topics = wanted_topics(Settings(), Terms({}, {}, replicas=1))
    assert {topic.min_insync_replicas for topic in topics} == {1}


def test_every_retention_that_is_too_short_is_named() -> None:
    """Audits need the answers to the messages that are kept, probation its evidence."""
    kept = {"messages": 31 * DAY_MS, "decisions": 7 * DAY_MS}
    with pytest.raises(ConfigError) as refused:
        wanted_topics(Settings(), Terms({}, kept))
    told = refused.value.problems
    assert [problem.split("=")[0] for problem in told] == [
        "--retention verdicts",
        "--retention dead_letters",
        "--retention decisions",
    ]
    assert "MODERATOR_REVIEWER__EVIDENCE_DAYS, 30" in told[-1]


def test_for_ever_is_longer_than_anything() -> None:
    """-1, of Kafka, is no short time."""
    kept = dict.fromkeys(RETENTION_MS, FOR_EVER)
    settings = Settings(reviewer=ReviewerSettings(evidence_days=400))
    assert {topic.retention_ms for topic in wanted_topics(settings, Terms({}, kept))} == {FOR_EVER}


def test_a_quorum_that_one_restart_breaks_is_refused() -> None:
    """All copies in sync at all times is no promise that a cluster can keep."""
    with pytest.raises(ConfigError, match=r"--min-insync-replicas 3: must be below --replication 3"):
        wanted_topics(Settings(), Terms({}, {}, replicas=3, min_insync_replicas=3))
