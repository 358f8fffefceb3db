"""A policy on trial in an agent: what was answered is judged once more, on the same scores, off the path."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from moderator.contracts.codec import MessageDecoder, publish_verdict
from moderator.contracts.record import Publication, Record
from moderator.contracts.scores import Scores
from moderator.contracts.verdict import Outcome, ReasonCode, Verdict
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.pipeline.ports import Publisher
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics

BATCHES_WAITING = 8  # some thousand messages and two megabytes of them: what a broker takes that is slow for a moment
STOPS_WITHIN_S = 2.0  # all is committed by then; a broker that is away must not hold up the end

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A message's record and its first verdict, which is out and committed."""

    record: Record
    verdict: Verdict


class PolicyShadow:
    """Takes what is answered and never holds it up: what it has no time for, or fails on, is skipped and counted."""

    def __init__(
        self, decoder: MessageDecoder, answers: Answers, topic: str, publisher: Publisher, metrics: Metrics
    ) -> None:
        """`answers` judge by the policy on trial; `publisher` is nobody else's."""
        self._decoder = decoder
        self._answers = answers
        self._topic = topic
        self._publisher = publisher
        self._metrics = metrics
        self._waiting: asyncio.Queue[list[_Answered]] = asyncio.Queue(BATCHES_WAITING)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="shadow")

    def offer(self, answers: Sequence[Answer]) -> None:
        """Judge the verdicts among `answers` when there is time, or skip them. Returns at once and never raises."""
        answered = [_Answered(answer.record, answer.verdict) for answer in answers if answer.verdict]
        if answered and self._waiting.full():
            self._metrics.shadow_skipped.inc(len(answered))
        elif answered:
            self._waiting.put_nowait(answered)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Judge what is offered while the block runs; what waits at its end is not judged."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task}, timeout=STOPS_WITHIN_S)
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        try:
            while True:
                await self._shadow(await self._waiting.get())
        finally:
            await self._publisher.stop()

    async def _shadow(self, answered: list[_Answered]) -> None:
        loop = asyncio.get_running_loop()
        try:
            judged, publications = await loop.run_in_executor(self._thread, self._judge, answered)
            refused = await self._publisher.publish(publications)
        except Exception as error:  # noqa: BLE001  whatever it is: the first verdicts are out, and go on
            log.warning("shadow skipped", error=type(error).__name__, records=len(answered))
            self._metrics.shadow_skipped.inc(len(answered))
            return
        self._metrics.shadow_skipped.inc(len(refused))
        unpublished = {id(publication) for publication in refused}
        pairs = Counter(
            (each.verdict.outcome, outcome)
            for each, outcome, publication in zip(answered, judged, publications, strict=True)
            if id(publication) not in unpublished
        )
        for (first, shadow), count in pairs.items():
            self._metrics.shadow_messages.labels(first.value, shadow.value).inc(count)

    def _judge(self, answered: Sequence[_Answered]) -> tuple[list[Outcome], list[Publication]]:
        verdicts = [self._verdict(each) for each in answered]
        publications = [
            publish_verdict(verdict, each.record, self._topic) for verdict, each in zip(verdicts, answered, strict=True)
        ]
        return [verdict.outcome for verdict in verdicts], publications

    def _verdict(self, answered: _Answered) -> Verdict:
        """Decoded again for its tenant and channel, which a verdict does not hold."""
        first = answered.verdict
        codes = {reason.code for reason in first.reasons}
        scores = Scores(tuple(first.scores.model_dump().values()), tuple(first.sentiment.scores.model_dump().values()))
        return self._answers.verdict(
            self._decoder.decode(answered.record),
            scores,
            truncated=first.truncated,
            unreadable=ReasonCode.UNREADABLE in codes,
            unsupported_language=ReasonCode.UNSUPPORTED_LANGUAGE in codes,
            origin=first.origin,
        )
