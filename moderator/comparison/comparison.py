"""First verdicts and a shadow's on the same messages, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from moderator.comparison.judged import Judged, JudgedBy, Side, timestamp_of
from moderator.comparison.paired import paired_difference
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.policy.interval import Interval, wilson

BINS = 25  # of a score, for the picture
OUTCOMES = (Outcome.ALLOW, Outcome.ESCALATE, Outcome.BLOCK)  # from loose to strict


@dataclass(slots=True)
class LabelShift:
    """What the shadow changes about one label. `grid` counts messages by the bins of both scores."""

    label: Label
    gained: int = 0
    lost: int = 0
    shift: float = 0.0  # summed, the shadow's score less the first one's
    distance: float = 0.0  # summed, without its sign
    largest: float = 0.0
    grid: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, first: float, shadow: float, *, carried: bool, carries: bool) -> None:
        """One more message: its scores, and whether they reach the threshold."""
        difference = shadow - first
        self.gained += carries and not carried
        self.lost += carried and not carries
        self.shift += difference
        self.distance += abs(difference)
        self.largest = max(self.largest, abs(difference))
        self.grid[_bin(first), _bin(shadow)] += 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Messages that both judged. `unshadowed`: judged first while the shadow was on, and skipped by it; `unmatched`:
    whose first verdict is not there; `other_versions`: judged by others than the newest of either side.
    """

    first: JudgedBy | None
    shadow: JudgedBy | None
    outcomes: Mapping[tuple[Outcome, Outcome], int]
    labels: tuple[LabelShift, ...]
    unshadowed: int
    unmatched: int
    other_versions: int
    repeated: int

    @property
    def compared(self) -> int:
        """Messages."""
        return sum(self.outcomes.values())

    def flips(self) -> dict[tuple[Outcome, Outcome], int]:
        """Messages by what they are and what they would be, where that is another."""
        pairs = [(first, shadow) for first in OUTCOMES for shadow in OUTCOMES if first != shadow]
        return {pair: self.outcomes.get(pair, 0) for pair in pairs}

    def share(self, messages: int) -> Interval:
        """`messages` as a part of those compared, which are at least one."""
        return wilson(messages / self.compared, self.compared)

    def change(self, outcome: Outcome) -> Interval:
        """By how much the share of `outcome` would rise."""
        counts = Counter[tuple[bool, bool]]()
        for (first, shadow), messages in self.outcomes.items():
            counts[first is outcome, shadow is outcome] += messages
        return paired_difference(counts[True, True], counts[True, False], counts[False, True], counts[False, False])

    def within(self, most_flips: float) -> bool:
        """Whether not more than that part flips, as surely as the interval is."""
        return bool(self.compared) and self.share(sum(self.flips().values())).high <= most_flips


def looser(first: Outcome, shadow: Outcome) -> bool:
    """Whether a flip is one towards letting pass."""
    return OUTCOMES.index(shadow) < OUTCOMES.index(first)


def compare(first: Side, shadow: Side) -> Comparison:
    """Count what the newest of each side say of the same messages."""
    first_by, shadow_by = first.newest(), shadow.newest()
    outcomes: Counter[tuple[Outcome, Outcome]] = Counter()
    labels = tuple(LabelShift(label) for label in LABELS)
    unmatched = other_versions = 0
    for key, tried in shadow.judged.items():
        decided = first.judged.get(key)
        if decided is None:
            unmatched += 1
        elif decided.by != first_by or tried.by != shadow_by:
            other_versions += 1
        else:
            outcomes[decided.outcome, tried.outcome] += 1
            _count(labels, decided, tried)
    repeated = first.repeated + shadow.repeated
    unshadowed = _unshadowed(first, shadow)
    return Comparison(first_by, shadow_by, outcomes, labels, unshadowed, unmatched, other_versions, repeated)


def _count(labels: tuple[LabelShift, ...], decided: Judged, tried: Judged) -> None:
    for shift, was, would_be in zip(labels, decided.scores, tried.scores, strict=True):
        shift.add(was, would_be, carried=shift.label in decided.labels, carries=shift.label in tried.labels)


def _unshadowed(first: Side, shadow: Side) -> int:
    """First verdicts without a shadow's, on messages between the shadow's first and last."""
    if not shadow.judged:
        return 0
    begin, end = timestamp_of(min(shadow.judged)), timestamp_of(max(shadow.judged))
    return sum(begin <= timestamp_of(key) <= end and key not in shadow.judged for key in first.judged)


def _bin(score: float) -> int:
    return min(BINS - 1, int(score * BINS))
