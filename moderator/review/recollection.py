"""What large models have decided lately, by the escalation: one that comes again is not asked about again."""

import heapq

from moderator.contracts.review import Decision
from moderator.contracts.verdict import VerdictSource

# What comes again was read and not committed when a reviewer died: what others were answered while the slowest request
# took its deadline. By default (16 at a time, a minute) that is 2,000 of half a second each.
MOST = 10_000


class Recollection:
    """The latest of the topic of decisions. The first one on an escalation counts: its readers have acted on that. Ten
    thousand take some 30 MB.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._said: dict[tuple[str, str], Decision] = {}
        self._by_age: list[tuple[int, tuple[str, str]]] = []

    def add(self, decision: Decision, at_ms: int) -> bool:
        """Remember a large model's decision that was written at that time, in any order of times; whether it is new."""
        asked = decision.reviewer_id, decision.escalation_id
        if decision.source is not VerdictSource.LLM or asked in self._said:
            return False
        self._said[asked] = decision
        heapq.heappush(self._by_age, (at_ms, asked))
        if len(self._by_age) > self._most:
            _, forgotten = heapq.heappop(self._by_age)
            del self._said[forgotten]
        return True

    def of(self, reviewer_id: str, escalation_id: str) -> Decision | None:
        """What that large model said, under whatever policy; None if it was not asked, or long ago."""
        return self._said.get((reviewer_id, escalation_id))
