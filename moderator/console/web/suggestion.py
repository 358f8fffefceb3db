"""Which thresholds follow from what people decided.

Only messages inside a label's band, from escalate_at to block_at, come before people. Their decisions say nothing about
what lies outside it, so on their word a band can be narrowed and never widened:

- escalate_at rises to t where people blocked nearly none of those that would then pass: escalated for this label alone,
  with a score below t;
- block_at falls to t where people found the label in nearly all from t on.

"Nearly" is proven and not only seen: the exact upper bound (Clopper and Pearson) of the wrong ones is at most
MOST_WRONG, and no tenth of the band that is given up holds more of them than that. A band is tried at some places only,
and each bound's confidence is raised so that all of a label's hold together (Bonferroni): which of them is taken may
then depend on the decisions. Source: Angelopoulos, Bates, Candes, Jordan, Lei, "Learn then Test" (2021,
arXiv:2110.01052), section 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import NamedTuple

from moderator.console.store.history import Evidence
from moderator.console.web.shares import exact
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.policy.editing import End
from moderator.policy.interval import Interval
from moderator.policy.thresholds import Threshold
from moderator.review.agreement import upper_bound
from moderator.review.authority import PEOPLE_ONLY

MOST_WRONG = 0.05  # what the large model may let pass of the blocked, by default: machines are held to one measure
FEWEST = 200  # decisions on either side; as many pairs as end a large model's probation by default
STEPS = 10  # of a band: each end is tried at the places between them
CONFIDENCE = 1 - 0.05 / (2 * (STEPS - 1))  # one-sided, of each bound: all of a label's hold together at 95 %
DIGITS = 4  # of a threshold; calibrated scores mean no more than that


@dataclass(frozen=True, slots=True)
class Change:
    """One threshold, and the decisions that speak for it: `wrong` of `decided` would have been wrong without people."""

    label: Label
    end: End
    present: float
    suggested: float
    wrong: int
    decided: int

    @property
    def share(self) -> Interval:
        """Of the wrong ones, between the bounds that were decided by."""
        return exact(self.wrong, self.decided, CONFIDENCE)


class Step(NamedTuple):
    """A tenth of a band, from the score `start` on: decisions that found the label, and that did not."""

    start: float
    found: int
    not_found: int


@dataclass(frozen=True, slots=True)
class LabelReport:
    """One label's band and what was decided in it. `others`: decisions under another threshold, or to check a
    block, which do not count.
    """

    label: Label
    band: Threshold
    steps: tuple[Step, ...]
    others: int
    changes: tuple[Change, ...]

    @property
    def decided(self) -> int:
        """Under the present threshold."""
        return sum(step.found + step.not_found for step in self.steps)


class Effect(NamedTuple):
    """All changes together, on the decided messages: how many would not have come before people, and were wrong."""

    decided: int
    passed: int
    passed_wrongly: int
    blocked: int
    blocked_wrongly: int


def reports(scores: Iterable[Evidence], present: Sequence[Threshold]) -> list[LabelReport]:
    """Of each label, in the order of LABELS, as `present` is."""
    by_label: dict[Label, list[Evidence]] = defaultdict(list)
    reasons: dict[str, int] = defaultdict(int)
    for score in scores:
        by_label[score.label].append(score)
        reasons[score.job_id] += 1
    return [_report(label, band, by_label[label], reasons) for label, band in zip(LABELS, present, strict=True)]


def effect(scores: Iterable[Evidence], present: Sequence[Threshold], thresholds: Sequence[Threshold]) -> Effect:
    """What these thresholds would have done with the messages that people decided within the `present` bands."""
    bands, new = dict(zip(LABELS, present, strict=True)), dict(zip(LABELS, thresholds, strict=True))
    by_job: dict[str, list[Evidence]] = defaultdict(list)
    for score in scores:
        by_job[score.job_id].append(score)
    jobs = [job for job in by_job.values() if all(_within(bands[each.label], each) for each in job)]
    passed = [job for job in jobs if all(each.score < new[each.label].escalate_at for each in job)]
    blocked = [over for job in jobs if (over := [each for each in job if each.score >= new[each.label].block_at])]
    return Effect(
        decided=len(jobs),
        passed=len(passed),
        passed_wrongly=sum(job[0].outcome is Outcome.BLOCK for job in passed),
        blocked=len(blocked),
        blocked_wrongly=sum(not any(each.found for each in over) for over in blocked),
    )


def _report(label: Label, band: Threshold, scores: Sequence[Evidence], reasons: Mapping[str, int]) -> LabelReport:
    within = [score for score in scores if _within(band, score)]
    alone = [score for score in within if reasons[score.job_id] == 1]
    changes = []
    start = band.escalate_at
    if raised := _raised(label, band, alone):
        changes.append(raised)
        start = raised.suggested
    # No large model may block these either, whatever the scores: whoever writes so may need help.
    if label not in PEOPLE_ONLY and (lowered := _lowered(label, band, within, start)):
        changes.append(lowered)
    return LabelReport(label, band, _steps(band, within), len(scores) - len(within), tuple(changes))


def _within(band: Threshold, score: Evidence) -> bool:
    """Escalated under this band: neither under a former threshold, nor drawn to check a block."""
    return (
        isclose(score.threshold, band.escalate_at, abs_tol=10**-DIGITS / 2)
        and band.escalate_at <= score.score < band.block_at
    )


def _raised(label: Label, band: Threshold, alone: Sequence[Evidence]) -> Change | None:
    places = [band.escalate_at, *_places(band)]
    tenths = [
        (at, [score.outcome is Outcome.BLOCK for score in alone if last <= score.score < at])
        for last, at in pairwise(places)
    ]
    return _narrowed(label, End.ESCALATE_AT, band.escalate_at, tenths)


def _lowered(label: Label, band: Threshold, within: Sequence[Evidence], above: float) -> Change | None:
    places = [band.block_at, *(at for at in reversed(_places(band)) if at > above)]
    tenths = [(at, [not score.found for score in within if at <= score.score < last]) for last, at in pairwise(places)]
    return _narrowed(label, End.BLOCK_AT, band.block_at, tenths)


def _narrowed(label: Label, end: End, present: float, tenths: Iterable[tuple[float, Sequence[bool]]]) -> Change | None:
    """As far inwards as it holds; each tenth is a place with what would be wrong up to it. The first one in which more
    is wrong than may be ends it: many right ones before would hide it.
    """
    farthest = None
    wrong: list[bool] = []
    for at, added in tenths:
        if sum(added) > MOST_WRONG * len(added):
            break
        wrong += added
        if added and _holds(wrong):
            farthest = Change(label, end, present, at, sum(wrong), len(wrong))
    return farthest


def _holds(wrong: Sequence[bool]) -> bool:
    return len(wrong) >= FEWEST and upper_bound(sum(wrong), len(wrong), CONFIDENCE) <= MOST_WRONG


def _places(band: Threshold) -> list[float]:
    """Between the ends, ascending."""
    width = band.block_at - band.escalate_at
    inner = {round(band.escalate_at + width * step / STEPS, DIGITS) for step in range(1, STEPS)}
    return sorted(inner - {band.escalate_at, band.block_at})


def _steps(band: Threshold, within: Iterable[Evidence]) -> tuple[Step, ...]:
    width = (band.block_at - band.escalate_at) / STEPS
    counts = [[0, 0] for _ in range(STEPS)]
    for score in within:
        number = min(STEPS - 1, int((score.score - band.escalate_at) / width))
        counts[number][score.found] += 1
    return tuple(
        Step(band.escalate_at + width * number, found, not_found) for number, (not_found, found) in enumerate(counts)
    )
