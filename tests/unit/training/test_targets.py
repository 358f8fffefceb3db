"""What a row is taken for: annotators first, teachers beside them, assumptions last."""

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.training.recipe import Assumption, Distillation, Recipe, Source, Training
from moderator.training.targets import SoftLabels, Targets
from tests.unit.training.written import row

TOXIC, SPAM = LABELS.index(Label.TOXIC), LABELS.index(Label.SPAM)
RECIPE = Recipe(
    name="test",
    student=Training(encoder="none"),
    sources={"noisy": Source(weight=0.5)},
    assumption=Assumption(weight=0.25, absent={"letters": (Label.SPAM,), "noisy": (Label.SPAM,)}),
)


def soft(label_rate: float, mood: tuple[float, float, float], untaught: Label | None = None) -> SoftLabels:
    """What a teacher says of one row."""
    labels = np.full((1, len(LABELS)), label_rate, dtype=np.float32)
    if untaught is not None:
        labels[0, LABELS.index(untaught)] = np.nan
    return SoftLabels(labels, np.array([mood], dtype=np.float32))


def test_what_a_source_never_carries_counts_a_little_and_apart() -> None:
    """An assumed label weighs less than an annotated one, both as much as their source is trusted."""
    targets = Targets.of([row("Good", toxic=1), row("Good", "noisy", 2, toxic=1)], RECIPE)
    assert targets.label_weights[:, TOXIC].tolist() == [1.0, 0.5]
    assert targets.label_weights.sum() == 1.5
    assert targets.assumed_weights[:, SPAM].tolist() == [0.25, 0.125]
    assert targets.labels[:, TOXIC].tolist() == [1.0, 1.0]
    assert targets.sentiment_weights.tolist() == [0.0, 0.5]
    assert targets.sentiments[1].tolist() == [0.0, 0.0, 1.0]


def test_a_teacher_shares_in_the_known_and_tells_the_unknown() -> None:
    """At the weights of the recipe; nothing is assumed of what a teacher has learnt."""
    targets = Targets.of([row("Good", toxic=1)], RECIPE)
    distillation = Distillation(share=0.25, unknown_weight=0.4)
    taught = targets.softened(soft(0.2, (0.7, 0.2, 0.1), untaught=Label.SELF_HARM), distillation)
    assert taught.labels[0, TOXIC] == pytest.approx(0.75 + 0.25 * 0.2)
    assert taught.label_weights[0, TOXIC] == 1.0
    assert taught.labels[0, SPAM] == pytest.approx(0.2)
    assert taught.label_weights[0, SPAM] == pytest.approx(0.4)
    assert taught.assumed_weights.sum() == 0
    assert taught.label_weights[0, LABELS.index(Label.SELF_HARM)] == 0
    assert taught.sentiments[0].tolist() == pytest.approx([0.7, 0.2, 0.1])
    assert taught.sentiment_weights.tolist() == pytest.approx([0.4])


def test_a_teacher_has_no_say_in_rows_beyond_its_own() -> None:
    """Written rows come after those that it was asked about, and stay as their authors meant them."""
    targets = Targets.of([row("Good", toxic=1), row("Fine", toxic=0, spam=1)], RECIPE)
    taught = targets.softened(soft(0.5, (0.2, 0.3, 0.5)).padded(1), Distillation(share=0.5))
    assert taught.labels[1].tolist() == targets.labels[1].tolist()
    assert taught.label_weights[1].tolist() == targets.label_weights[1].tolist()
    assert taught.sentiment_weights[1] == 0
    assert not np.isnan(taught.labels).any()
    assert not np.isnan(taught.sentiments).any()


def test_a_label_with_one_side_is_not_trained() -> None:
    """A head that saw positives alone has learnt nothing to tell a student."""
    targets = Targets.of([row("Good", toxic=1, spam=1), row("Fine", toxic=0)], RECIPE)
    assert [label for label, trained in zip(LABELS, targets.trained(), strict=True) if trained] == [Label.TOXIC]


def test_rates_are_of_the_known_alone() -> None:
    """And the floor where nothing is known."""
    rates = Targets.of([row("Good", toxic=1), row("Fine", toxic=0), row("Rain")], RECIPE).rates()
    assert rates[TOXIC] == pytest.approx(0.5)
    assert rates[SPAM] == pytest.approx(0.01)
