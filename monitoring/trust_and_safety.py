"""The dashboard for trust and safety: what is decided, by whom, how well, how fast, for how much."""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from moderator.contracts.labels import LABELS
from moderator.contracts.verdict import Outcome
from monitoring.cost import ENERGY_WH, MONEY, PRICES
from monitoring.panels import dashboard, heat, lines, stat
from monitoring.promql import INTERVAL, gained, gauge, or_zero, quantile, rate, share, total

TURNAROUND = "review_turnaround_seconds"


def _decided(board: Dashboard) -> None:
    first = total(rate("messages_total"))
    board.with_row(Row("What is decided"))
    board.with_panel(
        lines(
            "First verdicts by outcome",
            "Of the mini model",
            {"{{outcome}}": total(rate("messages_total"), "outcome")},
            unit="ops",
            stacked=True,
        )
    )
    board.with_panel(
        lines(
            "Part that is blocked, escalated",
            "A jump is a change of the traffic, or of the policy",
            {
                outcome: or_zero(share(total(rate("messages_total", f'outcome="{outcome}"')), first))
                for outcome in ("block", "escalate")
            },
            unit="percentunit",
        )
    )
    board.with_panel(
        lines(
            "Verdicts by source",
            "First and final ones",
            {"{{source}} {{outcome}}": total(rate("verdicts_total"), "source", "outcome")},
            unit="ops",
        )
    )
    board.with_panel(
        lines(
            "Labels over their threshold",
            "In first verdicts",
            {"{{label}}": or_zero(total(rate("verdict_labels_total"), "label"), "label")},
            unit="ops",
            width=12,
        )
    )
    board.with_panel(
        lines(
            "Reasons",
            "First verdicts that a rule of this code fired on",
            {"{{reason}}": or_zero(total(rate("verdict_reasons_total"), "reason"), "reason")},
            unit="ops",
            width=12,
        )
    )


def _scores(board: Dashboard) -> None:
    board.with_row(Row("How sure the mini model is"))
    for label in LABELS:
        buckets = gauge("score_bucket", f'label="{label}"')
        messages = total(f"increase({buckets}[{INTERVAL}])", "le")
        board.with_panel(heat(f"Scores: {label}", "Messages by their score", messages))


def _reviewed(board: Dashboard) -> None:
    both = (gauge("shadow_messages_total", f'outcome="{one}", shadow="{one}"') for one in Outcome)
    alike = f"sum ({' or '.join(f'increase({one}[$__range])' for one in both)})"
    board.with_row(Row("Review"))
    board.with_panel(stat("Wait for a person", "Jobs", {"": f"max({gauge('review_queue_size')})"}))
    board.with_panel(
        stat(
            "The oldest has waited",
            "An alert from eight hours on",
            {"": f"max({gauge('review_queue_oldest_age_seconds')})"},
            unit="s",
            warning=4 * 3600,
            bad=8 * 3600,
        )
    )
    board.with_panel(
        stat(
            "Overturned, of this range's decisions",
            "Decisions of large model and people that contradict the mini model",
            {"": or_zero(share(gained("review_overturns_total"), gained(f"{TURNAROUND}_count")))},
            unit="percentunit",
        )
    )
    board.with_panel(
        stat(
            "Audited, in this range",
            "Confident verdicts that people check, drawn by the audit",
            {"": or_zero(gained("escalations_total", 'reason="audit_sample"'))},
        )
    )
    board.with_panel(
        stat(
            "Failed canaries, in this range",
            "Of the large model",
            {"": or_zero(gained("canaries_total", 'code=~"false_allow|false_block"'))},
            bad=1,
        )
    )
    board.with_panel(
        stat(
            "The shadow agrees",
            "Part of the messages that it judges alike; 0 without a shadow",
            {"": or_zero(share(alike, gained("shadow_messages_total", 'outcome!="unknown"')))},
            unit="percentunit",
        )
    )
    board.with_panel(
        lines(
            "What the shadow judged",
            "Messages by the verdict in force and the shadow's; skipped: it had no time",
            {
                "{{outcome}} → {{shadow}}": or_zero(
                    total(rate("shadow_messages_total"), "outcome", "shadow"), "outcome"
                ),
                "skipped": total(rate("shadow_skipped_total")),
            },
            unit="ops",
            width=12,
        )
    )
    board.with_panel(
        lines(
            "Escalations by first reason",
            "What people and the large model are asked about",
            {"{{reason}}": or_zero(total(rate("escalations_total"), "reason"), "reason")},
            unit="ops",
            stacked=True,
            width=12,
        )
    )
    board.with_panel(
        lines(
            "From an escalation to its decision",
            "By who decided",
            {f"{{{{source}}}} p{part * 100:g}": quantile(part, TURNAROUND, "source") for part in (0.5, 0.95)},
            unit="s",
            width=12,
        )
    )
    board.with_panel(
        lines(
            "Decisions, and those that contradict the mini model",
            "By who decided",
            {
                "{{source}}": or_zero(total(rate(f"{TURNAROUND}_count"), "source"), "source"),
                "{{source}} contradicts": or_zero(total(rate("review_overturns_total"), "source"), "source"),
            },
            unit="ops",
            width=12,
        )
    )


def _large_model(board: Dashboard) -> None:
    board.with_row(Row("The large model"))
    board.with_panel(
        lines(
            "Decisions",
            "Outcome, and why it was left to people",
            {"{{outcome}} {{referral}}": or_zero(total(rate("decisions_total"), "outcome", "referral"), "outcome")},
            unit="ops",
        )
    )
    board.with_panel(
        lines(
            "Requests",
            "By what came of them",
            {"{{code}}": or_zero(total(rate("llm_requests_total"), "code"), "code")},
            unit="ops",
        )
    )
    board.with_panel(
        lines(
            "Time of one escalation",
            "With the large model",
            {f"p{part * 100:g}": quantile(part, "review_seconds") for part in (0.5, 0.99)},
            unit="s",
        )
    )
    board.with_panel(
        lines(
            "Tokens",
            "A second",
            {"{{direction}}": or_zero(total(rate("llm_tokens_total"), "direction"), "direction")},
        )
    )
    board.with_panel(
        lines("Money", "An hour, in the currency of the prices", {"an hour": f"3600 * {total(rate('llm_cost_total'))}"})
    )
    board.with_panel(
        lines(
            "Canaries",
            "By what came of them",
            {"{{code}}": or_zero(total(rate("canaries_total"), "code"), "code")},
            unit="ops",
        )
    )


def _cost(board: Dashboard) -> None:
    board.with_row(Row("What a million messages cost, by the prices in the boxes above"))
    board.with_panel(stat("Money per million messages", "Over this range", MONEY, decimals=2, width=12))
    board.with_panel(
        stat("Energy per million messages", "Over this range", ENERGY_WH, unit="watth", decimals=1, width=12)
    )


def trust_and_safety() -> Dashboard:
    """All of it."""
    board = dashboard(
        "Moderator: trust and safety",
        "moderator-trust-and-safety",
        "What is decided, by whom, how well, how fast, and for how much.",
        **PRICES,
    )
    for section in (_decided, _scores, _reviewed, _large_model, _cost):
        section(board)
    return board
