"""Escalations on a real Kafka, a console's store, and people who decide by it."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from confluent_kafka import Message, Producer

from moderator.adapters.kafka_reader import committed
from moderator.config import TopicSettings
from moderator.console.store.database import StatementRefused, Store
from moderator.console.store.deciding import Act, Answer, decide
from moderator.console.store.figures import queue
from moderator.console.store.job import Job
from moderator.console.store.queue import ANY, Claim, Filter, claim_next
from moderator.contracts.record import Record
from moderator.errors import StoreUnavailable
from moderator.kafka_settings import KafkaSettings
from moderator.review.final import final_verdict
from moderator.review.publications import publications
from tests.integration.topic import records_of
from tests.support.real_kafka import RealKafka
from tests.unit.review.reviewed import decision

DEADLINE_S = 90.0  # a loaded machine
TRACEPARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
LEASE = timedelta(minutes=10)
NO_GRACE = timedelta()
DELIVERY_TIMEOUT_S = 5  # what a dead console had in hand is held for twice this, and a margin


class ReviewDesk:
    """What goes in, who decides, and what came of it."""

    def __init__(self, kafka: RealKafka, topics: TopicSettings, url: str) -> None:
        self._kafka = kafka
        self._store = Store(url)
        self.topics = topics
        self.group = topics.escalations
        self.settings = {
            "KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
            "KAFKA__SESSION_TIMEOUT_MS": "3000",
            "KAFKA__DELIVERY_TIMEOUT_S": str(DELIVERY_TIMEOUT_S),
            "HTTP__PORT": "0",
            "CONSOLE__GROUP_ID": self.group,
            "CONSOLE__STORE_URL": url,
            "CONSOLE__PORT": "0",
            **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
        }

    def close(self) -> None:
        """Give the store's connections back."""
        self._store.close()

    def write(self, topic: str, *values: bytes) -> None:
        """These records, with the key of their message's."""
        producer = Producer({"bootstrap.servers": self._kafka.bootstrap_servers, "log_level": 0})
        for value in values:
            producer.produce(topic, value, b"an author", headers=[("traceparent", TRACEPARENT)])
        assert producer.flush(DEADLINE_S) == 0

    def waiting(self) -> int | None:
        """Jobs that wait for a person; None while the store cannot say, or has no tables yet."""
        try:
            return queue(self._store).depth
        except (StoreUnavailable, StatementRefused):
            return None

    def offered(self, wanted: Filter = ANY) -> Claim | None:
        """The next job, if one waits."""
        return claim_next(self._store, "r-7", datetime.now(UTC), LEASE, wanted)

    def claim(self) -> Claim:
        """The next job; there must be one."""
        claim = self.offered()
        assert claim is not None
        return claim

    def block(self, claim: Claim) -> tuple[Act, Answer]:
        """Decide it as a person does."""
        made: list[Answer] = []

        def answer(job: Job) -> Answer:
            made.append(self._answer(job))
            return made[-1]

        return decide(self._store, claim.lease, answer, datetime.now(UTC), NO_GRACE), made[0]

    def _answer(self, job: Job) -> Answer:
        said = decision(
            id=uuid.uuid4().hex, escalation_id=job.id, message_id=job.escalation.message_id, replaces=job.standing
        )
        verdict = final_verdict(job.escalation, said)
        assert verdict is not None
        origin = Record(self.topics.escalations, 0, 0, 0, job.key, None, job.headers)
        topics = self.topics.decisions, self.topics.verdicts
        return Answer(said, verdict.id, publications(job.escalation, said, origin, *topics, "/moderator/console"))

    def records(self, topic: str) -> list[Message]:
        """On `topic` at this moment."""
        return records_of(self._kafka, topic)

    def documents(self, topic: str) -> list[dict[str, Any]]:
        """Likewise, those that are documents."""
        return [json.loads(record.value() or b"null") for record in self.records(topic)]

    def holds(self, topic: str, count: int) -> Callable[[], bool]:
        """Whether so many records, or more, are on `topic`."""
        return lambda: sum(self._kafka.end_offsets(topic)) >= count

    async def committed(self) -> int:
        """How many escalations the console's group has done with."""
        kafka = KafkaSettings(bootstrap_servers=self._kafka.bootstrap_servers, group_id=self.group)
        return sum((await committed(kafka, self.topics.escalations)).values())
