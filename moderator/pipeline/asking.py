"""One escalation to a large model's decision: whatever goes wrong on the way, people decide, and are told why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from moderator.contracts.review import Decision, Escalation, Referral
from moderator.contracts.review import Usage as Used
from moderator.errors import ReviewerUnavailable
from moderator.pipeline.ports import LargeModel
from moderator.pipeline.spans import chat, note_reply
from moderator.review.authority import AuthorityLimits, decide, refer
from moderator.review.breaker import Breaker
from moderator.review.budget import Budget, Usage
from moderator.review.documents import Policies, PolicyText
from moderator.review.formats import Format
from moderator.review.opinion import InvalidOutput, Opinion
from moderator.review.probation import Standing
from moderator.review.prompt import Question, Rung, enclose
from moderator.review.reply import Ending, FormatUnsupported, Reply
from moderator.review.sampling import sampled
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero
from moderator.telemetry.tracing import UNTRACED, Traced

ANSWERED, FORMAT_UNSUPPORTED = "answered", "format_unsupported"
ENDINGS = (  # of a request: with an opinion, or without
    ANSWERED,
    FORMAT_UNSUPPORTED,
    Referral.REFUSED,
    Referral.CUT_SHORT,
    Referral.INVALID_OUTPUT,
    Referral.TIMED_OUT,
    Referral.UNAVAILABLE,
)
OVERLAP = "overlap"  # the salt of the sample that people decide too
BYTES_PER_TOKEN = 2  # of prose the tokenizers of these models take three or more: a reservation must not be too small

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a large model is asked. `overlap` is the part of all escalations that people decide too, unseen."""

    reviewer_id: str
    format: Format
    deadline_s: float
    most_characters: int
    max_output_tokens: int
    overlap: float
    limits: AuthorityLimits


class Referred(NamedTuple):
    """In the place of an opinion that may decide."""

    referral: Referral
    opinion: Opinion | None = None


class Asking:
    """Asks one large model under policies; shared by all escalations in hand."""

    def __init__(
        self,
        model: LargeModel,
        policies: Policies,
        terms: Terms,
        budget: Budget,
        breaker: Breaker,
        standing: Callable[[str], Standing],
        now: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        """`standing` is what the model has earned under the policy of a hash."""
        self._model = model
        self._policies = policies
        self._terms = terms
        self._budget = budget
        self._breaker = breaker
        self._standing = standing
        self._now = now
        self._metrics = metrics
        from_zero(metrics.llm_requests, *ENDINGS)
        self._unsupported: set[Rung] = set()

    async def decision(self, escalation: Escalation, span: Traced = UNTRACED) -> Decision:
        """The model's decision, or its word that people must decide. Raises nothing but a bug's error."""
        started_at, use = self._now(), _Use(span)
        policy = self._policies.covering(escalation)
        found = await self._opinion(escalation, policy, use) if policy else Referred(Referral.NO_POLICY)
        reviewer_id, reference = self._terms.reviewer_id, policy.reference if policy else None
        if reference is None or isinstance(found, Referred):
            referral, opinion = found if isinstance(found, Referred) else (Referral.NO_POLICY, None)
            made = refer(
                escalation,
                referral,
                reference,
                reviewer_id=reviewer_id,
                started_at=started_at,
                decided_at=self._now(),
                opinion=opinion,
            )
        else:
            made = decide(
                escalation,
                found,
                reference,
                self._standing(reference.hash),
                sampled=sampled(escalation.id, self._terms.overlap, OVERLAP),
                reviewer_id=reviewer_id,
                started_at=started_at,
                decided_at=self._now(),
                limits=self._terms.limits,
            )
        return use.noted_in(made)

    async def said_of_canary(self, escalation: Escalation) -> Decision:
        """What the model says of an escalation whose answer is known, asked as any other; it decides nothing. Of a text
        whose end it has not seen it says nothing. Raises nothing but a bug's error.
        """
        started_at, use = self._now(), _Use(UNTRACED)
        policy = self._policies.covering(escalation)
        found = await self._opinion(escalation, policy, use) if policy else None
        made = refer(
            escalation,
            Referral.CANARY,
            policy.reference if policy else None,
            reviewer_id=self._terms.reviewer_id,
            started_at=started_at,
            decided_at=self._now(),
            opinion=found if isinstance(found, Opinion) else None,
        )
        return use.noted_in(made)

    async def _opinion(self, escalation: Escalation, policy: PolicyText, use: "_Use") -> Opinion | Referred:
        question = self._terms.format.ask(policy, enclose(escalation.message.text, self._terms.most_characters))
        size = sum(len(message["content"].encode()) for message in question.messages)
        reservation = self._budget.reserve(Usage(size // BYTES_PER_TOKEN, self._terms.max_output_tokens))
        if reservation is None:
            return Referred(Referral.BUDGET_SPENT)
        reply = await self._reply(question, use) if self._breaker.allow() else Referred(Referral.UNAVAILABLE)
        if isinstance(reply, Reply):
            used = Usage(reply.input_tokens, reply.output_tokens)
            self._budget.settle(reservation, used)
            self._metrics.llm_cost.inc(float(self._budget.price(used)))
            found = self._read(question, reply)
            self._count(found.referral if isinstance(found, Referred) and found.opinion is None else ANSWERED)
            return found
        if reply.referral is Referral.UNAVAILABLE:
            self._budget.settle(reservation, Usage(0, 0))
        return reply

    def _read(self, question: Question, reply: Reply) -> Opinion | Referred:
        if reply.ending is not Ending.COMPLETE:
            return Referred(Referral.REFUSED if reply.ending is Ending.REFUSED else Referral.CUT_SHORT)
        try:
            opinion = self._terms.format.read(question, reply.text)
        except InvalidOutput as invalid:
            log.warning("the large model's answer cannot be used", reason=str(invalid.flaw))
            return Referred(Referral.INVALID_OUTPUT)
        return Referred(Referral.UNSURE, opinion) if question.cut else opinion  # it has not seen the text's end

    async def _reply(self, question: Question, use: "_Use") -> Reply | Referred:
        """The model's reply, in the strictest form that its endpoint knows. What a reply cost that did not come in time
        nobody knows, so its reservation stays.
        """
        try:
            while True:
                rung = next(rung for rung in question.ladder if rung not in self._unsupported)
                try:
                    use.requests += 1
                    with use.span.stage(*chat(self._terms.reviewer_id)) as asking:
                        reply = await self._model.ask(question.messages, question.ladder[rung], self._terms.deadline_s)
                        note_reply(asking, reply)
                except FormatUnsupported:
                    log.warning("the endpoint knows no such form of answer; asking for a simpler one", reason=str(rung))
                    self._unsupported.add(rung)
                    self._count(FORMAT_UNSUPPORTED)
                else:
                    use.reply = reply
                    self._breaker.record(ok=True)
                    return reply
        except TimeoutError:
            self._breaker.record(ok=False)
            self._count(Referral.TIMED_OUT)
            return Referred(Referral.TIMED_OUT)
        except ReviewerUnavailable as error:
            log.warning("the large model is unavailable", reason=str(error))
            self._breaker.record(ok=False)
            self._count(Referral.UNAVAILABLE)
            return Referred(Referral.UNAVAILABLE)

    def _count(self, code: str) -> None:
        """What came of a request."""
        self._metrics.llm_requests.labels(code).inc()


@dataclass(slots=True)
class _Use:
    """What one escalation took; `span` is that of the work on it."""

    span: Traced
    requests: int = 0
    reply: Reply | None = None

    def noted_in(self, decision: Decision) -> Decision:
        """The decision with what it took, if it took anything."""
        if not self.requests:
            return decision
        tokens = (self.reply.input_tokens, self.reply.output_tokens) if self.reply else (0, 0)
        used = Used(requests=self.requests, input_tokens=tokens[0], output_tokens=tokens[1])
        return decision.model_copy(update={"usage": used})
