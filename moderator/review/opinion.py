"""What a large model thinks of a text, as far as its answer can be relied on."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.review.documents import PolicyText
from moderator.review.prompt import visible

MOST_RATIONALE = 1000  # characters; two sentences were asked for

# Words and not a number: a closed list can be forced on the model, and large models use few numbers and mean little by
# them. Their places between 0 and 1, where the contract wants one, keep the order and claim no probability.
ConfidenceWord = Literal["low", "medium", "high"]
CONFIDENCE: dict[ConfidenceWord, float] = {"low": 0.25, "medium": 0.5, "high": 0.75}

Decided = Literal[Outcome.ALLOW, Outcome.BLOCK]

# Models put JSON into a code block even when told not to.
_CODE_BLOCK = re.compile(r"\A```(?:json)?[ \t]*\n(.*)\n[ \t]*```\Z", re.DOTALL)


class Flaw(StrEnum):
    """Why an answer is no opinion: a closed list, since the answer can quote what a user wrote."""

    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    WRONG_NONCE = "wrong_nonce"
    UNKNOWN_LABEL = "unknown_label"
    UNKNOWN_RULE = "unknown_rule"
    BLOCK_WITHOUT_RULE = "block_without_rule"
    ALLOW_WITH_GROUNDS = "allow_with_grounds"


class InvalidOutput(Exception):
    """An answer that is no opinion; people decide, with the flaw as all that is told of it."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(str(flaw))


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a large model would decide, and on what grounds."""

    outcome: Decided
    labels: tuple[Label, ...]  # in the order of LABELS
    rules: tuple[str, ...]
    confidence: float | None  # a place in an order, not a probability
    rationale: str | None


class Answer(BaseModel):
    """What every answer in JSON holds, whatever else its format asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    nonce: str


AnswerT = TypeVar("AnswerT", bound=Answer)


def read_answer(answer: str, form: type[AnswerT], nonce: str) -> AnswerT:
    """Parse the JSON object that `answer` consists of, be it in a code block. Raises InvalidOutput.

    Prose beside it, a field that was not asked for or one given twice make it invalid: nobody knows which was meant.
    """
    answer = answer.strip()
    block = _CODE_BLOCK.match(answer)
    try:
        given = json.loads(block[1] if block else answer, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise InvalidOutput(Flaw.NOT_JSON) from None
    try:
        parsed = form.model_validate(given)
    except ValidationError:
        raise InvalidOutput(Flaw.WRONG_SHAPE) from None
    if parsed.nonce != nonce:
        raise InvalidOutput(Flaw.WRONG_NONCE)
    return parsed


def grounded(
    policy: PolicyText,
    outcome: Decided,
    *,
    labels: Iterable[str],
    rules: Iterable[str],
    confidence: ConfidenceWord,
    rationale: str,
) -> Opinion:
    """The opinion, if `policy` has what it claims: a block breaks at least one rule, an allow none, and no label or
    rule is another document's. A rule's label is found with it. Raises InvalidOutput.
    """
    claimed, broken = set(labels), tuple(dict.fromkeys(rules))
    label_of = {rule.id: rule.label for rule in policy.rules}
    if not claimed <= set(policy.labels):
        raise InvalidOutput(Flaw.UNKNOWN_LABEL)
    if not label_of.keys() >= set(broken):
        raise InvalidOutput(Flaw.UNKNOWN_RULE)
    if outcome is Outcome.BLOCK and not broken:
        raise InvalidOutput(Flaw.BLOCK_WITHOUT_RULE)
    if outcome is Outcome.ALLOW and (broken or claimed):
        raise InvalidOutput(Flaw.ALLOW_WITH_GROUNDS)
    found = claimed | {label_of[rule] for rule in broken}
    return Opinion(
        outcome,
        tuple(label for label in LABELS if label in found),
        broken,
        CONFIDENCE[confidence],
        visible(rationale).strip()[:MOST_RATIONALE] or None,
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field is given twice")
    return fields
