"""Records to answers: decode, tokenize, classify, decide. One answer for every record, whatever is in it."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.pipeline.ports import Classifier, Clock, nothing
from moderator.pipeline.times import Times
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import UNTRACED, Traced

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
        self,
        records: Sequence[Record],
        times: Times,
        *,
        bisect: bool = False,
        attempts: int = 1,
        span: Traced = UNTRACED,
        nearly_done: Callable[[], object] = nothing,
    ) -> list[Answer]:
        """One answer a record, in order; `span` and `times` are of the whole batch. `nearly_done` is called when the
        model has little left to do, if it says so.

        A failure raises, and then there is no answer at all; with `bisect` it is traced to the guilty records, which
        become dead letters, unless harmless text fails too: then it raises all the same.
        """
        times.start(self._clock())
        if attempts == 1:
            self._metrics.batch_wait_seconds.observe(times.started - times.fetched)
        if bisect:
            answers = self._bisect(records, times, attempts, span)
        else:
            answers = self._answers_to(records, times, span, nearly_done)
        times.answered = self._clock()
        return answers

    def _answers_to(
        self, records: Sequence[Record], times: Times, span: Traced, nearly_done: Callable[[], object] = nothing
    ) -> list[Answer]:
        answers: dict[int, Answer] = {}
        with self._timed("decode", span) as decode:
            readable = self._decode(records, answers)
        times.decoding += decode.seconds
        with self._timed("tokenize", span) as tokenize:
            tokens = self._classifier.tokenize([part.message.text for part in readable])
        times.tokenizing += tokenize.seconds
        self._metrics.tokenization_seconds.observe(tokenize.seconds)
        with self._timed("infer", span) as infer:
            scores = self._classifier.classify(tokens, nearly_done)
        timings = Timings(
            queue_ms=_milliseconds(times.started - times.fetched),
            decode_ms=_milliseconds(decode.seconds),
            tokenize_ms=_milliseconds(tokenize.seconds),
            infer_ms=_milliseconds(infer.seconds),
        )
        made_in = span.traceparent
        with self._computing("infer"):
            for part, read, score in zip(readable, tokens, scores, strict=True):
                answers[part.index] = self._answers.answer(part.record, part.message, score, read, timings, made_in)
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

    def _bisect(self, records: Sequence[Record], times: Times, attempts: int, span: Traced) -> list[Answer]:
        """Answers of each half by itself, down to the records that fail alone."""
        try:
            return self._answers_to(records, times, span)
        except Exception:  # noqa: BLE001  whatever it is, it is traced to its record
            if len(records) == 1:
                self._require_harmless_text_passes()
                error = PoisonRecord(DeadLetterCode.INFERENCE_FAILED)
                return [self._answers.dead_letter(records[0], Stage.INFER, error, attempts)]
        middle = len(records) // 2
        return [
            *self._bisect(records[:middle], times, attempts, span),
            *self._bisect(records[middle:], times, attempts, span),
        ]

    def _require_harmless_text_passes(self) -> None:
        """Raises what a broken model, or a bug, raises on any text: then no record is to blame."""
        (tokens,) = self._classifier.tokenize([PROBE_TEXT])
        (scores,) = self._classifier.classify([tokens])
        self._answers.verdict(Message(id="probe", text=PROBE_TEXT), scores, truncated=False)

    @contextmanager
    def _timed(self, stage: str, span: Traced) -> Iterator["_Elapsed"]:
        started = self._clock()
        elapsed = _Elapsed()
        with span.stage(stage), self._computing(stage):
            yield elapsed
        elapsed.seconds = self._clock() - started
        self._metrics.stage_seconds.labels(stage).observe(elapsed.seconds)

    @contextmanager
    def _computing(self, stage: str) -> Iterator[None]:
        """Counts this thread's processor time, whatever comes of it."""
        started = time.thread_time()
        try:
            yield
        finally:
            self._metrics.cpu_seconds.labels(stage).inc(time.thread_time() - started)


@dataclass(slots=True)
class _Elapsed:
    seconds: float = 0.0


def _milliseconds(seconds: float) -> float:
    return max(0.0, round(seconds * 1000, 3))
