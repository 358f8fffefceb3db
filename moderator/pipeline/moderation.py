"""Records to answers: decode, tokenize, classify, decide. One answer for every record, whatever is in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.pipeline.ports import Classifier, Clock
from moderator.telemetry import Metrics

PROBE_TEXT = "A harmless sentence."


@dataclass(frozen=True, slots=True)
class _Readable:
    """A record that holds a message, and its place in the batch."""

    index: int
    record: Record
    message: Message


class Moderation:
    """The synchronous heart of the service. Blocks; safe to call from several threads."""

    def __init__(
        self, decoder: MessageDecoder, classifier: Classifier, answers: Answers, metrics: Metrics, clock: Clock
    ) -> None:
        self._decoder = decoder
        self._classifier = classifier
        self._answers = answers
        self._metrics = metrics
        self._clock = clock

    def moderate(
        self, records: Sequence[Record], fetched_at: float, *, bisect: bool = False, attempts: int = 1
    ) -> list[Answer]:
        """One answer a record, in order.

        A failing classifier raises, and then there is no answer at all; with `bisect` its failure is traced to the
        guilty records, which become dead letters, unless it fails on harmless text too: then it raises all the same.
        """
        started = self._clock()
        answers: dict[int, Answer] = {}
        with self._timed("decode") as decode:
            readable = self._decode(records, answers)
        with self._timed("tokenize") as tokenize:
            tokens = self._classifier.tokenize([part.message.text for part in readable])
        with self._timed("infer") as infer:
            scores = self._bisect(tokens) if bisect else list(self._classifier.classify(tokens))
        timings = Timings(
            queue_ms=_milliseconds(started - fetched_at),
            decode_ms=_milliseconds(decode.seconds),
            tokenize_ms=_milliseconds(tokenize.seconds),
            infer_ms=_milliseconds(infer.seconds),
        )
        for part, read, score in zip(readable, tokens, scores, strict=True):
            if score is None:
                error = PoisonRecord(DeadLetterCode.INFERENCE_FAILED)
                answers[part.index] = self._answers.dead_letter(part.record, Stage.INFER, error, attempts)
            else:
                answers[part.index] = self._answers.answer(
                    part.record, part.message, score, truncated=read.truncated, timings=timings
                )
        return [answers[index] for index in range(len(records))]

    def _decode(self, records: Sequence[Record], answers: dict[int, Answer]) -> list[_Readable]:
        """The readable records; each other one gets its dead letter into `answers`."""
        readable: list[_Readable] = []
        for index, record in enumerate(records):
            try:
                readable.append(_Readable(index, record, self._decoder.decode(record)))
            except PoisonRecord as error:
                answers[index] = self._answers.dead_letter(record, Stage.DECODE, error)
        return readable

    def _bisect(self, tokens: Sequence[Tokens]) -> list[Scores | None]:
        """Scores of each text, None for those on which the classifier fails alone."""
        if not tokens:
            return []
        try:
            return list(self._classifier.classify(tokens))
        except Exception:  # noqa: BLE001  whatever it is, it is traced to its record
            if len(tokens) == 1:
                self._classifier.classify(self._classifier.tokenize([PROBE_TEXT]))
                return [None]
            middle = len(tokens) // 2
            return self._bisect(tokens[:middle]) + self._bisect(tokens[middle:])

    @contextmanager
    def _timed(self, stage: str) -> Iterator["_Elapsed"]:
        started = self._clock()
        elapsed = _Elapsed()
        yield elapsed
        elapsed.seconds = self._clock() - started
        self._metrics.stage_seconds.labels(stage).observe(elapsed.seconds)


@dataclass(slots=True)
class _Elapsed:
    seconds: float = 0.0


def _milliseconds(seconds: float) -> float:
    return max(0.0, round(seconds * 1000, 3))
