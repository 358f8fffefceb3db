"""docs/reference/metrics.md: every metric, from the table that declares them."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry

from handbook.tables import code, page, table
from moderator.contracts.labels import LABELS
from moderator.contracts.verdict import Outcome, ReasonCode, VerdictSource
from moderator.errors import DeadLetterCode
from moderator.telemetry.metrics import NO_LABEL, STAGES, TOTAL, Declared, Metrics

HEAD = ("metric", "type, unit", "labels", "meaning")
INTRODUCTION = """\
At `/metrics` of every process. Labels are bounded: never an id, a text or an exception's words. How to read them:
[where a message's time goes](../operations.md#where-a-messages-time-goes),
[dashboards and alerts](../monitoring.md)."""
VALUES = {
    "outcome": Outcome,
    "label": (*LABELS, NO_LABEL),
    "reason": ReasonCode,
    "source": VerdictSource,
    "stage": (*STAGES, TOTAL),
    "code": DeadLetterCode,
}
"""Labels with the values of the metric that shows all of them: of the others some have fewer."""
WIDEST = {
    "outcome": "verdicts_total",
    "label": "verdicts_total",
    "reason": "verdict_reasons_total",
    "source": "verdicts_total",
    "stage": "end_to_end_latency_seconds",
    "code": "dead_letters_total",
}


def metrics_page() -> str:
    """The page."""
    declared = Metrics(CollectorRegistry()).table
    rows = ((f"`{metric.name}`", _kind(metric), code(metric.labels), metric.meaning) for metric in declared)
    buckets = ((f"`{metric.name}`", _buckets(metric)) for metric in declared if metric.buckets)
    values = ((f"`{label}`", f"`moderator_{WIDEST[label]}`", code(found)) for label, found in VALUES.items())
    return page(
        "Metrics",
        INTRODUCTION,
        table(HEAD, rows),
        "## Buckets",
        "Upper bounds; `+Inf` follows.",
        table(("metric", "buckets"), buckets),
        "## Values of labels",
        table(("label", "of", "values"), values),
    )


def _kind(metric: Declared) -> str:
    return ", ".join(filter(None, (metric.kind, metric.unit)))


def _buckets(metric: Declared) -> str:
    first, second, last = metric.buckets[0], metric.buckets[1], metric.buckets[-1]
    if _doubling(metric.buckets):
        return f"{len(metric.buckets)}, doubling from {first:g} to {last:g}"
    return f"{len(metric.buckets)}, from {first:g} to {last:g} in steps of {second - first:g}"


def _doubling(buckets: Sequence[float]) -> bool:
    return buckets[1] == 2 * buckets[0] and buckets[2] == 2 * buckets[1]
