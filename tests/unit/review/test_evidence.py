"""A large model is compared with people where neither knew of the other, and nowhere else."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from moderator.contracts.review import Decision
from moderator.review.budget import Usage
from moderator.review.canaries import Canary
from moderator.review.evidence import Evidence
from moderator.review.probation import Probation, ProbationLimits, Standing
from tests.unit.review.reviewed import AT, decision

POLICY = "c81e6f3a5d907b24"
LIMITS = ProbationLimits(window=100, fewest=1, recent=10, needed=0.1, most_false_allows=0.9, confidence=0.9)
PROVEN = 5  # pairs that agree: few enough to write, enough for these limits
CANARY = Canary.model_validate({"id": "a-1", "text": "a canary", "outcome": "block", "labels": ["threat"]})


class Scene:
    """Decisions of a model called m and of people."""

    def __init__(self) -> None:
        self.probation = Probation(LIMITS)
        self.spent: list[tuple[Usage, datetime]] = []
        self.evidence = Evidence("m", self.probation, lambda usage, at: self.spent.append((usage, at)), [CANARY])

    def model(self, suggests: str = "block", **fields: Any) -> Decision:
        """A sampled escalation's."""
        sampled = {"outcome": "escalate", "referral": "sampled", "suggestion": {"outcome": suggests}, "labels": []}
        return decision(**({"id": "d-m", "source": "llm", "reviewer_id": "m"} | sampled | fields))

    def trusted(self) -> "Scene":
        """By its pairs."""
        for number in range(PROVEN):
            self.evidence.add(self.model(escalation_id=f"e-{number}"))
            self.evidence.add(decision(escalation_id=f"e-{number}"))
        assert self.probation.standing(POLICY) is Standing.TRUSTED
        return self

    def on_canary(self, suggests: str | None, **fields: Any) -> None:
        """What it says of one, an hour later, is read from the topic."""
        asked: dict[str, Any] = {
            "suggestion": {"outcome": suggests} if suggests else None,
            "referral": "canary",
            "escalation_id": "canary-a-1-0f",
            "decided_at": AT + timedelta(hours=1),
        }
        self.evidence.add(self.model(**(asked | fields)))

    def pairs(self) -> int:
        """That count under the policy."""
        return self.probation.figures(POLICY).tally.pairs


def test_a_sampled_suggestion_and_a_persons_decision_make_a_pair() -> None:
    """At the time of the later one."""
    scene = Scene()
    scene.evidence.add(scene.model("allow"))
    scene.evidence.add(decision(outcome="block", decided_at=AT + timedelta(hours=1)))
    assert scene.probation.figures(POLICY).tally == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("model", "person"),
    [
        ({"referral": "probation"}, {}),  # not drawn: what it says may be shown to people
        ({"reviewer_id": "another"}, {}),
        ({}, {"suggestion_seen": True}),
        ({}, {"escalation_id": "f" * 32}),
        ({"suggestion": None}, {}),
    ],
)
def test_nothing_else_counts(model: dict[str, Any], person: dict[str, Any]) -> None:
    """Or a model would earn its right with what it was not tested on."""
    scene = Scene()
    scene.evidence.add(scene.model(**model))
    scene.evidence.add(decision(**person))
    assert scene.pairs() == 0


def test_a_repeated_decision_makes_no_second_pair() -> None:
    """After a crash both may come again."""
    scene = Scene()
    for _ in range(2):
        scene.evidence.add(scene.model())
        scene.evidence.add(decision())
    assert scene.pairs() == 1


def test_what_any_large_model_took_is_counted() -> None:
    """The budget is one for all that ask."""
    scene = Scene()
    usage = {"requests": 1, "input_tokens": 10, "output_tokens": 2}
    scene.evidence.add(scene.model(reviewer_id="another", usage=usage))
    assert scene.spent == [(Usage(10, 2), AT)]


def test_pairs_are_of_the_policy_as_it_stood() -> None:
    """A document that was changed since starts anew."""
    scene = Scene()
    scene.evidence.add(scene.model())
    scene.evidence.add(decision())
    assert scene.probation.figures("another hash").tally.pairs == 0


def test_a_failed_canary_takes_the_models_right_away() -> None:
    """Until new pairs prove it."""
    scene = Scene().trusted()
    scene.on_canary("allow")
    assert scene.probation.standing(POLICY) is Standing.REVOKED
    assert scene.pairs() == 0


@pytest.mark.parametrize(
    ("suggests", "fields"),
    [
        ("block", {}),  # right
        (None, {}),  # it refused, was cut short or came too late: people would have decided
        ("allow", {"reviewer_id": "another"}),
        ("allow", {"escalation_id": "canary-b-1-0f"}),  # no longer in the file
        ("allow", {"policy": {"id": "community", "version": "4", "hash": "another"}}),
    ],
)
def test_no_other_word_on_a_canary_changes_anything(suggests: str | None, fields: dict[str, Any]) -> None:
    """Nor does a passed one count as a pair: people were not asked."""
    scene = Scene().trusted()
    scene.on_canary(suggests, **fields)
    assert scene.probation.standing(POLICY) is Standing.TRUSTED
    assert scene.pairs() == PROVEN


def test_what_a_canary_took_is_counted() -> None:
    """The budget is the same."""
    scene = Scene()
    scene.on_canary("block", usage={"requests": 1, "input_tokens": 10, "output_tokens": 2})
    assert [usage for usage, _ in scene.spent] == [Usage(10, 2)]
