"""What one topic of verdicts says of each message, small enough that millions fit into memory."""

import struct
from typing import Any, NamedTuple

from pydantic_core import from_json

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.record import Record
from moderator.contracts.verdict import Outcome, VerdictSource

SCORES = struct.Struct(f"{len(LABELS)}f")  # more exact than verdicts are


class JudgedBy(NamedTuple):
    """The versions that a verdict's id is made of."""

    model: str
    tokenizer: str
    calibration: str
    policy: str


class Judged(NamedTuple):
    """One verdict, without what only explains it. `written_ms` is its record's timestamp."""

    by: JudgedBy
    outcome: Outcome
    labels: frozenset[Label]
    packed: bytes
    written_ms: int

    @property
    def scores(self) -> tuple[float, ...]:
        """In the order of LABELS."""
        return SCORES.unpack(self.packed)


class Side:
    """The verdicts of one topic on messages of the topic `messages` that are not older than `since_ms`; of several on
    one message the last counts, as it was decided anew.
    """

    def __init__(self, messages: str, since_ms: int | None = None) -> None:
        self._messages = messages
        self._since_ms = since_ms
        self._shared: dict[Any, Any] = {}  # one object for what most verdicts have alike
        self.judged: dict[int, Judged] = {}
        self.repeated = 0
        self.foreign = 0

    def add(self, record: Record) -> None:
        """Take a verdict. Reviewers' final ones, and what is none, are `foreign`. Read by hand: there are millions."""
        try:
            fields: Any = from_json(record.value or b"")
            origin, versions, scores = fields["origin"], fields["versions"], fields["scores"]
            if fields["source"] != VerdictSource.MODEL or origin["topic"] != self._messages:
                self.foreign += 1
                return
            key = place(int(origin["partition"]), int(origin["offset"]), int(origin["timestamp_ms"]))
            judged = Judged(
                self._one(JudgedBy(*(str(versions[name]) for name in JudgedBy._fields))),
                Outcome(fields["outcome"]),
                self._one(frozenset(map(Label, fields["labels"]))),
                SCORES.pack(*(float(scores[label]) for label in LABELS)),
                record.timestamp_ms,
            )
        except (ValueError, KeyError, TypeError, OverflowError, struct.error):
            self.foreign += 1
            return
        if self._since_ms is not None and timestamp_of(key) < self._since_ms:
            return
        self.repeated += key in self.judged
        self.judged[key] = judged

    def newest(self) -> JudgedBy | None:
        """The versions of the verdict that was written last."""
        last = max(self.judged.values(), key=lambda judged: judged.written_ms, default=None)
        return last.by if last else None

    def _one(self, value: Any) -> Any:
        return self._shared.setdefault(value, value)


def place(partition: int, offset: int, timestamp_ms: int) -> int:
    """A record as one number; its timestamp is the highest part, since a topic made anew counts from 0 again."""
    return ((timestamp_ms << 32 | partition) << 64) | offset


def timestamp_of(key: int) -> int:
    """The `timestamp_ms` of a `place`."""
    return key >> 96
