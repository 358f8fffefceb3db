"""What the topic of decisions tells a large model of itself: how often it agreed with people, and what it has cost."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime

from moderator.contracts.review import Decision, Referral
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.review.budget import Usage
from moderator.review.canaries import Canary, canary_id
from moderator.review.probation import Pair, Probation

MOST_WAITING = 100_000  # suggestions that no person has answered yet; the oldest are forgotten first


class Evidence:
    """Of one large model. Only what was sampled counts, and only where the person did not know its suggestion; and what
    it said of canaries that are still among the `canaries`.
    """

    def __init__(
        self,
        reviewer_id: str,
        probation: Probation,
        spend: Callable[[Usage, datetime], None],
        canaries: Iterable[Canary] = (),
    ) -> None:
        """`spend` is told what each decision of a large model took, whichever reviewer asked, and when."""
        self._reviewer_id = reviewer_id
        self._probation = probation
        self._spend = spend
        self._canaries = {canary.id: canary for canary in canaries}
        self._waiting: OrderedDict[str, Decision] = OrderedDict()

    def add(self, decision: Decision) -> None:
        """Take a decision into account. A repeated one changes nothing but what was spent."""
        if decision.source is VerdictSource.LLM:
            if decision.usage is not None:
                self._spend(Usage(decision.usage.input_tokens, decision.usage.output_tokens), decision.decided_at)
            if decision.reviewer_id == self._reviewer_id:
                self._listen(decision)
        elif not decision.suggestion_seen and (asked := self._waiting.pop(decision.escalation_id, None)):
            self._compare(asked, decision.outcome, max(asked.decided_at, decision.decided_at))

    def _listen(self, said: Decision) -> None:
        if said.referral is Referral.SAMPLED:
            self._wait(said)
        elif said.referral is Referral.CANARY and (canary := self._canaries.get(canary_id(said.escalation_id))):
            self._compare(said, canary.outcome, said.decided_at, canary=True)

    def _wait(self, decision: Decision) -> None:
        self._waiting[decision.escalation_id] = decision
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)

    def _compare(self, asked: Decision, person: Outcome, at: datetime, *, canary: bool = False) -> None:
        if asked.suggestion is None or asked.policy is None or person is Outcome.ESCALATE:
            return
        model, policy = asked.suggestion.outcome, asked.policy.hash
        self._probation.add(Pair(asked.escalation_id, policy, model, person, at, canary))
