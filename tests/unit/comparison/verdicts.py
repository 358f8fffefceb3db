"""Records of verdicts as a test needs them."""

import json
from collections.abc import Sequence
from typing import Any

from moderator.comparison.comparison import Comparison, compare
from moderator.comparison.judged import Side
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.record import Record
from moderator.contracts.verdict import Outcome, Verdict
from tests.unit.pipeline.fakes import DECIDED_AT, TOPIC, VERSIONS

BLOCK_AT, ESCALATE_AT = 0.9, 0.5


def verdict(offset: int, toxic: float = 0.0, policy: str = "p" * 16, **changes: Any) -> Verdict:
    """The model's on the message at `offset`, by that score; `changes` replaces fields."""
    outcome = Outcome.BLOCK if toxic >= BLOCK_AT else Outcome.ESCALATE if toxic >= ESCALATE_AT else Outcome.ALLOW
    fields = {
        "id": f"verdict-{offset}-{policy}",
        "message_id": f"m{offset}",
        "outcome": outcome,
        "labels": [Label.TOXIC] if toxic >= ESCALATE_AT else [],
        "scores": {label.value: toxic if label is Label.TOXIC else 0.0 for label in LABELS},
        "sentiment": {"label": "neutral", "scores": {"negative": 0.0, "neutral": 1.0, "positive": 0.0}},
        "reasons": [],
        "source": "model",
        "truncated": False,
        "versions": VERSIONS.model_copy(update={"policy": policy}),
        "decided_at": DECIDED_AT,
        "origin": {"topic": TOPIC, "partition": 0, "offset": offset, "timestamp_ms": 1_000 + offset},
    }
    return Verdict.model_validate(fields | changes)


def record(said: Verdict, written_ms: int = 0) -> Record:
    """As it is read from a topic of verdicts."""
    return Record("verdicts", 0, 0, written_ms, None, json.dumps(said.model_dump(mode="json")).encode())


def side(verdicts: Sequence[Verdict], since_ms: int | None = None) -> Side:
    """A topic that holds these, written in their order."""
    topic = Side(TOPIC, since_ms)
    for number, said in enumerate(verdicts):
        topic.add(record(said, number))
    return topic


def comparison(pairs: Sequence[tuple[float, float]]) -> Comparison:
    """Of messages by the score that they have and the one that they would have."""
    first = [verdict(offset, score) for offset, (score, _) in enumerate(pairs)]
    shadow = [verdict(offset, score, "new policy") for offset, (_, score) in enumerate(pairs)]
    return compare(side(first), side(shadow))
