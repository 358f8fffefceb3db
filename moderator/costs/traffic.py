"""What was counted, of all programs together."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moderator.contracts.review import Referral
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.costs import programs as of
from moderator.costs.programs import Program, Role

REPLIES = ("answered", Referral.REFUSED, Referral.CUT_SHORT, Referral.INVALID_OUTPUT)
"""Ends of a request to the large model that come with its tokens; each counts canaries too, as tokens and money do."""

NOT_ASKED = frozenset({Referral.NO_POLICY, Referral.BUDGET_SPENT, Referral.UNAVAILABLE})
"""The large model decided nothing, in no time."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Counts of a stretch of time. Prometheus reckons between its samples, so they are not whole numbers."""

    programs: Mapping[Role, int]
    cpu_s: Mapping[Role, float]  # processor time of the processes; without a role where these do not tell it
    stage_cpu_s: Mapping[str, float]  # of it, in the stages of agents
    messages: float
    escalated: float
    texts: float  # that the mini model read: no message whose scores were remembered
    text_tokens: float  # that it read, padding included
    replies: float  # of the large model
    input_tokens: float
    output_tokens: float
    spent: Decimal  # for these, as the reviewers reckoned
    asked: float  # escalations that were put to the large model
    asking_s: float  # how long these took
    human_decisions: float


def count(programs: Sequence[Program]) -> Traffic:
    """All of them together."""
    agents, reviewers = ([each for each in programs if each.role is role] for role in (Role.AGENT, Role.REVIEWER))
    consoles = [each for each in programs if each.role is Role.CONSOLE]
    stages: Counter[str] = Counter()
    for agent in agents:
        stages.update(agent.by(of.STAGES, "stage"))
    messages = _sum(agents, of.MESSAGES)
    decisions = _sum(reviewers, of.DECISIONS)
    not_asked = sum(_sum(reviewers, of.DECISIONS, referral=referral) for referral in (*NOT_ASKED, Referral.CANARY))
    return Traffic(
        programs=Counter(program.role for program in programs),
        cpu_s=_cpu_s(programs),
        stage_cpu_s=dict(stages),
        messages=messages,
        escalated=_sum(agents, of.MESSAGES, outcome=Outcome.ESCALATE),
        texts=max(0.0, messages - _sum(agents, of.CACHED_TEXTS, result="hit")),
        text_tokens=_sum(agents, of.PADDED_TOKENS),
        replies=sum(_sum(reviewers, of.REQUESTS, code=code) for code in REPLIES),
        input_tokens=_sum(reviewers, of.TOKENS, direction="input"),
        output_tokens=_sum(reviewers, of.TOKENS, direction="output"),
        spent=Decimal(str(_sum(reviewers, of.SPENT))),
        asked=decisions - not_asked,
        asking_s=_sum(reviewers, of.ASKING_SECONDS),
        human_decisions=_sum(consoles, of.PUBLISHED_DECISIONS, source=VerdictSource.HUMAN),
    )


def _cpu_s(programs: Sequence[Program]) -> dict[Role, float]:
    cpu_s: dict[Role, float] = defaultdict(float)
    for program in programs:
        if program.has(of.PROCESSOR):
            cpu_s[program.role] += program.sum(of.PROCESSOR)
    return dict(cpu_s)


def _sum(programs: Sequence[Program], name: str, **labels: str) -> float:
    return sum(program.sum(name, **labels) for program in programs)
