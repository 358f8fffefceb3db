"""Verdicts in figures, whoever decided."""

from collections import Counter
from collections.abc import Sequence

from moderator.contracts.labels import LABELS
from moderator.contracts.verdict import Outcome, ReasonCode, Verdict
from moderator.review.overturn import contradicts
from moderator.telemetry.metrics import NO_LABEL, Metrics, from_zero

# Scores of a text with one of these mean nothing, or are none.
NOT_JUDGED = frozenset({ReasonCode.UNSUPPORTED_LANGUAGE, ReasonCode.UNREADABLE})


def leading_label(verdict: Verdict) -> str:
    """The label furthest above the threshold for which the model blocked or, if it did not, escalated."""
    above = [reason for reason in verdict.reasons if reason.code is ReasonCode.BLOCK_THRESHOLD] or verdict.reasons
    lead, label = 0.0, NO_LABEL
    for reason in above:
        if reason.label is not None and (reason.score or 0.0) - (reason.threshold or 0.0) >= lead:
            lead, label = (reason.score or 0.0) - (reason.threshold or 0.0), reason.label.value
    return label


class FirstVerdicts:
    """Counts the model's, a batch at once."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        from_zero(metrics.messages, *Outcome)
        from_zero(metrics.verdict_labels, *LABELS)
        from_zero(metrics.verdict_reasons, *(set(ReasonCode) - {ReasonCode.AUDIT_SAMPLE}))
        self._scores = [(label.value, metrics.score.labels(label.value)) for label in LABELS]

    def count(self, verdicts: Sequence[Verdict]) -> None:
        """So many more were published."""
        metrics = self._metrics
        for outcome, count in Counter(verdict.outcome for verdict in verdicts).items():
            metrics.messages.labels(outcome.value).inc(count)
        decided = Counter((leading_label(verdict), verdict.outcome, verdict.source) for verdict in verdicts)
        for (label, outcome, source), count in decided.items():
            metrics.verdicts.labels(label, outcome.value, source.value).inc(count)
        for found, count in Counter(label for verdict in verdicts for label in verdict.labels).items():
            metrics.verdict_labels.labels(found.value).inc(count)
        fired = [{reason.code for reason in verdict.reasons} for verdict in verdicts]
        for code, count in Counter(code for codes in fired for code in codes).items():
            metrics.verdict_reasons.labels(code.value).inc(count)
        scored = [verdict.scores for verdict, codes in zip(verdicts, fired, strict=True) if not codes & NOT_JUDGED]
        if scored:
            for name, histogram in self._scores:
                histogram.observe_all([getattr(scores, name) for scores in scored])


def count_final(verdict: Verdict, metrics: Metrics) -> None:
    """A reviewer's verdict, by what the model had said."""
    metrics.verdicts.labels(leading_label(verdict), verdict.outcome.value, verdict.source.value).inc()


def count_overturn(verdict: Verdict, metrics: Metrics) -> None:
    """If the decision behind a final verdict contradicts the model."""
    if contradicts(verdict):
        metrics.review_overturns.labels(verdict.source.value).inc()
