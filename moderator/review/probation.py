"""Whether a large model may decide by itself under a policy: it earns that by agreeing with people, and can lose it."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from moderator.contracts.verdict import Outcome
from moderator.policy.interval import Interval, wilson
from moderator.review.agreement import cohens_kappa, lower_bound, upper_bound


class Standing(StrEnum):
    """What the pairs say of the large model."""

    ON_PROBATION = "on_probation"  # not proven yet
    TRUSTED = "trusted"
    REVOKED = "revoked"  # was trusted, or failed a canary: to be proven by new pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """What the large model and a person said of one escalation, neither knowing of the other; of a canary, `person` is
    the answer that was known beforehand.
    """

    escalation_id: str
    policy: str  # the document's hash
    model: Outcome
    person: Outcome
    at: datetime  # when both had spoken
    canary: bool = False


@dataclass(frozen=True, slots=True)
class ProbationLimits:
    """Trusted when of the last `window` pairs, at least `fewest`, the lower bound of agreement is `needed` or more, and
    the upper bound of the false allows `most_false_allows` or less. Revoked when the last `recent` pairs prove either
    wrong, or a canary is failed. `confidence` is each bound's, one-sided; they are looked at after every pair, so over
    many pairs a model just short of the mark passes more often than it says.
    """

    window: int
    fewest: int
    recent: int
    needed: float
    most_false_allows: float
    confidence: float


class Tally(NamedTuple):
    """Of pairs. A false allow is a text that the person blocks and the model would let pass. Their share is of what the
    person blocks: a model that allows everything agrees well where little is harmful.
    """

    pairs: int
    agreed: int
    blocked: int
    false_allows: int

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> "Tally":
        """Count them."""
        said = [(pair.model, pair.person) for pair in pairs]
        return cls(
            pairs=len(said),
            agreed=sum(model is person for model, person in said),
            blocked=sum(person is Outcome.BLOCK for _, person in said),
            false_allows=said.count((Outcome.ALLOW, Outcome.BLOCK)),
        )

    def proves(self, limits: ProbationLimits) -> bool:
        """That the model is as good as `limits` ask."""
        return (
            self.pairs >= limits.fewest
            and lower_bound(self.agreed, self.pairs, limits.confidence) >= limits.needed
            and upper_bound(self.false_allows, self.blocked, limits.confidence) <= limits.most_false_allows
        )

    def refutes(self, limits: ProbationLimits) -> bool:
        """It."""
        return (
            upper_bound(self.agreed, self.pairs, limits.confidence) < limits.needed
            or lower_bound(self.false_allows, self.blocked, limits.confidence) > limits.most_false_allows
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """For people to read: of the pairs that count now. The bounds are those that decide."""

    standing: Standing
    revoked_at: datetime | None
    tally: Tally
    agreement: Interval | None
    agreement_bound: float
    false_allow_bound: float
    kappa: float | None


class Probation:
    """One large model's: another, or the same one changed, starts anew with a `Probation` of its own. Policies are told
    apart by their hash, so a changed document starts anew as well. The same pairs in the same order give the same.
    """

    def __init__(self, limits: ProbationLimits, pairs: Iterable[Pair] = ()) -> None:
        self._limits = limits
        self._courses: dict[str, _Course] = {}
        self._seen: set[str] = set()
        for pair in sorted(pairs, key=lambda pair: pair.at):
            self.add(pair)

    def add(self, pair: Pair) -> None:
        """Take a pair into account. Of an escalation's pairs only the first counts: a record may come twice, and a
        second person's word on the same text proves little more.
        """
        if pair.escalation_id not in self._seen:
            self._seen.add(pair.escalation_id)
            self._courses.setdefault(pair.policy, _Course(self._limits)).add(pair)

    def standing(self, policy: str) -> Standing:
        """Under the policy of this hash."""
        course = self._courses.get(policy)
        return course.standing if course else Standing.ON_PROBATION

    def figures(self, policy: str) -> Figures:
        """Under the policy of this hash."""
        course = self._courses.get(policy, _Course(self._limits))
        tally, confidence = Tally.of(course.pairs), self._limits.confidence
        return Figures(
            standing=course.standing,
            revoked_at=course.revoked_at,
            tally=tally,
            agreement=wilson(tally.agreed / tally.pairs, tally.pairs) if tally.pairs else None,
            agreement_bound=lower_bound(tally.agreed, tally.pairs, confidence),
            false_allow_bound=upper_bound(tally.false_allows, tally.blocked, confidence),
            kappa=cohens_kappa([(pair.model, pair.person) for pair in course.pairs]),
        )


class _Course:
    """The pairs of one policy, and where they have led."""

    def __init__(self, limits: ProbationLimits) -> None:
        self._limits = limits
        self.pairs: deque[Pair] = deque(maxlen=limits.window)
        self.standing = Standing.ON_PROBATION
        self.revoked_at: datetime | None = None

    def add(self, pair: Pair) -> None:
        if self.revoked_at is not None and pair.at <= self.revoked_at:
            return  # came late, and proves nothing about the time since
        if pair.canary:
            if pair.model is not pair.person:
                self._revoke(pair.at)
            return
        self.pairs.append(pair)
        if self.standing is not Standing.TRUSTED:
            if Tally.of(self.pairs).proves(self._limits):
                self.standing = Standing.TRUSTED
        elif Tally.of(self._recent()).refutes(self._limits):
            self._revoke(pair.at)

    def _recent(self) -> Sequence[Pair]:
        return list(islice(reversed(self.pairs), self._limits.recent))

    def _revoke(self, at: datetime) -> None:
        self.standing = Standing.REVOKED
        self.revoked_at = at
        self.pairs.clear()
