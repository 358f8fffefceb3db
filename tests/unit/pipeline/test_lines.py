"""JSON Lines to verdicts: in order, bad lines by their numbers, and the rest goes on."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Verdict
from moderator.errors import DeadLetterCode
from moderator.pipeline.lines import CHUNK_LINES, BadLine, LineModeration
from moderator.pipeline.ports import nothing
from tests.unit.pipeline.fakes import FakeClassifier, answers, decoder


class Read:
    """What became of some lines."""

    def __init__(self, lines: Iterable[bytes], classifier: FakeClassifier | None = None) -> None:
        self.bad: list[BadLine] = []
        self.done: list[int] = []
        self.classifier = classifier or FakeClassifier()
        moderation = LineModeration(decoder(), self.classifier, answers())
        self.coming: Iterator[Verdict] = moderation.verdicts(lines, self.bad.append, self.done.append)
        self.verdicts: list[Verdict] = []

    def to_the_end(self) -> "Read":
        """All of them."""
        self.verdicts.extend(self.coming)
        return self

    def ids(self) -> list[str]:
        """Of the messages that have verdicts."""
        return [verdict.message_id for verdict in self.verdicts]

    def numbers(self) -> list[int]:
        """Of the bad lines."""
        return [line.number for line in self.bad]


def line(number: int, text: str = "hello") -> bytes:
    """A message."""
    return json.dumps({"id": str(number), "text": text}).encode() + b"\n"


def test_verdicts_come_in_the_order_of_the_lines() -> None:
    """Over several chunks, whatever their scores."""
    count = 2 * CHUNK_LINES + 5
    read = Read(line(number, f"score {number % 10 / 10}") for number in range(count)).to_the_end()
    assert read.ids() == [str(number) for number in range(count)]
    assert [verdict.scores.toxic for verdict in read.verdicts] == [number % 10 / 10 for number in range(count)]
    assert not read.bad


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    """By number, counted from 1 through all chunks, blank lines included."""
    lines = [line(number) for number in range(CHUNK_LINES + 10)]
    lines[1] = b"{\n"
    lines[2] = b"\n"
    lines[4] = b'{"id": "4"}\n'
    lines[CHUNK_LINES + 3] = b"\xff\n"
    read = Read(lines).to_the_end()
    assert [(bad.number, bad.error.code) for bad in read.bad] == [
        (2, DeadLetterCode.INVALID_JSON),
        (5, DeadLetterCode.MISSING_FIELD),
        (CHUNK_LINES + 4, DeadLetterCode.INVALID_ENCODING),
    ]
    assert len(read.verdicts) == len(lines) - 4
    assert not {"1", "2", "4", str(CHUNK_LINES + 3)} & set(read.ids())


@pytest.mark.parametrize("lines", [[], [b"\n"], [b" \t\r\n", b"\n", b"   "]], ids=["nothing", "a blank", "blanks"])
def test_no_messages_no_verdicts(lines: list[bytes]) -> None:
    """An empty file is a file; blank lines are no mistakes."""
    read = Read(lines).to_the_end()
    assert (read.verdicts, read.bad, sum(read.done)) == ([], [], len(lines))


def test_only_bad_lines() -> None:
    """Nothing for the model to do, and all of it told."""
    read = Read([b"{\n"] * (CHUNK_LINES + 1)).to_the_end()
    assert (read.verdicts, read.numbers()) == ([], list(range(1, CHUNK_LINES + 2)))


def test_the_last_line_may_end_without_a_newline() -> None:
    """As many programs write it; and with a carriage return, as others do."""
    read = Read([line(0).replace(b"\n", b"\r\n"), line(1).rstrip(b"\n")]).to_the_end()
    assert read.ids() == ["0", "1"]


def test_progress_adds_up() -> None:
    """Every line is counted once, good, bad or blank."""
    lines = [*[line(number) for number in range(CHUNK_LINES)], b"\n", b"{\n", line(CHUNK_LINES)]
    assert Read(lines).to_the_end().done == [CHUNK_LINES, 3]


def test_truncation_is_the_texts_own() -> None:
    """The flag of one text is not another's."""
    read = Read([line(0), line(1, "and so on..."), b"{\n", line(2)]).to_the_end()
    assert [verdict.truncated for verdict in read.verdicts] == [False, True, False]


def test_the_same_line_gets_the_same_id() -> None:
    """Without a Kafka origin the message itself is its identity."""
    first, again, other = Read([line(0), line(0), line(0, "bye")]).to_the_end().verdicts
    assert first.id == again.id != other.id
    assert (first.origin, first.timings) == (None, None)


def test_a_failing_classifier_ends_it() -> None:
    """No verdict is made up, and what was decided before stands."""
    lines = [line(number) for number in range(CHUNK_LINES)] + [line(CHUNK_LINES, "fail")]
    read = Read(lines, FakeClassifier(lambda text: text == "fail"))
    with pytest.raises(RuntimeError):
        read.to_the_end()
    assert len(read.verdicts) == CHUNK_LINES


def test_a_failing_input_ends_it() -> None:
    """What cannot be read on is not the end of the file."""

    def torn() -> Iterator[bytes]:
        yield from (line(number) for number in range(CHUNK_LINES))
        raise OSError("the disk is gone")

    read = Read(torn())
    with pytest.raises(OSError, match="disk"):
        read.to_the_end()
    assert len(read.verdicts) == CHUNK_LINES


def test_who_stops_reading_stops_the_work() -> None:
    """As `head` does: no thread goes on through the rest of the input."""
    taken: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(100 * CHUNK_LINES):
            taken.append(number)
            yield line(number)

    read = Read(endless())
    next(read.coming)
    read.coming.close()  # type: ignore[attr-defined]  # a generator
    assert len(taken) <= 3 * CHUNK_LINES


def test_the_next_lines_are_read_while_the_model_runs() -> None:
    """Reading and tokenizing cost no time of their own."""
    second_read = []

    class Slow(FakeClassifier):
        def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
            if self.entered.is_set():  # the model is at work on the first chunk, and waits for this
                second_read.append(len(texts))
                self.gate.set()
            return super().tokenize(texts)

        def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
            self.entered.set()
            assert self.gate.wait(20)
            return super().classify(texts, nearly_done)

    classifier = Slow()
    classifier.gate.clear()
    Read((line(number) for number in range(CHUNK_LINES + 1)), classifier).to_the_end()
    assert second_read[0] == 1
