"""The platform round the agents: it writes messages, reads what comes back, and knows what is owed."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    ConsumerGroupState,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient

from moderator.config import TopicSettings
from tests.support.real_kafka import ADMIN_TIMEOUT_S, RealKafka

LIMIT_S = 180.0  # thousands of messages on a loaded machine; only a hanging test takes this long
POLL_S = 0.1
# What a broker that has just started says when it is asked about a group.
COORDINATOR_IS_COMING = (
    KafkaError._TIMED_OUT,  # the first question over a connection that died with the broker
    KafkaError.NOT_COORDINATOR,
    KafkaError.COORDINATOR_NOT_AVAILABLE,
    KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
)

Headers = list[tuple[str, str | bytes | None]]  # librdkafka's own type; what is read is bytes
Origin = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sent:
    """One record as the platform wrote it."""

    key: bytes | None
    value: bytes | None
    headers: Headers = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """One record on the verdicts' or the dead letters' topic; `origin` is the partition and offset that it answers."""

    origin: Origin
    key: bytes | None
    value: bytes | None
    headers: Headers
    is_verdict: bool

    @property
    def verdict(self) -> dict[str, object]:
        """The verdict's fields."""
        assert self.is_verdict
        assert self.value is not None
        fields: dict[str, object] = json.loads(self.value)
        return fields


def message(number: int) -> Sent:
    """A harmless message."""
    text = f"Message {number}: the tea is ready and the weather is fine."
    return Sent(b"author %d" % (number % 17), json.dumps({"id": f"m{number}", "text": text}).encode())


class Platform:
    """Reads with librdkafka, which shares nothing with the agents, and from the beginning, whoever commits what."""

    def __init__(self, kafka: RealKafka, topics: TopicSettings) -> None:
        self.topics = topics
        self.sent: dict[Origin, Sent] = {}
        self.answers: dict[Origin, list[Answer]] = defaultdict(list)
        self._kafka = kafka
        self._servers: dict[str, str | int | float | bool] = {
            "bootstrap.servers": kafka.bootstrap_servers,
            "log_level": 0,
        }
        self._admin = AdminClient(self._servers)  # of its own: one that has seen a restart may ask a dead coordinator
        self._reader = Consumer(
            {**self._servers, "group.id": "audit", "enable.auto.commit": False, "auto.offset.reset": "earliest"}
        )
        partitions = range(len(kafka.end_offsets(topics.verdicts)))
        self._reader.assign(
            [
                TopicPartition(topic, number, OFFSET_BEGINNING)
                for topic in (topics.verdicts, topics.dead_letters)
                for number in partitions
            ]
        )

    def close(self) -> None:
        """Stop reading."""
        self._reader.close()

    def send(self, records: Iterable[Sent]) -> None:
        """Write all and remember where each went."""
        producer = Producer({**self._servers, "enable.idempotence": True})
        for record in records:

            def delivered(error: KafkaError | None, written: Message, record: Sent = record) -> None:
                assert error is None, error
                self.sent[written.partition(), written.offset()] = record  # type: ignore[index]  # it was delivered

            producer.produce(
                self.topics.messages, record.value, record.key, headers=record.headers, on_delivery=delivered
            )
            producer.poll(0)
        assert producer.flush(LIMIT_S) == 0

    def answered(self, records: int) -> None:
        """Read until that many of the records have an answer."""
        self._until(lambda: len(self.answers) >= records)

    def all_answered(self, times: int = 1) -> None:
        """Read until every record has that many answers, and check that nothing else was answered."""
        self._until(lambda: sum(len(answers) >= times for answers in self.answers.values()) >= len(self.sent))
        assert self.answers.keys() == self.sent.keys()

    def members(self, group: str, number: int) -> None:
        """Wait until the group has that many members, each with a partition."""

        def assigned() -> bool:
            described = self._admin.describe_consumer_groups([group], request_timeout=ADMIN_TIMEOUT_S)
            try:
                state = described[group].result(ADMIN_TIMEOUT_S)
            except KafkaException as error:
                if error.args[0].code() not in COORDINATOR_IS_COMING:
                    raise
                return False
            except TimeoutError:  # a coordinator that is on its way may leave the question unanswered
                return False
            shares = [member.assignment.topic_partitions for member in state.members if member.assignment]
            return state.state == ConsumerGroupState.STABLE and len(shares) == number and all(shares)

        self._until(assigned)

    def committed(self, group: str) -> dict[int, int]:
        """The group's committed offset of each partition."""
        consumer = Consumer({**self._servers, "group.id": group})
        try:
            numbers = range(len(self._kafka.end_offsets(self.topics.messages)))
            wanted = [TopicPartition(self.topics.messages, number) for number in numbers]
            return {each.partition: max(0, each.offset) for each in consumer.committed(wanted, ADMIN_TIMEOUT_S)}
        finally:
            consumer.close()

    def duplicates(self) -> int:
        """How many answers were more than one a record needs; each of them must be the same answer."""
        for origin, answers in self.answers.items():
            outcomes = {
                (answer.verdict["id"], answer.verdict["outcome"]) if answer.is_verdict else answer.value
                for answer in answers
            }
            assert len(outcomes) == 1, (origin, outcomes)
        return sum(len(answers) - 1 for answers in self.answers.values())

    def _until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not done():
            assert time.monotonic() < deadline, f"{len(self.answers)} of {len(self.sent)} records have an answer"
            read = self._reader.poll(POLL_S)
            if read is not None and read.error() is None:
                self._take(read)

    def _take(self, read: Message) -> None:
        headers = read.headers() or []
        assert isinstance(headers, list)
        named = dict(headers)
        is_verdict = read.topic() == self.topics.verdicts
        value = read.value()
        if is_verdict:
            assert value is not None
            place = json.loads(value)["origin"]
            origin = place["partition"], place["offset"]
        else:
            origin = int(named["__connect.errors.partition"] or b""), int(named["__connect.errors.offset"] or b"")
        self.answers[origin].append(Answer(origin, read.key(), value, headers, is_verdict))
