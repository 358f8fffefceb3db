"""Hand-written stand-ins at the pipeline's ports, scripted by each test."""

import asyncio
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.labels import LABELS
from moderator.contracts.record import Partition, Publication, Record
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Versions
from moderator.pipeline.answer import Answers, OutputTopics
from moderator.pipeline.ports import Backlog, OnAssigned, OnRevoked, nothing
from moderator.policy.thresholds import Policy, parse_policy

TOPIC = "messages"
TOPICS = OutputTopics("verdicts", "escalations", "dead-letters")
VERSIONS = Versions(
    model="m" * 16, tokenizer="t" * 16, calibration="c" * 16, policy="p" * 16, software="0", provider="fake"
)
DECIDED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def policy() -> Policy:
    """Every label escalates at .5 and blocks at .9."""
    thresholds = {"escalate_at": 0.5, "block_at": 0.9}
    return parse_policy({"version": "test", "labels": {label.value: thresholds for label in LABELS}}, "test", "p" * 16)


def answers(audit_part: float = 0.0) -> Answers:
    """Answers under that policy; so many of the sure ones are checked."""
    return Answers(policy(), VERSIONS, TOPICS, "group", lambda: DECIDED_AT, audit_part)


def decoder() -> MessageDecoder:
    """Reads /id and /text."""
    return MessageDecoder({"id": "/id", "text": "/text"}, max_text_characters=1000)


def record(offset: int, text: str = "hello", partition: int = 0, value: bytes | None = None) -> Record:
    """A record with the message `text`, or with `value` as it stands."""
    body = json.dumps({"id": f"m{partition}-{offset}", "text": text}).encode() if value is None else value
    return Record(TOPIC, partition, offset, 1_000, None, body)


class Clock:
    """Moves when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class FakeClassifier:
    """Scores the text "score .7" as toxic .7 and anything else as 0; a token is a word.

    `refuse` decides on which texts a call fails; `gate` holds calls back until it is set.
    """

    def __init__(self, refuse: Callable[[str], bool] = lambda _text: False) -> None:
        self.refuse = refuse
        self.gate = threading.Event()
        self.gate.set()
        self.calls: list[int] = []
        self.entered = threading.Event()
        self._texts: list[str] = []
        self._lock = threading.Lock()

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        with self._lock:
            start = len(self._texts)
            self._texts.extend(texts)
        return [Tokens(([index],), truncated=text.endswith("...")) for index, text in enumerate(texts, start)]

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] = nothing) -> list[Scores]:
        self.entered.set()
        self.gate.wait()
        self.calls.append(len(texts))
        written = [self._texts[tokens.windows[0][0]] for tokens in texts]
        if any(self.refuse(text) for text in written):
            raise RuntimeError("quoting " + " ".join(written))
        return [self._score(text) for text in written]

    @staticmethod
    def _score(text: str) -> Scores:
        toxic = float(text.removeprefix("score ")) if text.startswith("score ") else 0.0
        return Scores((toxic, *[0.0] * (len(LABELS) - 1)), (0.2, 0.3, 0.5))


class ScriptedSource:
    """Hands out the batches it is given, then waits; remembers commits. `owned` are its partitions."""

    def __init__(self, batches: Sequence[Sequence[Record]], owned: Sequence[int] = (0,)) -> None:
        self._batches = list(batches)
        self.owned = frozenset(Partition(TOPIC, number) for number in owned)
        self.commits: list[dict[Partition, int]] = []
        self.committed = asyncio.Event()
        self.refuse_commits = 0
        self.kept_alive = asyncio.Event()
        self.exhausted = asyncio.Event()
        self.stopped = False
        self.backlogs: dict[Partition, Backlog] = {}
        self.on_revoked: OnRevoked = _nothing
        self.on_assigned: OnAssigned = _nothing

    async def start(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        self.on_revoked, self.on_assigned = on_revoked, on_assigned
        await on_assigned()

    async def fetch(self, max_records: int) -> Sequence[Record]:
        if self._batches:
            await asyncio.sleep(0)
            return self._batches.pop(0)
        self.exhausted.set()
        await asyncio.sleep(0.005)  # as a real fetch waits for what may come
        return []

    def add(self, batch: Sequence[Record]) -> None:
        """One more batch to hand out."""
        self._batches.append(batch)

    async def keep_alive(self) -> None:
        self.kept_alive.set()

    def assignment(self) -> frozenset[Partition]:
        return self.owned

    def backlog(self) -> Mapping[Partition, Backlog]:
        return self.backlogs

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        if self.refuse_commits:
            self.refuse_commits -= 1
            return False
        self.commits.append(dict(positions))
        self.committed.set()
        return True

    async def stop(self) -> None:
        self.stopped = True

    async def until_committed(self, offset: int, partition: int = 0) -> None:
        """Wait for a commit of `offset`."""
        while not any(positions.get(Partition(TOPIC, partition)) == offset for positions in self.commits):
            self.committed.clear()
            await self.committed.wait()


class ScriptedPublisher:
    """Keeps what is published. `refuse` picks what the broker finds too large; `gate` holds publishing back."""

    def __init__(self, refuse: Callable[[Publication], bool] = lambda _publication: False) -> None:
        self.refuse = refuse
        self.published: list[Publication] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.waiting = asyncio.Event()
        self.more = asyncio.Event()
        self.error: Exception | None = None
        self.stopped = False

    async def start(self) -> None:
        """Nothing to connect to."""

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        self.waiting.set()
        await self.gate.wait()
        if self.error:
            raise self.error
        refused = [publication for publication in publications if self.refuse(publication)]
        self.published += [publication for publication in publications if publication not in refused]
        self.more.set()
        return refused

    async def stop(self) -> None:
        self.stopped = True

    def on(self, topic: str) -> list[Publication]:
        """What went to `topic`."""
        return [publication for publication in self.published if publication.topic == topic]

    async def until_published(self, topic: str, count: int) -> None:
        """Wait until so many went to `topic`."""
        while len(self.on(topic)) < count:
            self.more.clear()
            await self.more.wait()


async def _nothing() -> None:
    """No flow is connected yet."""
