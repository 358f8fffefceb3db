"""The demo's count: records in = first verdicts + dead letters, each once however often its answer comes."""

from typing import Any

import pytest

from moderator.contracts.review import Referral
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.demo.tally import THROUGHPUT_WINDOW_S, Answered, Final, Tally
from moderator.errors import DeadLetterCode
from tests.unit.demo.answered import SENT_MS, dead_letter, decided, escalation, verdict

LEFT_TO_PEOPLE: dict[str, Any] = {
    "outcome": "escalate",
    "labels": (),
    "rules": (),
    "source": "llm",
    "reviewer_id": "stub",
    "referral": "sampled",
}


class Clock:
    """Moves when told to."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tally() -> Tally:
    """Three records were sent."""
    counted = Tally(Clock(), lambda: SENT_MS + 40.0)
    counted.sent = 3
    return counted


def test_it_is_complete_when_all_are_answered(tally: Tally) -> None:
    """By a verdict or a dead letter, no matter which."""
    for answer in (tally.verdict(verdict(0)), tally.dead_letter(dead_letter(1)), tally.verdict(verdict(2, 0.95))):
        assert answer
    assert (tally.verdicts, tally.dead_letters, tally.awaited, tally.complete) == (2, 1, 0, True)
    assert tally.outcomes == {"allow": 1, "block": 1, "dead letter": 1}


def test_it_is_not_complete_before(tally: Tally) -> None:
    """Nor when an answer is missing."""
    assert (tally.complete, tally.awaited) == (False, 3)
    tally.verdict(verdict(0))
    tally.dead_letter(dead_letter(1))
    assert (tally.complete, tally.awaited) == (False, 1)


def test_a_duplicate_counts_once(tally: Tally) -> None:
    """Delivery is at least once: the place of the record tells a second answer from another one."""
    assert tally.verdict(verdict(0))
    assert tally.verdict(verdict(0)) is None
    assert tally.verdict(verdict(0, 0.95)) is None
    assert tally.dead_letter(dead_letter(0)) is None
    assert tally.dead_letter(dead_letter(1))
    assert tally.dead_letter(dead_letter(1)) is None
    assert (tally.verdicts, tally.dead_letters, tally.complete) == (1, 1, False)


def test_the_same_offset_of_another_partition_is_another_record(tally: Tally) -> None:
    """Offsets count in each partition from 0."""
    assert tally.verdict(verdict(0))
    assert tally.verdict(verdict(0, partition=1))
    assert tally.verdicts == 2


def test_an_answer_tells_what_the_screen_shows(tally: Tally) -> None:
    """Key, verdict or code, and the time since the record's timestamp."""
    judged, refused = tally.verdict(verdict(0, key=b"k-0")), tally.dead_letter(dead_letter(1, key=b"k-1"))
    assert isinstance(judged, Answered)
    assert judged.verdict
    assert (judged.key, judged.code, judged.latency_ms) == (b"k-0", None, 40.0)
    assert refused
    assert (refused.key, refused.verdict, refused.code) == (b"k-1", None, DeadLetterCode.INVALID_JSON.value)


def test_latency_quantiles() -> None:
    """Of the verdicts; 0 before the first, never below 0 for a clock that is behind."""
    times = iter([SENT_MS + latency for latency in (10.0, 20.0, 30.0, -5.0)])
    tally = Tally(Clock(), lambda: next(times))
    assert tally.latency_ms(0.5) == 0
    for offset in range(4):
        tally.verdict(verdict(offset))
    assert [tally.latency_ms(quantile) for quantile in (0.0, 0.5, 0.99, 1.0)] == [0.0, 20.0, 30.0, 30.0]


def test_throughput_is_of_the_last_seconds() -> None:
    """It falls when answers stop, and does not jump in the first moment."""
    clock = Clock()
    tally = Tally(clock, lambda: 0.0)
    for offset in range(10):
        tally.verdict(verdict(offset))
    assert tally.throughput() == 10 / 0.5
    clock.now += 2
    assert tally.throughput() == 10 / 2
    clock.now += THROUGHPUT_WINDOW_S
    assert tally.throughput() == 0


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["decision first", "verdict first"])
def test_a_final_verdict_is_shown_with_who_decided(tally: Tally, order: tuple[int, int]) -> None:
    """Whichever of the two topics is read first, and counted beside the first verdicts."""
    assert tally.verdict(escalation(0, b"k")[0])
    assert (tally.waiting, tally.waiting_keys) == (1, frozenset({b"k"}))
    reads = (tally.decision, tally.verdict)
    records = decided(0, b"k")
    assert reads[order[0]](records[order[0]]) is None
    final = reads[order[1]](records[order[1]])
    assert isinstance(final, Final)
    assert (final.key, final.verdict.outcome, final.reviewer_id) == (b"k", Outcome.BLOCK, "r-7")
    assert (tally.verdicts, tally.awaited, tally.outcomes) == (1, 2, {"escalate": 1})
    assert (tally.finals, tally.waiting) == ({VerdictSource.HUMAN: 1}, 0)


def test_a_repeated_decision_counts_once(tally: Tally) -> None:
    """The console's outbox may publish twice."""
    tally.verdict(escalation(0)[0])
    for _ in range(2):
        answers = [tally.decision(decided(0)[0]), tally.verdict(decided(0)[1])]
    assert answers == [None, None]
    assert tally.finals == {VerdictSource.HUMAN: 1}


def test_what_is_left_to_people_waits(tally: Tally) -> None:
    """A large model's word that people must decide is no final verdict."""
    tally.verdict(escalation(0)[0])
    assert tally.decision(decided(0, **LEFT_TO_PEOPLE)[0]) is None
    assert (tally.referrals, tally.finals.total(), tally.waiting) == ({Referral.SAMPLED: 1}, 0, 1)
