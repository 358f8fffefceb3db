"""What a shadow would change is counted on messages that both have judged, and on nothing else."""

import json

import pytest

from moderator.comparison.comparison import compare
from moderator.comparison.judged import Side
from moderator.contracts.labels import LABELS
from moderator.contracts.record import Record
from moderator.contracts.verdict import Outcome
from moderator.policy.interval import wilson
from tests.unit.comparison.verdicts import comparison, record, side, verdict
from tests.unit.pipeline.fakes import TOPIC

ALLOW, ESCALATE, BLOCK = Outcome.ALLOW, Outcome.ESCALATE, Outcome.BLOCK


def test_flips() -> None:
    """By what a message is and what it would be; the others flip nowhere."""
    counted = comparison([(0.1, 0.1), (0.1, 0.95), (0.6, 0.1), (0.6, 0.2), (0.95, 0.95)])
    flips = {pair: messages for pair, messages in counted.flips().items() if messages}
    assert counted.compared == 5
    assert flips == {(ALLOW, BLOCK): 1, (ESCALATE, ALLOW): 2}
    assert counted.share(3) == wilson(0.6, 5)


def test_change_of_an_outcome() -> None:
    """Escalations fall by those that go, less those that come."""
    counted = comparison([(0.6, 0.1)] * 3 + [(0.1, 0.6)] + [(0.1, 0.1)] * 6)
    assert counted.change(ESCALATE).expected == pytest.approx(-0.2)
    assert counted.change(BLOCK).expected == 0


def test_labels() -> None:
    """What is gained and lost, and how far scores move, up and down."""
    toxic, *others = comparison([(0.4, 0.6), (0.6, 0.4), (0.0, 0.5)]).labels
    assert (toxic.gained, toxic.lost) == (2, 1)
    assert (toxic.shift, toxic.distance, toxic.largest) == pytest.approx((0.5, 0.9, 0.5), abs=1e-6)
    assert toxic.grid == {(10, 15): 1, (15, 10): 1, (0, 12): 1}  # by twenty-fifths of a score, now and then
    assert comparison([(1.0, 0.0)]).labels[0].grid == {(24, 0): 1}
    assert [(label.gained, label.lost, label.distance) for label in others] == [(0, 0, 0)] * (len(LABELS) - 1)


def test_what_has_no_counterpart_is_left_out_and_told() -> None:
    """Skipped by the shadow in its time, or judged by it alone; what came before it was on is nobody's miss."""
    first = side([verdict(offset) for offset in (0, 2, 3, 4)])
    shadow = side([verdict(offset, policy="new") for offset in (1, 2, 4)])
    counted = compare(first, shadow)
    assert (counted.compared, counted.unmatched, counted.unshadowed) == (2, 1, 1)


def test_repeated_verdicts_count_once() -> None:
    """At-least-once: the last one on a message stands for all."""
    first = side([verdict(0), verdict(0)])
    shadow = side([verdict(0, 0.1, "old"), verdict(0, 0.95, "new")])
    counted = compare(first, shadow)
    assert (counted.compared, counted.repeated) == (1, 2)
    assert counted.outcomes == {(ALLOW, BLOCK): 1}


def test_only_the_newest_versions_are_compared() -> None:
    """Figures of two trials mixed would be those of neither."""
    first = side([verdict(0), verdict(1)])
    shadow = side([verdict(0, 0.95, "old"), verdict(1, 0.1, "new")])
    counted = compare(first, shadow)
    assert counted.shadow is not None
    assert counted.shadow.policy == "new"
    assert (counted.compared, counted.other_versions, sum(counted.flips().values())) == (1, 1, 0)


def test_a_topic_made_anew_is_another() -> None:
    """The same offset with another timestamp is another message."""
    again = verdict(0, policy="new", origin={"topic": TOPIC, "partition": 0, "offset": 0, "timestamp_ms": 77})
    assert compare(side([verdict(0)]), side([again])).compared == 0


def test_since_goes_by_the_message() -> None:
    """A shadow that catches up judges old messages today."""
    verdicts = [verdict(offset) for offset in range(10)]
    assert len(side(verdicts, since_ms=1_004).judged) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"source": "human"},
        {"origin": None},
        {"origin": {"topic": "another", "partition": 0, "offset": 0, "timestamp_ms": 0}},
        {"origin": {"topic": TOPIC, "partition": 0, "offset": 1e999, "timestamp_ms": 0}},
        {"scores": {}},
        {"outcome": "shrug"},
    ],
)
def test_what_is_no_first_verdict_is_passed_over(change: dict[str, object]) -> None:
    """A person's final verdict stands on the same topic; anybody may write nonsense there."""
    sound = json.loads(record(verdict(0)).value or b"")
    topic = Side(TOPIC)
    topic.add(Record("verdicts", 0, 0, 0, None, json.dumps(sound | change).encode()))
    topic.add(Record("verdicts", 0, 1, 0, None, b"no JSON"))
    topic.add(Record("verdicts", 0, 2, 0, None, None))
    assert (len(topic.judged), topic.foreign) == (0, 3)


def test_within_asks_for_enough_messages() -> None:
    """No flip among ten messages proves little; among a thousand it proves that fewer than 1 % flip."""
    assert not comparison([(0.1, 0.1)] * 10).within(0.01)
    assert comparison([(0.1, 0.1)] * 1_000).within(0.01)
    assert not comparison([]).within(1.0)
