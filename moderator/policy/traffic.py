"""A labelled sample as an hour of the platform's traffic: what each of its texts stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError

ANY = "any"  # in the place of a label: messages that carry one label or more
ROUNDS = 200  # shares that fit each other are met in a few
TOLERANCE = 0.01  # of a share: no platform knows its own more precisely


class ScoredText(NamedTuple):
    """In the order of LABELS: calibrated scores, and whether the text carries the label; None: nobody knows."""

    scores: tuple[float, ...]
    carries: tuple[bool | None, ...]

    @property
    def harmful(self) -> bool:
        """It is known to carry a label."""
        return True in self.carries

    def belongs(self, margin: str) -> bool | None:
        """Whether it carries the label that `margin` names, or any."""
        return self.harmful if margin == ANY else self.carries[LABELS.index(Label(margin))]


@dataclass(frozen=True, slots=True)
class Traffic:
    """Texts, the messages an hour that each stands for, and the `shares` that these were weighed to have."""

    texts: Sequence[ScoredText]
    per_hour: Sequence[float]
    shares: Mapping[str, float]

    @property
    def messages_per_hour(self) -> float:
        """All of them."""
        return sum(self.per_hour)

    def share(self, label: Label) -> float:
        """The part of messages that carry `label`, of those of which it is known."""
        known = {True: 0.0, False: 0.0}
        index = LABELS.index(label)
        for text, weight in zip(self.texts, self.per_hour, strict=True):
            carries = text.carries[index]
            if carries is not None:
                known[carries] += weight
        return known[True] / sum(known.values())


def traffic(texts: Sequence[ScoredText], messages_per_hour: float, shares: Mapping[str, float]) -> Traffic:
    """Weigh `texts` so that each label in `shares`, or ANY, has its share among the texts of which it is known.

    Where nothing is given, the sample's own mix is taken for the platform's. Several shares are met by scaling to each
    in turn until all hold (iterative proportional fitting: Deming and Stephan, "On a least squares adjustment of a
    sampled frequency table", 1940). Texts with a label, and those without, are taken to look alike here and there: only
    how many there are differs. Raises ConfigError where the sample cannot stand for such a platform.
    """
    sides = {margin: _sides(texts, margin) for margin in shares}
    problems = [
        f"harmful share of {margin}: no row is known {'not ' if carrying else ''}to carry it"
        for margin, (carrying, free) in sides.items()
        if not carrying or not free
    ]
    if problems:
        raise ConfigError(problems)
    weights = [1.0] * len(texts)
    for _ in range(ROUNDS):
        strayed = [_scale(weights, *sides[margin], share) for margin, share in shares.items()]
        if all(difference <= TOLERANCE for difference in strayed):
            unit = messages_per_hour / sum(weights)
            return Traffic(texts, [weight * unit for weight in weights], shares)
    raise ConfigError([f"harmful shares of {', '.join(shares)}: the rows cannot be weighed to have all of them"])


def _sides(texts: Sequence[ScoredText], margin: str) -> tuple[list[int], list[int]]:
    """Which texts carry it, and which are known not to."""
    belongs = [text.belongs(margin) for text in texts]
    return (
        [index for index, side in enumerate(belongs) if side is True],
        [index for index, side in enumerate(belongs) if side is False],
    )


def _scale(weights: list[float], carrying: Sequence[int], free: Sequence[int], share: float) -> float:
    """Give `carrying` its share of the weight of both. Returns how far it was from it, as a part of the share."""
    with_label, without = sum(weights[index] for index in carrying), sum(weights[index] for index in free)
    total = with_label + without
    for side, factor in ((carrying, share * total / with_label), (free, (1 - share) * total / without)):
        for index in side:
            weights[index] *= factor
    return abs(with_label / total - share) / share
