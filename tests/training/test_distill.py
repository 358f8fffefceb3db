"""Teachers are asked once, averaged where they know, and never of what they have not learnt."""

from pathlib import Path

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.training.dataset import TrainingRows
from moderator.training.distill import average, teach
from moderator.training.layout import SOFT_LABELS
from moderator.training.targets import SoftLabels, Targets
from tests.training.conftest import RECIPE, TRAINING
from tests.training.tiny import written_rows

ROWS = TrainingRows(written_rows(120)[:60], [], [], written_rows(120)[60:70], [], [], [], [])


def test_soft_labels_reach_the_student_and_are_kept(trained: Path, encoder: Path) -> None:
    """Unknown labels that the teacher learnt become known, others do not; a second call asks nobody."""
    training = TRAINING.model_copy(update={"encoder": str(encoder)})
    recipe = RECIPE.model_copy(update={"teachers": {"first": training}})
    texts, targets = teach(ROWS, recipe, lambda _name: trained, "cpu")
    assert len(texts) == len(targets.labels) == 70
    plain = Targets.of([*ROWS.collected, *ROWS.written], recipe)
    spam, hate = LABELS.index(Label.SPAM), LABELS.index(Label.HATE)
    assert (plain.label_weights[:60, spam] == 0).any()
    assert (targets.label_weights[:60, spam] > 0).all()
    assert (targets.label_weights[:, hate] == 0).all()
    assert np.array_equal(targets.labels[60:], plain.labels[60:])
    written = (trained / SOFT_LABELS).stat().st_mtime_ns
    _, again = teach(ROWS, recipe, lambda _name: trained, "cpu")
    assert (trained / SOFT_LABELS).stat().st_mtime_ns == written
    assert again.fingerprint(texts) == targets.fingerprint(texts)


def test_a_teacher_without_weights_is_named(tmp_path: Path) -> None:
    """With the step that makes them."""
    recipe = RECIPE.model_copy(update={"teachers": {"first": TRAINING}})
    with pytest.raises(ConfigError, match="run the train step first"):
        teach(ROWS, recipe, lambda name: tmp_path / name, "cpu")


def test_the_average_is_of_those_who_know() -> None:
    """A label that one teacher has not learnt is the others' mean."""
    first = SoftLabels(np.array([[0.2, np.nan]], dtype=np.float32), np.array([[0.0, 0.5, 0.5]], dtype=np.float32))
    second = SoftLabels(np.array([[0.6, 0.8]], dtype=np.float32), np.array([[0.2, 0.3, 0.5]], dtype=np.float32))
    mean = average([first, second])
    assert mean.labels[0].tolist() == pytest.approx([0.4, 0.8])
    assert mean.sentiment[0].tolist() == pytest.approx([0.1, 0.4, 0.5])
    assert np.isnan(average([first, first]).labels[0, 1])
