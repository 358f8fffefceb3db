"""The open-loop generator: each message at its time, whatever became of those before it; its answer's arrival noted."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from confluent_kafka import Consumer, Message, Producer

from load.arrivals import Planned
from load.clients import new_producer, reading
from load.end_to_end import answers
from load.tally import Answered, Journal, Sent
from moderator.config import TopicSettings
from tests.support.real_kafka import RealKafka

LOOK_S = 0.1  # how often to see whether all are answered when none arrives
TOLD_EVERY_S = 5.0
STALLED_S = 30.0
FLUSH_TIMEOUT_S = 30.0
IN_PRODUCER = 1_000_000
# As Kafka's own clients wait since 4.0. A request for each message would take from the broker's cores, which are the
# agent's too, what no platform takes.
LINGER_MS = 5


class OpenLoop:
    """Sends a plan on one thread and waits for the answers on another. Sending ends early when more than `most_waiting`
    messages wait: then the load is more than there is capacity for, and the rest would only wait longer. When it has
    ended and no answer comes for `stalled_s`, those that are missing are lost.
    """

    def __init__(
        self,
        kafka: RealKafka,
        topics: TopicSettings,
        producer: Producer,
        consumer: Consumer,
        most_waiting: int,
        stalled_s: float,
    ) -> None:
        self._kafka = kafka
        self._topics = topics
        self._producer = producer
        self._consumer = consumer
        self._most_waiting = most_waiting
        self._stalled_s = stalled_s
        self.journal = Journal()
        self._seen: set[str] = set()
        self._start = 0.0

    def run(self, plan: Iterable[Planned], watch: Callable[[], None], say: Callable[[str], None]) -> None:
        """Until every message of `plan` has an answer, or no more come. `watch` is called now and then and may
        raise.
        """
        self._start = time.monotonic()
        with ThreadPoolExecutor(1) as thread:
            sending = thread.submit(self._send, plan)
            try:
                self._receive(sending, watch, say)
            finally:
                self._most_waiting = -1  # ends the sending if this ended early
            sending.result()
        if self._producer.flush(FLUSH_TIMEOUT_S):
            raise RuntimeError("the broker did not take all messages")

    def read_rest(self) -> None:
        """When the agent has ended: note the answers that have not been read, duplicates and late ones."""
        while len(self.journal.answered) < answers(self._kafka, self._topics):
            record = self._consumer.poll(STALLED_S)
            if record is None:
                raise RuntimeError("the broker does not give out what it has")
            self._note(record)

    def _send(self, plan: Iterable[Planned]) -> None:
        journal, producer = self.journal, self._producer
        for message in plan:
            while (early := message.due_s - self._now()) > 0:
                producer.poll(0)
                time.sleep(min(early, LOOK_S))
            if self._waiting() > self._most_waiting:
                journal.gave_up = True
                break
            producer.produce(self._topics.messages, json.dumps(message.document()), message.key)
            journal.sent.append(Sent(message.identity, message.due_s, self._now()))
            producer.poll(0)

    def _receive(self, sending: Future[None], watch: Callable[[], None], say: Callable[[str], None]) -> None:
        journal, last, told = self.journal, 0.0, 0.0
        while not sending.done() or self._waiting():
            record = self._consumer.poll(LOOK_S)
            now = self._now()
            if record is not None:
                self._note(record)
                last = now
            elif not sending.done():
                last = now
            elif now - last > self._stalled_s:
                break
            if now - told > TOLD_EVERY_S:
                watch()
                say(f"{now:4.0f} s: {len(journal.sent):,} sent, {self._waiting():,} of them wait")
                told = now

    def _note(self, record: Message) -> None:
        answer = _answer(record, self._now())
        self.journal.answered.append(answer)
        self._seen.add(answer.identity)

    def _waiting(self) -> int:
        """Messages without an answer; one that is answered twice stands in for no other."""
        return len(self.journal.sent) - len(self._seen)

    def _now(self) -> float:
        return time.monotonic() - self._start


@contextmanager
def open_loop(
    kafka: RealKafka, topics: TopicSettings, most_waiting: int, stalled_s: float = STALLED_S
) -> Iterator[OpenLoop]:
    """A generator whose consumer waits at the end of the answers' `topics`, which are new and empty."""
    producer = new_producer(kafka, linger_ms=LINGER_MS, acks="all", queue_buffering_max_messages=IN_PRODUCER)
    read = (topics.verdicts, topics.dead_letters)
    with reading(kafka, {topic: kafka.end_offsets(topic) for topic in read}) as consumer:
        yield OpenLoop(kafka, topics, producer, consumer, most_waiting, stalled_s)


def _answer(record: Message, at: float) -> Answered:
    """Of a verdict or of a dead letter, which is the message's own bytes. Raises RuntimeError where it is an error."""
    if error := record.error():
        raise RuntimeError(str(error))
    document = json.loads(record.value() or b"{}")
    verdict = "message_id" in document
    return Answered(document["message_id" if verdict else "id"], at, document["outcome"] if verdict else None)
