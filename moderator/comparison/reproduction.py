"""A verdict beside itself recomputed: the same, another, or not to be told."""

from dataclasses import dataclass

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.verdict import Verdict, Versions

IDENTIFYING = {
    "model": "MODERATOR_MODEL__DIRECTORY, MODERATOR_MODEL__PROVIDER",
    "tokenizer": "MODERATOR_MODEL__DIRECTORY",
    "calibration": "MODERATOR_MODEL__DIRECTORY",
    "policy": "MODERATOR_POLICY__FILE",
}
"""The versions that a verdict's id is made of, and the settings that choose them."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A `published` verdict and the one `recomputed` from its record under the same versions. Scores may differ by the
    `tolerance` of the model's golden set, as int8 arithmetic differs between processors.
    """

    published: Verdict
    recomputed: Verdict
    tolerance: float

    @property
    def largest_difference(self) -> float:
        """Of any score, sentiment included."""
        one, other = _scores(self.published), _scores(self.recomputed)
        return max(abs(score - again) for score, again in zip(one, other, strict=True))

    def differences(self) -> list[str]:
        """What is another than it was, a line each; none where the verdict reproduces."""
        one, other = self.published, self.recomputed
        lines = []
        if one.id != other.id:
            lines.append(f"id: {one.id} was published, {other.id} follows from the record")
        if one.outcome != other.outcome:
            lines.append(f"outcome: {one.outcome} was published, {other.outcome} comes out")
        if one.labels != other.labels:
            lines.append(f"labels: {_listed(one)} were published, {_listed(other)} come out")
        if self.largest_difference > self.tolerance:
            names = (*LABELS, *SENTIMENTS)
            lines += [
                f"score of {name}: {score:.5f} was published, {again:.5f} comes out"
                for name, score, again in zip(names, _scores(one), _scores(other), strict=True)
                if abs(score - again) > self.tolerance
            ]
        elif lines and one.outcome != other.outcome:
            lines.append("all scores are within the tolerance: one lies that close to its threshold")
        return lines


def other_versions(published: Versions, in_force: Versions) -> list[str]:
    """Which of the versions that a verdict follows from are others now, and what to set to have them back."""
    return [
        f"{name}: the verdict is of {getattr(published, name)}, in force is {getattr(in_force, name)} ({setting})"
        for name, setting in IDENTIFYING.items()
        if getattr(published, name) != getattr(in_force, name)
    ]


def _scores(verdict: Verdict) -> list[float]:
    return [
        *(getattr(verdict.scores, label.value) for label in LABELS),
        *(getattr(verdict.sentiment.scores, mood.value) for mood in SENTIMENTS),
    ]


def _listed(verdict: Verdict) -> str:
    return ", ".join(verdict.labels) or "none"
