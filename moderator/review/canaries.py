"""Canaries: texts whose answer is known beforehand, among what reviewers get. None of them should be told apart."""

import json
import random
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import LabelScores, Outcome, Reason, ReasonCode
from moderator.errors import ConfigError
from moderator.review.documents import SHIPPED, Policies

SHIPPED_CANARIES = SHIPPED / "canaries.jsonl"
# A score and a threshold, where the escalation beside has none: uncertain, as most that are escalated.
DOUBTFUL_SCORE, DOUBTFUL_THRESHOLD = 0.45, 0.3
QUIET_SCORE = 0.05  # at most, of labels that a text was not escalated for
SCORE_DIGITS = 4  # as scores are published


class Canary(BaseModel):
    """A text whose answer is beyond doubt, as a line of the file has it. `labels` is what it is said to be escalated
    for, also where it breaks nothing: they decide which policy document is applied.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    text: str = Field(pattern=r"\S")
    outcome: Literal[Outcome.ALLOW, Outcome.BLOCK]
    labels: tuple[Label, ...] = Field(min_length=1)


class CanaryResult(StrEnum):
    """What came of asking about one."""

    PASSED = "passed"
    FALSE_ALLOW = "false_allow"
    FALSE_BLOCK = "false_block"
    UNANSWERED = "unanswered"  # which is no wrong answer: people would have decided


def chosen_canaries(path: Path | None, policies: Policies, *, own_policies: bool) -> tuple[Canary, ...]:
    """Those of the file at `path`. When it is None, the shipped ones, but none where an operator's own policies are
    applied: what is known was known under the shipped ones. Raises ConfigError as `load_canaries`.
    """
    if path is None and own_policies:
        return ()
    return load_canaries(path or SHIPPED_CANARIES, policies)


def load_canaries(path: Path, policies: Policies) -> tuple[Canary, ...]:
    """Read a file of JSON Lines. Raises ConfigError with every problem of it by its line, and nothing of its texts."""
    try:
        content = path.read_bytes()
        lines = content.decode().split("\n")
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([f"{path}: line {number}: not UTF-8"]) from None
    canaries: dict[str, Canary] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        canary = _read(line)
        if not isinstance(canary, Canary):
            problems += [f"{path}: line {number}: {problem}" for problem in canary]
            continue
        problems += [f"{path}: line {number}: {problem}" for problem in _clashes(canary, canaries, policies)]
        canaries[canary.id] = canary
    if not canaries and not problems:
        problems.append(f"{path}: holds no canaries")
    if problems:
        raise ConfigError(problems)
    return tuple(canaries.values())


def disguised(canary: Canary, id_: str, message_id: str, beside: Escalation) -> Escalation:
    """The canary as an escalation that looks like the one it goes `beside`: of the same place, time and versions, as
    uncertain, and over the same thresholds for the labels that both have. It is in nobody's thread, and by nobody who
    wrote anything else.
    """
    doubts = doubted(beside)
    any_doubt = next(iter(doubts.values()), Reason(code=ReasonCode.ESCALATE_THRESHOLD))
    draw = random.Random(id_)
    reasons = tuple(_drawn(label, doubts.get(label, any_doubt), draw) for label in canary.labels)
    others = {label: round(draw.uniform(0, QUIET_SCORE), SCORE_DIGITS) for label in LABELS}
    message = beside.message
    author = sha256(f"author\0{id_}".encode()).hexdigest()
    changed = {
        "id": message_id,
        "text": canary.text,
        "author_id": author if message.author_id is not None else None,
        "language": "en" if message.language is not None else None,
        "reply_to": None,
    }
    return beside.model_copy(
        update={
            "id": id_,
            "message_id": message_id,
            "message": message.model_copy(update=changed),
            "reasons": reasons,
            "scores": LabelScores.model_validate(others | {reason.label: reason.score for reason in reasons}),
            "truncated": False,
        }
    )


def doubted(escalation: Escalation) -> dict[Label, Reason]:
    """The labels of which the model was uncertain, with the reasons that say so."""
    return {
        reason.label: reason
        for reason in escalation.reasons
        if reason.label and reason.code is ReasonCode.ESCALATE_THRESHOLD
    }


def canary_result(canary: Canary, decision: Decision) -> CanaryResult:
    """What a large model's `decision`, which suggests something or nothing, says of it."""
    if decision.suggestion is None:
        return CanaryResult.UNANSWERED
    if decision.suggestion.outcome is canary.outcome:
        return CanaryResult.PASSED
    return CanaryResult.FALSE_ALLOW if canary.outcome is Outcome.BLOCK else CanaryResult.FALSE_BLOCK


def asked_id(canary: Canary, unique: str) -> str:
    """Of the escalation under which a large model is asked about it; `unique` holds no hyphen."""
    return f"canary-{canary.id}-{unique}"


def canary_id(escalation_id: str) -> str:
    """Of the canary that was asked about under this id."""
    return escalation_id.removeprefix("canary-").rpartition("-")[0]


def _drawn(label: Label, doubt: Reason, draw: random.Random) -> Reason:
    """For this label, with a score between the threshold and that of `doubt`: the same one would stand out."""
    highest, threshold = doubt.score or DOUBTFUL_SCORE, doubt.threshold or DOUBTFUL_THRESHOLD
    score = round(draw.uniform(threshold, highest), SCORE_DIGITS)
    return doubt.model_copy(update={"label": label, "score": max(score, threshold), "threshold": threshold})


def _read(line: str) -> Canary | list[str]:
    """The canary, or what is wrong with it."""
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        return [f"not JSON: {error.msg} at character {error.pos + 1}"]
    except RecursionError:
        return ["nested too deeply"]
    if not isinstance(document, dict):
        return ["not an object"]
    try:
        return Canary.model_validate(document)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_context=False, include_url=False)
        return [f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}" for problem in problems]


def _clashes(canary: Canary, others: dict[str, Canary], policies: Policies) -> Iterator[str]:
    if canary.id in others:
        yield f"id: {canary.id}: there twice"
    if len(set(canary.labels)) < len(canary.labels):
        yield "labels: one is there twice"
    if not any(set(canary.labels) & set(document.labels) for document in policies.documents):
        yield "labels: no policy document covers them"
