"""The whole of reviewing: escalations written, a large model that decides some, people who decide the others."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from confluent_kafka import Producer

from moderator.config import TopicSettings
from moderator.console.store.deciding import Act
from moderator.console.store.queue import Claim, Filter
from moderator.console.store.refusals import AlreadyDecided
from moderator.contracts.codec import to_bytes
from moderator.contracts.labels import Label
from moderator.contracts.review import Decision, Escalation
from moderator.errors import StoreUnavailable
from moderator.review.final import final_verdict
from tests.integration.review_desk import DEADLINE_S, ReviewDesk
from tests.integration.test_reviewer import blinded_pair, desk_policy
from tests.support.chat_server import ChatServer, Request
from tests.support.real_kafka import RealKafka
from tests.unit.review.answers import answering
from tests.unit.review.reviewed import escalation

PAIRS = 40  # by which the large model has proven itself
REST_S = 0.05  # of people who find nothing to do
# An insult is the large model's, a threat is not its to let pass: so each has one who decides it.
INSULT, THREAT = "you fool", "a vague threat"

Result = TypeVar("Result")


class Progress(StrEnum):
    """What only grows while all goes well; a moment is a number of it."""

    ASKED = "requests to the large model"
    DECIDED = "records of decisions"
    FINAL = "records of verdicts"
    ACKNOWLEDGED = "people's decisions"


def answer(request: Request) -> str:
    """The large model blocks insults, and would let threats pass."""
    outcome = "block" if INSULT in str(request["messages"][-1]["content"]) else "allow"
    return answering(request["messages"], outcome)


class ReviewLoop:
    """On topics of its own and a store of SQLite in `folder`."""

    def __init__(self, kafka: RealKafka, topics: TopicSettings, folder: Path, model: ChatServer) -> None:
        self._kafka = kafka
        self._model = model
        self.topics = topics
        self.desk = ReviewDesk(kafka, topics, f"sqlite:///{folder / 'console.db'}")
        self.escalations: dict[str, Escalation] = {}
        self.acknowledged: set[str] = set()  # ids of people's decisions of which the store has said that it keeps them
        self.settings = self.desk.settings | {
            "REVIEWER__GROUP_ID": f"{topics.escalations}-reviewer",
            "REVIEWER__BASE_URL": model.base_url,
            "REVIEWER__MODEL": "a-model",
            "REVIEWER__CONCURRENCY": "4",
            "REVIEWER__CANARY_EVERY": "0",
            "REVIEWER__OVERLAP": "0.000001",
            "REVIEWER__FEWEST_PAIRS": "30",
            "REVIEWER__FALSE_ALLOWS": "0.2",
        }

    def prove_the_model(self) -> None:
        """Its past, in which it agreed with people."""
        policy = desk_policy()
        producer = Producer({"bootstrap.servers": self._kafka.bootstrap_servers, "log_level": 0})
        for pair in (pair for number in range(PAIRS) for pair in blinded_pair(number, policy)):
            producer.produce(self.topics.decisions, json.dumps(pair).encode(), pair["escalation_id"].encode())
        assert producer.flush(DEADLINE_S) == 0

    def escalate(self, count: int) -> None:
        """Write so many more, every other one the large model's."""
        fresh = []
        for number in range(len(self.escalations), len(self.escalations) + count):
            plain = escalation(INSULT, insult=0.4) if number % 2 else escalation(THREAT)
            fresh.append(plain.model_copy(update={"id": f"{number:032x}", "message_id": f"m-{number}"}))
        self.escalations |= {one.id: one for one in fresh}
        self.desk.write(self.topics.escalations, *map(to_bytes, fresh))

    def count(self, of: Progress) -> int:
        """How far it is at this moment."""
        match of:
            case Progress.ASKED:
                return len(self._model.requests)
            case Progress.DECIDED:
                return sum(self._kafka.end_offsets(self.topics.decisions))
            case Progress.FINAL:
                return sum(self._kafka.end_offsets(self.topics.verdicts))
            case Progress.ACKNOWLEDGED:
                return len(self.acknowledged)

    def decisions(self) -> list[Decision]:
        """On the topic, without those of the past."""
        past = {pair["id"] for number in range(PAIRS) for pair in blinded_pair(number, {})}
        documents = self.desk.documents(self.topics.decisions)
        return [Decision.model_validate(one) for one in documents if one["id"] not in past]

    def verdicts(self) -> Mapping[str, set[str]]:
        """Ids of the final verdicts on the topic, by the id of the first that they replace."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for verdict in self.desk.documents(self.topics.verdicts):
            found[verdict["replaces"]].add(verdict["id"])
        return found

    def verdict_of(self, decision: Decision) -> str | None:
        """The id of the final verdict that must follow from it."""
        verdict = final_verdict(self.escalations[decision.escalation_id], decision)
        return verdict.id if verdict else None

    @contextmanager
    def people(self) -> Iterator[None]:
        """Somebody decides every threat that waits."""
        done = threading.Event()
        deciding = threading.Thread(target=self._decide_until, args=(done,))
        deciding.start()
        try:
            yield
        finally:
            done.set()
            deciding.join()

    def _decide_until(self, done: threading.Event) -> None:
        while not done.is_set():
            claim = None if self.desk.waiting() is None else again(lambda: self.desk.offered(Filter(Label.THREAT)))
            if claim is None:
                done.wait(REST_S)
            else:
                self._decide(claim)

    def _decide(self, claim: Claim) -> None:
        def block() -> Act | None:
            try:
                return self.desk.block(claim)[0]
            except AlreadyDecided:  # by the attempt whose answer did not come
                return None

        if act := again(block):
            self.acknowledged.add(act.id)


def again(work: Callable[[], Result]) -> Result:
    """Do as a person does whom the page tells that the store did not answer."""
    while True:
        try:
            return work()
        except StoreUnavailable:
            continue
