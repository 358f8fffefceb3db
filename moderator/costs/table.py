"""The report as lines to read, and as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from moderator.config import Settings, variable_name
from moderator.costs.programs import Role
from moderator.costs.report import SECONDS_PER_HOUR, TIERS, Cost, Report

NONE = "-"
DIGITS = 9
Table = list[list[str]]  # the first row names the columns


def heading(found: Report, when: str) -> list[str]:
    """What was counted, and where."""
    traffic = found.traffic
    programs = ", ".join(f"{traffic.programs[role]} x {role}" for role in Role if role in traffic.programs)
    lines = [f"{traffic.messages:,.0f} messages answered {when}; seen: {programs}"]
    if traffic.messages:
        part = traffic.escalated / traffic.messages
        lines.append(f"{traffic.escalated:,.0f} of them escalated ({part:.1%}), beside audit samples")
    if Role.REVIEWER in traffic.programs:
        tokens = f"{traffic.input_tokens:,.0f} tokens read, {traffic.output_tokens:,.0f} written"
        lines.append(f"{traffic.replies:,.0f} answers of the large model, canaries with them ({tokens})")
    if Role.CONSOLE in traffic.programs:
        lines.append(f"{traffic.human_decisions:,.0f} decisions of people")
    return lines


def cost_table(found: Report, currency: str) -> Table:
    """By tier and part: in all, and for a million messages."""
    columns = ["CPU s", currency, "Wh"]
    named = [*((f"{row.tier}: {row.part}", row.cost) for row in found.rows), ("total", found.total)]
    return [
        ["tier: part", *columns, *(f"{name}/million" for name in columns)],
        *([name, *_cells(cost), *_cells(found.per_million(cost))] for name, cost in named),
    ]


def large_table(found: Report, currency: str) -> Table:
    """What the models take, beside the large one for every message."""
    large = found.all_large
    now, then = large.now, large.cost
    hours = None if large.seconds is None else large.seconds / SECONDS_PER_HOUR
    return [
        ["the same messages", "tokens", "hours", currency, "Wh"],
        ["as they were answered, without people", NONE, NONE, amount(now.money), amount(now.wh)],
        ["each by the large model", amount(large.tokens), amount(hours), amount(then.money), amount(then.wh)],
        ["times as much", NONE, NONE, _times(then.money, now.money), _times(then.wh, now.wh)],
    ]


def remarks(found: Report, settings: Settings) -> Iterator[str]:
    """What the figures stand on, and what they leave out."""
    traffic, request = found.traffic, found.all_large.request
    if not traffic.messages:
        yield "No message was answered in this time, so there is nothing to reckon for a million."
    for role in (Role.AGENT, Role.REVIEWER, Role.CONSOLE):
        if role not in traffic.programs:
            yield f"No {role} was seen: the tier of {TIERS[role]} is left out."
    for role in traffic.programs:
        if role not in traffic.cpu_s:
            yield f"The system of the {role} does not tell processor time: what is outside of stages is missing."
    took = f"{request.input_tokens:,.0f} tokens read and {request.output_tokens:,.0f} written"
    if request.measured:
        yield f"Each by the large model: {took}, the mean of its answers to what was escalated."
    else:
        yield f"Each by the large model: {took}, ASSUMED from the policy documents' length, as it was never asked."
    if missing := not_set(found, settings):
        yield f"Not told, as nobody has set them: {', '.join(missing)}."
    if assumed := settings.costs.assumed():
        defaults = (f"{variable_name('costs', name)}={value}" for name, value in assumed.items())
        yield f"Assumed, as nobody has set them: {', '.join(defaults)}."


def not_set(found: Report, settings: Settings) -> list[str]:
    """The settings without which something is not told."""
    names = []
    if found.all_large.cost.money is None:
        names += [variable_name("reviewer", f"price_per_million_{way}") for way in ("input", "output")]
    if settings.costs.wh_per_million_input is None:
        names += [variable_name("costs", f"wh_per_million_{way}") for way in ("input", "output")]
    return names


def to_json(found: Report, settings: Settings) -> str:
    """Every figure; null where it is not known, money as text."""
    traffic, large = found.traffic, found.all_large
    content = {
        "currency": settings.costs.currency,
        "programs": traffic.programs,
        "messages": traffic.messages,
        "escalated": traffic.escalated,
        "large_model_answers": traffic.replies,
        "large_model_tokens": {"input": traffic.input_tokens, "output": traffic.output_tokens},
        "human_decisions": traffic.human_decisions,
        "rows": [{"tier": row.tier, "part": row.part} | _both(found, row.cost) for row in found.rows],
        "total": _both(found, found.total),
        "every_message_to_the_large_model": {
            "request": asdict(large.request),
            "tokens": large.tokens,
            "seconds": large.seconds,
            "cost": large.cost._asdict(),
            "models_as_they_are": large.now._asdict(),
        },
        "not_set": not_set(found, settings),
        "assumed": {variable_name("costs", name): value for name, value in settings.costs.assumed().items()},
    }
    return json.dumps(_rounded(content), indent=1) + "\n"


def amount(value: float | Decimal | None) -> str:
    """With as many digits as tell something."""
    if value is None:
        return NONE
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 or not value else f"{Decimal(f'{value:.2g}'):f}"


def _cells(cost: Cost) -> list[str]:
    return [amount(value) for value in cost]


def _times(then: float | Decimal | None, now: float | Decimal | None) -> str:
    return f"{float(then) / float(now):,.1f}" if then is not None and now else NONE


def _both(found: Report, cost: Cost) -> dict[str, Any]:
    return cost._asdict() | {"per_million": found.per_million(cost)._asdict()}


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {str(name): _rounded(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [_rounded(value) for value in figures]
    if isinstance(figures, Decimal):
        return f"{round(figures, DIGITS):f}"
    return round(figures, DIGITS) if isinstance(figures, float) else figures
