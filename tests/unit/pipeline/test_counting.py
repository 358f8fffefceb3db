"""Verdicts in figures: by what they were decided for, and scores only where they mean something."""

from collections.abc import Mapping, Sequence

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message
from moderator.contracts.scores import NOT_SCORED, Scores
from moderator.contracts.verdict import Outcome, Verdict, VerdictSource
from moderator.pipeline.counting import FirstVerdicts, count_final, count_overturn, leading_label
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import answers

MESSAGE = Message(id="m", text="words")


def verdict(scores: Mapping[Label, float], *, unreadable: bool = False, unsupported: bool = False) -> Verdict:
    """Under a policy that escalates from .5 and blocks from .9."""
    given = NOT_SCORED if unsupported else Scores(tuple(scores.get(label, 0.0) for label in LABELS), (0.2, 0.3, 0.5))
    return answers().verdict(MESSAGE, given, truncated=False, unreadable=unreadable, unsupported_language=unsupported)


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        ({}, "none"),
        ({Label.SPAM: 0.49}, "none"),
        ({Label.SPAM: 0.5}, "spam"),
        ({Label.TOXIC: 0.6, Label.INSULT: 0.8, Label.THREAT: 0.7}, "insult"),
        ({Label.TOXIC: 0.89, Label.HATE: 0.92}, "hate"),  # for it the message is blocked
    ],
    ids=str,
)
def test_a_verdict_is_counted_by_the_label_that_decided_it(scores: Mapping[Label, float], label: str) -> None:
    """The one furthest above its threshold."""
    assert leading_label(verdict(scores)) == label


def scores_counted(verdicts: Sequence[Verdict]) -> list[float | None]:
    """How many toxic scores, and their sum."""
    metrics = Metrics(CollectorRegistry())
    FirstVerdicts(metrics).count(verdicts)
    value = metrics.registry.get_sample_value
    return [value(f"moderator_score_{each}", {"label": "toxic"}) for each in ("count", "sum")]


def test_scores_of_texts_that_were_not_judged_are_left_out() -> None:
    """They would look like a model that has changed its mind."""
    judged = [verdict({Label.TOXIC: 0.25}), verdict({Label.TOXIC: 0.95})]
    others = [verdict({Label.TOXIC: 0.8}, unreadable=True), verdict({}, unsupported=True)]
    assert scores_counted([*judged, *others]) == [2, pytest.approx(1.2)]


def test_a_reviewers_verdict_is_counted_by_what_the_model_had_said() -> None:
    """And, where it lets pass what the model took for something, as an overturn."""
    metrics = Metrics(CollectorRegistry())
    escalated = verdict({Label.INSULT: 0.8})
    for outcome, source in ((Outcome.ALLOW, VerdictSource.HUMAN), (Outcome.BLOCK, VerdictSource.LLM)):
        final = escalated.model_copy(update={"outcome": outcome, "source": source})
        count_final(final, metrics)
        count_overturn(final, metrics)
    value = metrics.registry.get_sample_value
    for said, by in (("allow", "human"), ("block", "llm")):
        labels = {"label": "insult", "outcome": said, "source": by}
        assert value("moderator_verdicts_total", labels) == 1
    assert value("moderator_review_overturns_total", {"source": "human"}) == 1
    assert value("moderator_review_overturns_total", {"source": "llm"}) is None
