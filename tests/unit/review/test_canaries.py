"""Canaries: those that ship test what they should, and any other file is read or refused with all that is wrong."""

import json
from collections import Counter
from pathlib import Path

import pytest

from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Outcome, ReasonCode
from moderator.errors import ConfigError
from moderator.review.canaries import (
    SHIPPED_CANARIES,
    Canary,
    CanaryResult,
    asked_id,
    canary_id,
    canary_result,
    chosen_canaries,
    disguised,
    load_canaries,
)
from moderator.review.documents import Policies, load_policies
from moderator.review.prompt import visible
from tests.unit.review.reviewed import decision, escalation

POLICIES = load_policies()
SHIPPED = load_canaries(SHIPPED_CANARIES, POLICIES)
UNQUOTED = "these words stay out of problems"
CANARY = Canary.model_validate({"id": "a-1", "text": "a canary", "outcome": "block", "labels": ["spam", "sexual"]})


def line(**fields: object) -> str:
    """A sound one, unless fields say otherwise."""
    return json.dumps({"id": "a-1", "text": UNQUOTED, "outcome": "allow", "labels": ["spam"]} | fields)


def problems(tmp_path: Path, content: str | bytes, policies: Policies = POLICIES) -> list[str]:
    """Why a file is refused, without its path."""
    path = tmp_path / "canaries.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ConfigError) as refused:
        load_canaries(path, policies)
    assert UNQUOTED not in str(refused.value)
    return [problem.removeprefix(f"{path}: ") for problem in refused.value.problems]


def policy_of(canary: Canary) -> str:
    """The document that is applied to it."""
    policy = POLICIES.covering(disguised(canary, "1", "m-2", escalation()))
    assert policy is not None
    return policy.reference.id


@pytest.mark.parametrize("policy", [document.reference.id for document in POLICIES.documents])
def test_the_shipped_ones_test_every_policy(policy: str) -> None:
    """On both sides, in plain words, hidden ones, and words that tell the reader what to answer."""
    here = [canary for canary in SHIPPED if policy_of(canary) == policy]
    outcomes = Counter(canary.outcome for canary in here)
    assert min(outcomes[Outcome.ALLOW], outcomes[Outcome.BLOCK]) >= 4
    violations = [canary for canary in here if canary.outcome is Outcome.BLOCK]
    assert any("injection" in canary.id for canary in violations)
    assert any(len(max(canary.text.split(), key=len)) == 1 for canary in violations)  # spaced letters
    assert any(not visible(canary.text).isascii() for canary in violations)  # look-alike letters


def test_the_shipped_ones_hide_words_from_machines() -> None:
    """Between letters, where nobody sees it."""
    assert {policy_of(canary) for canary in SHIPPED if visible(canary.text) != canary.text} >= {"abuse", "spam"}


def test_every_problem_is_named_by_its_line(tmp_path: Path) -> None:
    """And no text is quoted."""
    lines = [
        line(),
        "",
        line(text=f"{UNQUOTED} again"),
        f'{{"text": "{UNQUOTED}"',
        "[1]",
        line(id="b", outcome="escalate", labels=["spam", "rude"]),
        line(id=UNQUOTED),
        line(id="c", text=" "),
        line(id="d", note=UNQUOTED),
        line(id="e", labels=[]),
        line(id="f", labels=["spam", "spam"]),
    ]
    named = [problem.split(": ")[:2] for problem in problems(tmp_path, "\n".join(lines))]
    assert named == [
        ["line 3", "id"],
        ["line 4", "not JSON"],
        ["line 5", "not an object"],
        ["line 6", "outcome"],
        ["line 6", "labels.1"],
        ["line 7", "id"],
        ["line 8", "text"],
        ["line 9", "note"],
        ["line 10", "labels"],
        ["line 11", "labels"],
    ]


def test_a_file_that_holds_none_is_refused(tmp_path: Path) -> None:
    """As is one that is no text, or not there."""
    assert problems(tmp_path, "\n\n") == ["holds no canaries"]
    assert problems(tmp_path, line().encode() + b'\n{"id": "\xff"}') == ["line 2: not UTF-8"]
    assert problems(tmp_path, "[" * 100_000) == ["line 1: nested too deeply"]
    with pytest.raises(ConfigError, match="cannot be read"):
        load_canaries(tmp_path / "nowhere", POLICIES)


def test_a_canary_that_no_policy_covers_is_refused(tmp_path: Path) -> None:
    """Nobody could be asked about it."""
    abuse = Policies(tuple(document for document in POLICIES.documents if document.reference.id == "abuse"))
    assert problems(tmp_path, line(), abuse) == ["line 1: labels: no policy document covers them"]


def test_the_shipped_answers_are_true_of_the_shipped_policies_only(tmp_path: Path) -> None:
    """Where another policy allows what they call a violation, no model would ever be trusted."""
    assert chosen_canaries(None, POLICIES, own_policies=False) == SHIPPED
    assert chosen_canaries(None, POLICIES, own_policies=True) == ()
    own = tmp_path / "own.jsonl"
    own.write_text(line(), encoding="utf-8")
    assert [canary.id for canary in chosen_canaries(own, POLICIES, own_policies=True)] == ["a-1"]


def beside(**fields: object) -> Escalation:
    """An escalation of a message that has all that messages can have."""
    message = {"author_id": "u-9", "channel": "c", "tenant": "t", "reply_to": "m-0", "language": "fr"}
    plain = escalation(threat=0.6)
    return plain.model_copy(update={"message": plain.message.model_copy(update=message), **fields})


def test_a_canary_looks_like_its_neighbour() -> None:
    """Of the same place and time, as uncertain; and the contract takes it."""
    neighbour = beside()
    made = disguised(CANARY, "1" * 32, "m-2", neighbour)
    assert Escalation.model_validate_json(made.model_dump_json(exclude_none=True)) == made
    assert (made.id, made.message_id, made.message.id, made.message.text) == ("1" * 32, "m-2", "m-2", "a canary")
    assert (made.message.channel, made.message.tenant) == ("c", "t")
    assert (made.versions, made.escalated_at) == (neighbour.versions, neighbour.escalated_at)
    assert [(reason.label, reason.threshold) for reason in made.reasons] == [("spam", 0.2), ("sexual", 0.2)]
    assert [reason.score for reason in made.reasons] == [made.scores.spam, made.scores.sexual]
    assert 0.2 <= min(made.scores.spam, made.scores.sexual) < max(made.scores.spam, made.scores.sexual) < 0.6
    assert made.scores.threat < 0.2
    assert made.message.model_fields_set == neighbour.message.model_fields_set


def test_a_canary_is_over_the_thresholds_of_its_labels() -> None:
    """Those of the place that it is in: reviewers know them by heart."""
    of_spam, of_sexual = (
        beside().reasons[0].model_copy(update={"label": label, "score": score, "threshold": threshold})
        for label, score, threshold in (("spam", 0.3, 0.25), ("sexual", 0.2, 0.1))
    )
    made = disguised(CANARY, "1" * 32, "m-2", beside(reasons=(of_sexual, *beside().reasons, of_spam)))
    assert [(reason.label, reason.threshold) for reason in made.reasons] == [("spam", 0.25), ("sexual", 0.1)]
    assert 0.25 <= made.scores.spam <= 0.3
    assert 0.1 <= made.scores.sexual <= 0.2


def test_a_canary_is_in_nobodys_history() -> None:
    """It must not be laid at a real author's door, nor stand in a real thread."""
    made = disguised(CANARY, "1" * 32, "m-2", beside())
    assert made.message.author_id not in {None, "u-9"}
    assert made.message.reply_to is None
    assert made.message.language == "en"
    assert disguised(CANARY, "1" * 32, "m-2", escalation()).message.author_id is None


def test_beside_what_has_no_score_a_canary_has_one() -> None:
    """It is escalated as uncertain, whatever its neighbour was escalated for."""
    unread = beside(reasons=(beside().reasons[0].model_copy(update={"code": ReasonCode.TRUNCATED, "label": None}),))
    made = disguised(CANARY, "1" * 32, "m-2", unread)
    assert {reason.code for reason in made.reasons} == {ReasonCode.ESCALATE_THRESHOLD}
    assert all(reason.score and reason.threshold and reason.score >= reason.threshold for reason in made.reasons)


@pytest.mark.parametrize(
    ("known", "says", "result"),
    [
        ("block", {"outcome": "block"}, CanaryResult.PASSED),
        ("allow", {"outcome": "allow"}, CanaryResult.PASSED),
        ("block", {"outcome": "allow"}, CanaryResult.FALSE_ALLOW),
        ("allow", {"outcome": "block"}, CanaryResult.FALSE_BLOCK),
        ("block", None, CanaryResult.UNANSWERED),
    ],
)
def test_an_answer_is_held_against_the_known_one(known: str, says: dict[str, str] | None, result: CanaryResult) -> None:
    """No answer is no wrong one."""
    said = decision(source="llm", outcome="escalate", referral="canary", suggestion=says)
    assert canary_result(CANARY.model_copy(update={"outcome": Outcome(known)}), said) is result


def test_a_canary_is_known_by_the_id_it_was_asked_under() -> None:
    """Hyphens in its own id are its own."""
    assert canary_id(asked_id(CANARY, "0f")) == "a-1"
