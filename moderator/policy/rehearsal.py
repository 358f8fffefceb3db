"""What bands would do in an hour of the platform's traffic: escalations, and harm that passes unseen."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from moderator.contracts.labels import LABELS, Label
from moderator.policy.band import bound
from moderator.policy.interval import Interval, wilson
from moderator.policy.traffic import ScoredText, Traffic


@dataclass(frozen=True, slots=True)
class LabelForecast:
    """One label's band [escalate_at, block_at). `escalations` an hour for its sake, beside those of other labels;
    `misses`: messages an hour that carry it and stay below escalate_at; `missed` of `carrying` did in the sample;
    `bound`: the part that misses can be expected to be at most, if escalate_at was not chosen on this sample, or by
    conformal risk control on it. None where the sample does not know the label.
    """

    label: Label
    escalate_at: float
    block_at: float
    escalations: float
    missed: int
    carrying: int
    misses: Interval | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """All bands together. `escalations` counts a message once, whatever number of labels it is escalated for. `misses`
    are messages an hour that carry a label and stay below every label's escalate_at.
    """

    escalations: float
    misses: Interval
    labels: tuple[LabelForecast, ...]


class Rehearsal:
    """The sample under the policy's `block_at`, in the order of LABELS, ready to be asked about any escalate_at."""

    def __init__(self, traffic: Traffic, block_at: Sequence[float]) -> None:
        self.block_at = tuple(block_at)
        texts = list(zip(traffic.texts, traffic.per_hour, strict=True))
        # A text that any label blocks is neither escalated nor missed.
        self._open = [(text, hourly) for text, hourly in texts if not _reaches(text.scores, self.block_at)]
        harmful = [hourly for text, hourly in texts if text.harmful]
        self._harmful_per_hour = sum(harmful)
        # Kish's effective size: weighted texts tell as much as so many equal ones.
        self._harmful_size = sum(harmful) ** 2 / sum(hourly**2 for hourly in harmful)
        self._labels = [_LabelSample(traffic, self._open, index) for index in range(len(LABELS))]

    def carrying(self, index: int) -> Sequence[float]:
        """Scores of the label at `index` in LABELS, of the texts that carry it, ascending."""
        return self._labels[index].carrying

    def escalations(self, escalate_at: Sequence[float]) -> float:
        """An hour, each message once."""
        return sum(hourly for text, hourly in self._open if _reaches(text.scores, escalate_at))

    def misses(self, escalate_at: Sequence[float]) -> Interval:
        """An hour: harm that no label escalates or blocks."""
        missed = sum(hourly for text, hourly in self._open if text.harmful and not _reaches(text.scores, escalate_at))
        part = min(1.0, missed / self._harmful_per_hour)
        return wilson(part, self._harmful_size).times(self._harmful_per_hour)

    def label(self, index: int, escalate_at: float) -> LabelForecast:
        """Of the label at `index` in LABELS."""
        return self._labels[index].forecast(LABELS[index], escalate_at, self.block_at[index])

    def forecast(self, escalate_at: Sequence[float]) -> Forecast:
        """All of it."""
        return Forecast(
            self.escalations(escalate_at),
            self.misses(escalate_at),
            tuple(self.label(index, start) for index, start in enumerate(escalate_at)),
        )


class _LabelSample:
    """One label's scores in order, so that a band is two look-ups."""

    def __init__(self, traffic: Traffic, undecided: Sequence[tuple[ScoredText, float]], index: int) -> None:
        self.carrying = sorted(text.scores[index] for text in traffic.texts if text.carries[index])
        self._carrying_per_hour = traffic.messages_per_hour * traffic.share(LABELS[index]) if self.carrying else 0.0
        undecided_scores = sorted((text.scores[index], hourly) for text, hourly in undecided)
        self._scores = [score for score, _ in undecided_scores]
        self._below = [0.0, *accumulate(hourly for _, hourly in undecided_scores)]

    def forecast(self, label: Label, escalate_at: float, block_at: float) -> LabelForecast:
        escalations = self._below[-1] - self._below[bisect_left(self._scores, escalate_at)]
        missed, carrying = bisect_left(self.carrying, escalate_at), len(self.carrying)
        return LabelForecast(
            label,
            escalate_at,
            block_at,
            escalations,
            missed,
            carrying,
            wilson(missed / carrying, carrying).times(self._carrying_per_hour) if carrying else None,
            bound(missed, carrying) if carrying else None,
        )


def _reaches(scores: Sequence[float], thresholds: Sequence[float]) -> bool:
    return any(score >= threshold for score, threshold in zip(scores, thresholds, strict=True))
