"""What a million messages cost, by tier: queries in the prices and watts that the dashboard's boxes hold."""

from monitoring.promql import gained, or_zero

MILLION = 1_000_000
JOULES_PER_WH = 3600

PRICES = {
    "core_hour": ("Price of a core hour", "0.04"),
    "core_watts": ("Watts of a core in use", "10"),
    "token_joules": ("Joules of a large model's token", "0.5"),
    "decision_price": ("Price of a person's decision", "0.25"),
}
"""Boxes of the dashboard: examples to be replaced; measured nowhere."""


MESSAGES = f"clamp_min({gained('messages_total')}, 1)"
MINI_MODEL_S = gained("cpu_seconds_total")
PEOPLES_DECISIONS = gained("review_turnaround_seconds_count", 'source="human"')
LARGE_MODEL = gained("llm_cost_total")
LARGE_MODEL_DECISIONS = f"clamp_min({gained('decisions_total')}, 1)"


def _per_million(expr: str) -> str:
    return or_zero(f"{MILLION} * {expr} / {MESSAGES}")


MONEY = {
    "mini model": _per_million(f"{MINI_MODEL_S} * $core_hour / 3600"),
    "large model": _per_million(LARGE_MODEL),
    "people": _per_million(f"{PEOPLES_DECISIONS} * $decision_price"),
    "if the large model did all": or_zero(f"{MILLION} * {LARGE_MODEL} / {LARGE_MODEL_DECISIONS}"),
}

ENERGY_WH = {
    "mini model": _per_million(f"{MINI_MODEL_S} * $core_watts / {JOULES_PER_WH}"),
    "large model": _per_million(f"{gained('llm_tokens_total')} * $token_joules / {JOULES_PER_WH}"),
    "if the large model did all": or_zero(
        f"{MILLION} * {gained('llm_tokens_total')} * $token_joules / {JOULES_PER_WH} / {LARGE_MODEL_DECISIONS}"
    ),
}
