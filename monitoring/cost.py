"""What a million messages cost, by tier: queries in the prices and watts that the dashboard's boxes hold."""

from moderator.cost_settings import CostSettings
from monitoring.promql import gained, gauge, or_zero

MILLION = 1_000_000
JOULES_PER_WH = 3600

ASSUMED = CostSettings()  # as `moderator report` assumes, which says where each figure is from
DECISION_PRICE = float(ASSUMED.wage_per_hour) * ASSUMED.seconds_per_decision / 3600

PRICES = {
    "core_hour": ("Price of a core hour", str(ASSUMED.core_hour)),
    "core_watts": ("Watts of a core in use", f"{ASSUMED.core_watts:g}"),
    "token_joules": ("Joules of a large model's token, 0: not known", "0"),
    "decision_price": ("Price of a person's decision", f"{DECISION_PRICE:g}"),
}
"""Boxes of the dashboard: assumptions to be replaced."""


MESSAGES = f"clamp_min({gained('messages_total')}, 1)"
# Of agents that decide, which alone tell their model: a model on trial costs too, but not for these messages.
_ALL_S = f"increase({gauge('cpu_seconds_total')}[$__range])"
MINI_MODEL_S = f"sum ({_ALL_S} and on (namespace, instance) {gauge('model_info')})"
PEOPLES_DECISIONS = gained("review_turnaround_seconds_count", 'source="human"')
LARGE_MODEL = gained("llm_cost_total")
ASKED = gained("llm_requests_total", 'code="answered"')  # decisions also count what nobody was asked about
ANSWERED = f"clamp_min({ASKED}, 1)"


def _per_million(expr: str) -> str:
    return or_zero(f"{MILLION} * {expr} / {MESSAGES}")


MONEY = {
    "mini model": _per_million(f"{MINI_MODEL_S} * $core_hour / 3600"),
    "large model": _per_million(LARGE_MODEL),
    "people": _per_million(f"{PEOPLES_DECISIONS} * $decision_price"),
    "if the large model did all": or_zero(f"{MILLION} * {LARGE_MODEL} / {ANSWERED}"),
}

ENERGY_WH = {
    "mini model": _per_million(f"{MINI_MODEL_S} * $core_watts / {JOULES_PER_WH}"),
    "large model": _per_million(f"{gained('llm_tokens_total')} * $token_joules / {JOULES_PER_WH}"),
    "if the large model did all": or_zero(
        f"{MILLION} * {gained('llm_tokens_total')} * $token_joules / {JOULES_PER_WH} / {ANSWERED}"
    ),
}
