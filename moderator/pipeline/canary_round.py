"""Among escalations, now and then one whose answer is known: does the large model still know it too?"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle
from random import sample

from moderator.contracts.record import Publication, Record
from moderator.contracts.review import Decision
from moderator.errors import PoisonRecord
from moderator.pipeline.asking import Asking
from moderator.pipeline.reviewer import SOURCE, count_decision
from moderator.review.canaries import Canary, CanaryResult, asked_id, canary_result, disguised
from moderator.review.publications import publications
from moderator.review.reading import read_escalation
from moderator.review.sampling import sampled
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero

SALT = "canary"
UNIQUE_BYTES = 8
NO_TOPIC = ""  # a canary has no final verdict

log = get_logger(__name__)


class CanaryRound:
    """Asks a large model about all canaries in turn, one after about every N-th escalation; which ones, their ids
    decide, so that a reviewer who is often started anew asks as often.
    """

    def __init__(
        self,
        asking: Asking,
        canaries: Sequence[Canary],
        every: int,
        decisions: str,
        made: Callable[[Decision], None],
        metrics: Metrics,
    ) -> None:
        """One among `every` escalations; 0: none. `made` is told of each decision before it is published."""
        self._asking = asking
        self._turn = cycle(sample(canaries, len(canaries)))
        self._part = 1 / every if every and canaries else 0.0
        self._decisions = decisions
        self._made = made
        self._metrics = metrics
        from_zero(metrics.canaries, *CanaryResult)

    async def after(self, record: Record) -> Sequence[Publication]:
        """The model's word on a canary, if one is due after the escalation of `record`."""
        try:
            escalation = read_escalation(record)
        except PoisonRecord:  # which got its dead letter
            return ()
        if not sampled(escalation.id, self._part, SALT):
            return ()
        canary = next(self._turn)
        id_ = asked_id(canary, secrets.token_hex(UNIQUE_BYTES))
        asked = disguised(canary, id_, id_, escalation)
        decision = await self._asking.said_of_canary(asked)
        self._tell(canary, canary_result(canary, decision))
        if decision.usage is None:  # nobody was asked: the budget is spent, or the endpoint left alone
            return ()
        count_decision(decision, self._metrics)
        self._made(decision)
        place = replace(record, key=None, headers=())  # of no author, and in no trace
        return publications(asked, decision, place, self._decisions, NO_TOPIC, SOURCE)

    def _tell(self, canary: Canary, result: CanaryResult) -> None:
        self._metrics.canaries.labels(result).inc()
        if result in {CanaryResult.FALSE_ALLOW, CanaryResult.FALSE_BLOCK}:
            log.warning("the large model failed a canary, and may not decide", canary=canary.id, code=str(result))
