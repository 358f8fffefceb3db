"""Traffic, times prices and watts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from moderator.cost_settings import CostSettings
from moderator.costs.programs import Role
from moderator.costs.request import MILLION, Request, average_request, price
from moderator.costs.traffic import Traffic
from moderator.reviewer_settings import ReviewerSettings

SECONDS_PER_HOUR = 3600
NOTHING = Decimal(0)

MINI_MODEL, LARGE_MODEL, PEOPLE, ON_TRIAL = "mini model", "large model", "people", "on trial"
TIERS = {Role.AGENT: MINI_MODEL, Role.REVIEWER: LARGE_MODEL, Role.CONSOLE: PEOPLE, Role.SHADOW: ON_TRIAL}
STAGES = ("decode", "tokenize", "infer")
REST = "everything else"
TOKENS, TIME, PROGRAM = "tokens", "decisions", "its program"


class Cost(NamedTuple):
    """None where it is not known, or there is no such thing: a person's energy, a token's processor time."""

    cpu_s: float | None
    money: Decimal | None
    wh: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """What a part of a tier has cost."""

    tier: str
    part: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class AllLarge:
    """The same messages, each sent to the large model: what that takes, beside what both models took. People, who would
    see what they see now, are in neither.
    """

    request: Request
    tokens: float
    seconds: float | None  # one request after another
    cost: Cost
    now: Cost


@dataclass(frozen=True, slots=True)
class Report:
    """Rows that add up to the total, as far as they are known."""

    traffic: Traffic
    rows: Sequence[Row]
    total: Cost
    all_large: AllLarge

    def per_million(self, cost: Cost) -> Cost:
        """Of messages; where there were none, nobody knows."""
        messages = self.traffic.messages
        if not messages:
            return Cost(None, None, None)
        return Cost(
            None if cost.cpu_s is None else cost.cpu_s * MILLION / messages,
            None if cost.money is None else cost.money * MILLION / Decimal(str(messages)),
            None if cost.wh is None else cost.wh * MILLION / messages,
        )


def report(traffic: Traffic, costs: CostSettings, reviewer: ReviewerSettings) -> Report:
    """The whole of it. Raises ConfigError as `average_request` does."""
    rows = list(_rows(traffic, costs, reviewer))
    request = average_request(traffic, reviewer)
    models = total([row for row in rows if row.tier in {MINI_MODEL, LARGE_MODEL}])
    return Report(traffic, rows, total(rows), _all_large(traffic, request, costs, models))


def total(rows: Sequence[Row]) -> Cost:
    """Of what is known."""
    return Cost(
        sum(row.cost.cpu_s or 0.0 for row in rows),
        sum((row.cost.money or NOTHING for row in rows), NOTHING),
        sum(row.cost.wh or 0.0 for row in rows),
    )


def _rows(traffic: Traffic, costs: CostSettings, reviewer: ReviewerSettings) -> Iterator[Row]:
    """Of programs that were seen."""
    if Role.AGENT in traffic.programs:
        stages = dict.fromkeys(STAGES, 0.0) | dict(traffic.stage_cpu_s)
        for stage, cpu_s in stages.items():
            yield Row(MINI_MODEL, stage, _computing(cpu_s, costs))
        whole = traffic.cpu_s.get(Role.AGENT)
        rest = None if whole is None else max(0.0, whole - sum(stages.values()))
        yield Row(MINI_MODEL, REST, _computing(rest, costs))
    if Role.REVIEWER in traffic.programs:
        money = traffic.spent or price(traffic.input_tokens, traffic.output_tokens, reviewer)
        yield Row(LARGE_MODEL, TOKENS, _asking(traffic.input_tokens, traffic.output_tokens, money, costs))
        yield Row(LARGE_MODEL, PROGRAM, _computing(traffic.cpu_s.get(Role.REVIEWER), costs))
    if Role.CONSOLE in traffic.programs:
        hours = Decimal(str(traffic.human_decisions * costs.seconds_per_decision)) / SECONDS_PER_HOUR
        yield Row(PEOPLE, TIME, Cost(None, hours * costs.wage_per_hour, None))
        yield Row(PEOPLE, PROGRAM, _computing(traffic.cpu_s.get(Role.CONSOLE), costs))
    if Role.SHADOW in traffic.programs:
        yield Row(ON_TRIAL, PROGRAM, _computing(traffic.cpu_s.get(Role.SHADOW), costs))


def _computing(cpu_s: float | None, costs: CostSettings) -> Cost:
    if cpu_s is None:
        return Cost(None, None, None)
    money = Decimal(str(cpu_s)) * costs.core_hour / SECONDS_PER_HOUR
    return Cost(cpu_s, money, cpu_s * costs.core_watts / SECONDS_PER_HOUR)


def _asking(input_tokens: float, output_tokens: float, money: Decimal | None, costs: CostSettings) -> Cost:
    """Of tokens; no token costs nothing, whatever its price."""
    if not (input_tokens or output_tokens):
        return Cost(None, NOTHING, 0.0)
    if costs.wh_per_million_input is None or costs.wh_per_million_output is None:
        return Cost(None, money, None)
    wh = input_tokens * costs.wh_per_million_input + output_tokens * costs.wh_per_million_output
    return Cost(None, money, wh / MILLION)


def _all_large(traffic: Traffic, request: Request, costs: CostSettings, now: Cost) -> AllLarge:
    messages = traffic.messages
    read, written = request.input_tokens * messages, request.output_tokens * messages
    money = None if request.money is None else request.money * Decimal(str(messages))
    seconds = None if request.seconds is None else request.seconds * messages
    return AllLarge(request, read + written, seconds, _asking(read, written, money, costs), now)
