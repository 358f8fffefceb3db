"""Escalation as a budget: the bands that keep to a risk, or, where reviewers are too few, the bands that they can bear.

Only escalate_at is planned. Where block_at lies is a question of how often a block is wrong, and not of reviewers.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.policy.band import bound, escalate_from, fewest_for
from moderator.policy.rehearsal import Forecast, Rehearsal
from moderator.policy.thresholds import Threshold
from moderator.policy.traffic import ScoredText, Traffic

STEPS = 10_000  # thresholds of four digits: calibrated scores mean no more than that


@dataclass(frozen=True, slots=True)
class Capacity:
    """Escalations an hour that `people` decide, and that a large `model` reads first. It decides the part `settled` of
    those that it reads, and leaves the rest to people.
    """

    people: float
    model: float = 0.0
    settled: float = 0.0

    @property
    def escalations(self) -> float:
        """The most an hour that leaves people no more than they can do: the model reads all of them, or all it can."""
        with_model_full = self.people + self.settled * self.model
        return with_model_full if self.settled == 1 else min(self.people / (1 - self.settled), with_model_full)


class Kept(StrEnum):
    """Why a label keeps its present band."""

    UNKNOWN = "unknown"  # no row of the sample knows the label
    CONSTANT = "constant"  # every score is the same: the model has not learnt it
    TOO_FEW = "too_few"  # too few rows carry it to promise the risk


class Bands:
    """The bands of all labels by one number, the risk that each keeps to, on a sample of traffic. `kept`: the labels of
    which the sample says too little to promise `risk`; they keep their `present` band.

    Raises ConfigError where rows know a label and none carries it, or no label is left.
    """

    def __init__(self, traffic: Traffic, present: Sequence[Threshold], risk: float) -> None:
        self.kept = kept_labels(traffic.texts, risk)
        self.present = tuple(threshold.escalate_at for threshold in present)
        self.rehearsal = Rehearsal(traffic, [threshold.block_at for threshold in present])
        self._planned = [index for index, label in enumerate(LABELS) if label not in self.kept]
        self._sizes = {len(self.rehearsal.carrying(index)) for index in self._planned}

    def at(self, risk: float) -> tuple[float, ...]:
        """Each label's escalate_at, in the order of LABELS. Raises ValueError for a risk below the `lowest`."""
        starts = list(self.present)
        for index in self._planned:
            exact = escalate_from(self.rehearsal.carrying(index), risk)
            starts[index] = _rounded_down(exact, self.rehearsal.block_at[index])
        return tuple(starts)

    @property
    def lowest(self) -> float:
        """The lowest risk that can be promised of every planned label."""
        return bound(0, min(self._sizes))

    def risks_from(self, lowest: float) -> list[float]:
        """Every risk from `lowest` on at which a band changes, ascending; the last has the narrowest bands."""
        changes = {bound(missed, size) for size in self._sizes for missed in range(size)}
        return sorted({lowest, 1.0, *(risk for risk in changes if risk > lowest)})


@dataclass(frozen=True, slots=True)
class Plan:
    """The `present` bands and the `planned` ones, which keep to the risk `held` for each label that is not kept. It is
    the `risk` asked for, or a higher one where `capacity` does not suffice: then it is an estimate and no promise,
    since the sample itself chose it.
    """

    risk: float
    held: float
    capacity: float
    present: Forecast
    planned: Forecast
    kept: Mapping[Label, Kept]

    @property
    def promised(self) -> bool:
        """The capacity suffices for the risk."""
        return self.held <= self.risk

    @property
    def fits(self) -> bool:
        """Reviewers can bear the planned bands; if not, then no bands at all, since these are the narrowest."""
        return self.planned.escalations <= self.capacity


def plan(bands: Bands, capacity: Capacity, risk: float) -> Plan:
    """The bands for `risk`, or for the lowest risk above it whose escalations reviewers can bear."""
    rehearsal, limit = bands.rehearsal, capacity.escalations
    candidates = bands.risks_from(risk)
    # Escalations fall as the risk rises, so the first risk that fits is found by halving.
    first = bisect_left(candidates, True, key=lambda each: rehearsal.escalations(bands.at(each)) <= limit)
    held = candidates[min(first, len(candidates) - 1)]
    return Plan(risk, held, limit, rehearsal.forecast(bands.present), rehearsal.forecast(bands.at(held)), bands.kept)


def kept_labels(texts: Sequence[ScoredText], risk: float) -> dict[Label, Kept]:
    """Which labels `texts` say too little about to promise `risk`. Raises ConfigError as `Bands` does."""
    kept: dict[Label, Kept] = {}
    problems: list[str] = []
    for index, label in enumerate(LABELS):
        known = [carries for text in texts if (carries := text.carries[index]) is not None]
        carrying = sum(known)
        if not known:
            kept[label] = Kept.UNKNOWN
        elif not carrying:
            problems.append(
                f"{label}: none of the {len(known)} rows that know it carries it: add some, or leave it out"
            )
        elif len({text.scores[index] for text in texts}) == 1:
            kept[label] = Kept.CONSTANT
        elif carrying < fewest_for(risk):
            kept[label] = Kept.TOO_FEW
    if not problems and len(kept) == len(LABELS):
        needed = fewest_for(risk)
        problems = [f"no label can be planned: to promise a risk of {risk:g}, {needed} rows must carry a label"]
    if problems:
        raise ConfigError(problems)
    return kept


def _rounded_down(score: float, block_at: float) -> float:
    """To the next threshold, below block_at: a band that begins earlier misses no more. No policy reaches a 0."""
    below_block = (ceil(block_at * STEPS) - 1) / STEPS or block_at / 2
    return min(floor(score * STEPS) / STEPS or score or 1 / STEPS, below_block)
