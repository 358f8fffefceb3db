"""One answer for every record, in order, whatever is in it and whatever stands beside it."""

from collections.abc import Callable, Sequence

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.dead_letter import Stage
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Outcome
from moderator.errors import DeadLetterCode
from moderator.pipeline.batch import Answer
from moderator.pipeline.moderation import Moderation
from moderator.pipeline.ports import Classifier, nothing
from moderator.pipeline.times import Times
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import FakeClassifier, answers, decoder, record

BAD = "the guilty one"


def is_bad(text: str) -> bool:
    """What a classifier is to refuse."""
    return text == BAD


class BrokenTokenizer(FakeClassifier):
    """Fails on the bad text before any model sees it."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        if BAD in texts:
            raise ValueError("quoting " + BAD)
        return super().tokenize(texts)


class NotANumber(FakeClassifier):
    """Scores the bad text as no number can be: the verdict cannot be built."""

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
        found = super().classify(texts, nearly_done)
        written = [self._texts[tokens.windows[0][0]] for tokens in texts]
        worst = Scores((float("nan"),) * 8, (0.2, 0.3, 0.5))
        return [worst if text == BAD else scores for text, scores in zip(written, found, strict=True)]


FAULTS: dict[str, Callable[[], FakeClassifier]] = {
    "the tokenizer fails": BrokenTokenizer,
    "the model fails": lambda: FakeClassifier(is_bad),
    "the scores are no numbers": NotANumber,
}


def moderation(classifier: Classifier, clock: Callable[[], float] = lambda: 0.0) -> Moderation:
    """On the fakes' policy."""
    return Moderation(decoder(), classifier, answers(), Metrics(CollectorRegistry()), clock)


def place(answer: Answer) -> tuple[int, int]:
    """Of the answer's record."""
    return answer.record.partition, answer.record.offset


def code(answer: Answer) -> DeadLetterCode | None:
    """Why there is no verdict."""
    return answer.dead_letter.code if answer.dead_letter else None


def test_answers_come_in_the_order_of_the_records() -> None:
    """Each of its own record."""
    records = [record(7, "score 0.95"), record(8), record(3, "score 0.7", partition=1), record(9, value=None)]
    given = moderation(FakeClassifier()).moderate(records, Times(0.0))
    assert [place(answer) for answer in given] == [(0, 7), (0, 8), (1, 3), (0, 9)]
    outcomes = [answer.verdict.outcome for answer in given if answer.verdict]
    assert outcomes == [Outcome.BLOCK, Outcome.ALLOW, Outcome.ESCALATE, Outcome.ALLOW]


def test_what_cannot_be_decoded_never_reaches_the_model() -> None:
    """One poison record must not fail its neighbours: it is out before the batch is made."""
    classifier = FakeClassifier()
    records = [record(0), record(1, value=b"\xff"), record(2, value=b'{"id": "x"}'), record(3)]
    given = moderation(classifier).moderate(records, Times(0.0))
    assert [code(answer) for answer in given] == [
        None,
        DeadLetterCode.INVALID_ENCODING,
        DeadLetterCode.MISSING_FIELD,
        None,
    ]
    assert [answer.dead_letter.stage for answer in given if answer.dead_letter] == [Stage.DECODE, Stage.DECODE]
    assert classifier.calls == [2]


def test_a_batch_of_poison_has_its_answers_too() -> None:
    """Nothing to classify is no failure."""
    given = moderation(FakeClassifier()).moderate([record(0, value=b"{"), record(1, value=b"[]")], Times(0.0))
    assert [code(answer) for answer in given] == [DeadLetterCode.INVALID_JSON, DeadLetterCode.NOT_AN_OBJECT]


def test_no_records_no_answers() -> None:
    """An empty batch is a batch."""
    assert moderation(FakeClassifier()).moderate([], Times(0.0)) == []
    assert moderation(FakeClassifier()).moderate([], Times(0.0), bisect=True) == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_failure_leaves_no_answer(fault: Callable[[], FakeClassifier]) -> None:
    """The flow holds the batch and tries again: nothing half done is published."""
    with pytest.raises((ValueError, RuntimeError)):
        moderation(fault()).moderate([record(0), record(1, BAD)], Times(0.0))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("guilty", [{0}, {6}, {2, 3}, {0, 1, 2, 3, 4, 5, 6}], ids=str)
def test_bisecting_finds_the_guilty(fault: Callable[[], FakeClassifier], guilty: set[int]) -> None:
    """Exactly they become dead letters, at whichever stage they fail; their neighbours get their verdicts."""
    records = [record(offset, BAD if offset in guilty else "score 0.7") for offset in range(7)]
    given = moderation(fault()).moderate(records, Times(0.0), bisect=True, attempts=4)
    assert [place(answer) for answer in given] == [(0, offset) for offset in range(7)]
    for offset, answer in enumerate(given):
        if offset not in guilty:
            assert answer.verdict
            assert answer.verdict.outcome is Outcome.ESCALATE
            continue
        assert answer.dead_letter
        assert answer.dead_letter.stage is Stage.INFER
        assert answer.dead_letter.code is DeadLetterCode.INFERENCE_FAILED
        assert answer.dead_letter.attempts == 4


def test_bisecting_asks_seldom() -> None:
    """One guilty record among many costs a logarithm of calls, not one call a record."""
    classifier = FakeClassifier(is_bad)
    records = [record(offset, BAD if offset == 77 else "fine") for offset in range(256)]
    moderation(classifier).moderate(records, Times(0.0), bisect=True)
    assert len(classifier.calls) <= 2 * 8 + 2


def test_a_broken_model_blames_no_record() -> None:
    """Where harmless text fails too, dead letters would empty the topic: it raises all the same."""
    with pytest.raises(RuntimeError):
        moderation(FakeClassifier(lambda _text: True)).moderate([record(0), record(1)], Times(0.0), bisect=True)


def test_bisecting_keeps_the_answers_to_poison() -> None:
    """A record that cannot be decoded is not blamed on the model."""
    records = [record(0, value=b"{"), record(1, BAD), record(2)]
    given = moderation(FakeClassifier(is_bad)).moderate(records, Times(0.0), bisect=True)
    assert [code(answer) for answer in given] == [DeadLetterCode.INVALID_JSON, DeadLetterCode.INFERENCE_FAILED, None]


def test_timings_are_of_the_stages() -> None:
    """In milliseconds: waiting since the fetch, decoding, tokenizing, inference."""
    ticks = iter([10.0, 10.001, 10.003, 10.010, 10.015, 10.020, 10.050, 10.060])
    metrics = Metrics(CollectorRegistry())
    timed = Moderation(decoder(), FakeClassifier(), answers(), metrics, lambda: next(ticks))
    (answer,) = timed.moderate([record(0)], Times(9.5))
    assert answer.verdict
    assert answer.verdict.timings
    assert answer.verdict.timings.model_dump() == {
        "queue_ms": 500.0,
        "decode_ms": 2.0,
        "tokenize_ms": 5.0,
        "infer_ms": 30.0,
    }
    for stage, seconds in {"decode": 0.002, "tokenize": 0.005, "infer": 0.03}.items():
        value = metrics.registry.get_sample_value("moderator_stage_seconds_sum", {"stage": stage})
        assert value == pytest.approx(seconds)


def test_a_clock_that_was_set_back_gives_no_negative_time() -> None:
    """The contract knows no time below 0."""
    (answer,) = moderation(FakeClassifier(), clock=lambda: 1.0).moderate([record(0)], Times(2.0))
    assert answer.verdict
    assert answer.verdict.timings
    assert answer.verdict.timings.queue_ms == 0


def test_a_text_that_was_not_read_to_its_end_is_not_allowed() -> None:
    """What tokenizing cut off reaches the policy."""
    (answer,) = moderation(FakeClassifier()).moderate([record(0, "and so on...")], Times(0.0))
    assert answer.verdict
    assert (answer.verdict.outcome, answer.verdict.truncated) == (Outcome.ESCALATE, True)
