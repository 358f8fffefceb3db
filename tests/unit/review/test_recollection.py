"""What a large model said of an escalation is known when it comes again."""

import pytest

from moderator.review.recollection import Recollection
from tests.unit.review.reviewed import decision

SAID = decision(source="llm", reviewer_id="m")


def test_the_first_word_on_an_escalation_is_the_one_that_counts() -> None:
    """Readers have acted on it; the second one is known for a repetition."""
    recollection = Recollection()
    assert recollection.add(SAID, 1)
    assert not recollection.add(SAID.model_copy(update={"rationale": "another"}), 2)
    assert recollection.of("m", SAID.escalation_id) == SAID


@pytest.mark.parametrize("other", [{"source": "human"}, {"reviewer_id": "another"}, {"escalation_id": "e-2"}])
def test_nobody_elses_word_is_taken_for_it(other: dict[str, str]) -> None:
    """Not a person's, another model's, or one on another escalation."""
    recollection = Recollection()
    recollection.add(SAID.model_copy(update=other), 1)
    assert recollection.of("m", SAID.escalation_id) is None


def test_the_oldest_are_forgotten_in_whatever_order_they_are_read() -> None:
    """Partitions are read one after the other."""
    recollection = Recollection(most=2)
    for escalation_id, at_ms in (("new", 30), ("newer", 40), ("old", 10), ("newest", 50), ("older", 20)):
        recollection.add(SAID.model_copy(update={"escalation_id": escalation_id}), at_ms)
    known = [id_ for id_ in ("new", "newer", "old", "newest", "older") if recollection.of("m", id_)]
    assert known == ["newer", "newest"]
