"""JSON Lines to verdicts, in order: the pipeline without a broker."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.scores import Tokens
from moderator.contracts.verdict import Verdict
from moderator.errors import PoisonRecord
from moderator.pipeline.answer import Answers
from moderator.pipeline.ports import Classifier

# Lines in one call: enough that sorting by length leaves little padding, few enough that output begins at once.
CHUNK_LINES = 1024


class BadLine(NamedTuple):
    """A line without a verdict. `number` counts from 1."""

    number: int
    error: PoisonRecord


class _Chunk(NamedTuple):
    messages: list[Message]
    tokens: list[Tokens]
    bad: list[BadLine]
    lines: int


OnProgress = Callable[[int], None]
"""Called with the number of lines done since the last call."""


class LineModeration:
    """Reads and tokenizes the next lines while the model runs on the present ones."""

    def __init__(self, decoder: MessageDecoder, classifier: Classifier, answers: Answers) -> None:
        self._decoder = decoder
        self._classifier = classifier
        self._answers = answers

    def verdicts(
        self, lines: Iterable[bytes], on_bad: Callable[[BadLine], None], on_done: OnProgress
    ) -> Iterator[Verdict]:
        """A verdict for each line that holds a message, in the order of the lines; `on_bad` is told of the others.

        Raises whatever the classifier raises.
        """
        numbered = enumerate(lines, start=1)
        with ThreadPoolExecutor(1, thread_name_prefix="read") as reader, ThreadPoolExecutor(1, "infer-lines") as runner:
            chunk = self._read(numbered)
            while chunk.lines:
                scoring = runner.submit(self._classifier.classify, chunk.tokens)
                following = reader.submit(self._read, numbered)
                for bad in chunk.bad:
                    on_bad(bad)
                for message, tokens, scores in zip(chunk.messages, chunk.tokens, scoring.result(), strict=True):
                    yield self._answers.verdict(
                        message,
                        scores,
                        truncated=tokens.truncated,
                        unreadable=tokens.unreadable,
                        unsupported_language=tokens.unsupported_language,
                    )
                on_done(chunk.lines)
                chunk = following.result()

    def _read(self, numbered: Iterator[tuple[int, bytes]]) -> _Chunk:
        messages: list[Message] = []
        bad: list[BadLine] = []
        count = 0
        for number, line in islice(numbered, CHUNK_LINES):
            count += 1
            if line.isspace():
                continue
            try:
                messages.append(self._decoder.decode(Record("", 0, 0, 0, None, line)))
            except PoisonRecord as error:
                bad.append(BadLine(number, error))
        return _Chunk(messages, self._classifier.tokenize([message.text for message in messages]), bad, count)
