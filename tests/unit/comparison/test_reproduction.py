"""A verdict reproduces when all that it says comes out again."""

import pytest

from moderator.comparison.reproduction import Reproduction, other_versions
from tests.unit.comparison.verdicts import verdict
from tests.unit.pipeline.fakes import VERSIONS

TOLERANCE = 0.02


def test_the_same_reproduces() -> None:
    """Also with scores that differ as processors do."""
    reproduction = Reproduction(verdict(0, 0.6), verdict(0, 0.61), TOLERANCE)
    assert reproduction.differences() == []
    assert reproduction.largest_difference == pytest.approx(0.01)


def test_a_score_too_far_off_does_not() -> None:
    """It is named, with both values; so are the labels and the outcome that follow from it."""
    lines = Reproduction(verdict(0, 0.4), verdict(0, 0.6), TOLERANCE).differences()
    assert [line.split(":")[0] for line in lines] == ["outcome", "labels", "score of toxic"]


def test_a_threshold_between_is_told() -> None:
    """The outcome is another though no score is far off."""
    lines = Reproduction(verdict(0, 0.499), verdict(0, 0.501), TOLERANCE).differences()
    assert "that close to its threshold" in lines[-1]


def test_another_id_does_not() -> None:
    """An altered origin or version would show."""
    assert Reproduction(verdict(0), verdict(1), TOLERANCE).differences()[0].startswith("id:")


def test_other_versions_are_named_with_their_settings() -> None:
    """The program's own version and the provider are none that the id is made of."""
    assert other_versions(VERSIONS, VERSIONS.model_copy(update={"software": "9", "provider": "x"})) == []
    (line,) = other_versions(VERSIONS, VERSIONS.model_copy(update={"policy": "other"}))
    assert line.startswith("policy: ")
    assert "MODERATOR_POLICY__FILE" in line
