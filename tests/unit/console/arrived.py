"""Records of the review topics, for tests of the console."""

from dataclasses import replace
from typing import Any

from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Record
from moderator.contracts.review import Escalation
from tests.unit.pipeline.fakes import record
from tests.unit.review.reviewed import decision, escalation


def escalated(number: int, text: str = "a vague threat", **fields: Any) -> Escalation:
    """Number `number`; `fields` change its message's."""
    plain = escalation(text)
    message = plain.message.model_copy(update={"id": f"m-{number}", **fields})
    return plain.model_copy(update={"id": f"{number:032x}", "message_id": f"m-{number}", "message": message})


def of_escalation(number: int, text: str = "a vague threat", **fields: Any) -> Record:
    """At the offset of its number, with the key of its message's record."""
    return replace(record(number), key=b"an author", value=to_bytes(escalated(number, text, **fields)))


def of_decision(number: int, **fields: Any) -> Record:
    """A large model's, on that escalation, unless fields say otherwise."""
    of_model = {"id": f"llm-{number}", "source": "llm", "reviewer_id": "a-model", "message_id": f"m-{number}"}
    id_ = f"{number:032x}"
    made = decision(**{**of_model, "escalation_id": id_, "replaces": id_, **fields})
    return replace(record(number), key=b"an author", value=to_bytes(made))
