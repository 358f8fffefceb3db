"""Logits to scores: the published formulas, and every mistake in the file named before a score is made."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.labels import LABELS
from moderator.errors import ModelError
from moderator.inference.calibration import Calibration, load_calibration
from moderator.inference.manifest import ModelDirectory

LOGITS = st.floats(-1e4, 1e4, width=32)
IDENTITY = {"slope": 1.0, "intercept": 0.0}


def write(folder: Path, temperature: float = 1.0, **labels: Any) -> Path:
    """A calibration file: every label has the logistic function itself, unless another form is given or None."""
    forms = {label.value: IDENTITY for label in LABELS} | labels
    document = {
        "labels": {name: form for name, form in forms.items() if form is not None},
        "sentiment": {"temperature": temperature},
    }
    file = folder / "calibration.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """Two labels of their own scale, one that was never trained."""
    folder = tmp_path_factory.mktemp("calibration")
    return load_calibration(
        write(
            folder,
            temperature=2.0,
            toxic={"slope": 2.0, "intercept": -1.0},
            obscene={"slope": 0.5, "intercept": 3.0},
            insult={"points": [[-1.0, -2.0], [1.0, 0.0], [3.0, 0.5]]},
            self_harm={"pinned": 0.01},
        )
    )


def label_scores(calibration: Calibration, *logits: float) -> list[float]:
    """Scores of one window; labels not given have the logit 0."""
    row = [*logits, *[0.0] * (len(LABELS) - len(logits))]
    scores: list[float] = calibration.label_scores(np.array([row], dtype=np.float32))[0].tolist()
    return scores


def test_label_scores_are_platts(calibration: Calibration) -> None:
    """1 / (1 + exp(-(slope x logit + intercept))), worked out by hand."""
    toxic, obscene, insult, *_ = label_scores(calibration, 1.5, -2.0, 0.0)
    assert toxic == pytest.approx(1 / (1 + math.exp(-2.0)))  # 2 x 1.5 - 1
    assert obscene == pytest.approx(1 / (1 + math.exp(-2.0)))  # .5 x -2 + 3
    assert insult == pytest.approx(1 / (1 + math.exp(1.0)))  # on the way from -2 to 0
    assert toxic == pytest.approx(0.880797, abs=1e-6)


def test_a_curve_goes_on_beyond_its_points(calibration: Calibration) -> None:
    """By its outermost lines, so that no two logits get one score."""
    for logit, calibrated in ((-3.0, -4.0), (2.0, 0.25), (7.0, 1.5)):
        assert label_scores(calibration, 0.0, 0.0, logit)[2] == pytest.approx(1 / (1 + math.exp(-calibrated)))


def test_an_untrained_label_is_pinned(calibration: Calibration) -> None:
    """Whatever its head answers: an untrained one answers about .5 to everything."""
    place = [label.value for label in LABELS].index("self_harm")
    for logit in (-9.0, 0.0, 9.0):
        assert label_scores(calibration, *[logit] * len(LABELS))[place] == pytest.approx(0.01)


def test_sentiment_is_a_softmax_with_a_temperature(calibration: Calibration) -> None:
    """exp(logit / 2) over the sum of the three, worked out by hand."""
    (scores,) = calibration.sentiment_scores(np.array([[2.0, 0.0, -2.0]], dtype=np.float32)).tolist()
    total = math.e + 1 + 1 / math.e
    assert scores == pytest.approx([math.e / total, 1 / total, 1 / math.e / total])


def test_biases_lift_a_class_whatever_the_text(tmp_path: Path) -> None:
    """By their exponentials; a file without any leaves the model's own rates."""
    file = write(tmp_path)
    document = json.loads(file.read_text(encoding="utf-8"))
    document["sentiment"]["biases"] = [math.log(3), 0.0, 0.0]
    file.write_text(json.dumps(document), encoding="utf-8")
    (scores,) = load_calibration(file).sentiment_scores(np.zeros((1, 3), dtype=np.float32)).tolist()
    assert scores == pytest.approx([3 / 5, 1 / 5, 1 / 5])


@given(lower=LOGITS, higher=LOGITS)
def test_a_higher_logit_never_scores_lower(calibration: Calibration, lower: float, higher: float) -> None:
    """Calibration keeps the model's order, and stays between 0 and 1 however large a logit is."""
    lower, higher = sorted((lower, higher))
    for low, high in zip(
        label_scores(calibration, *[lower] * len(LABELS)),
        label_scores(calibration, *[higher] * len(LABELS)),
        strict=True,
    ):
        assert 0 <= low <= high <= 1


@given(logits=st.lists(st.tuples(LOGITS, LOGITS, LOGITS), min_size=1, max_size=4))
def test_sentiment_adds_up(calibration: Calibration, logits: list[tuple[float, float, float]]) -> None:
    """To 1, with the likeliest where the highest logit is, for logits that would overflow an exponential too."""
    array = np.array(logits, dtype=np.float32)
    scores = calibration.sentiment_scores(array)
    assert scores.sum(axis=1) == pytest.approx(1.0)
    assert (scores.max(axis=1) == scores[range(len(logits)), array.argmax(axis=1)]).all()


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        ({"hate": None}, "no calibration for label hate"),
        ({"hate": {"slope": 0.0, "intercept": 0.0}}, "labels.hate.slope"),
        ({"hate": {"slope": -1.0, "intercept": 0.0}}, "labels.hate.slope"),
        ({"hate": {"slope": 1.0}}, "labels.hate: Value error, needs either slope and intercept, or points, or pinned"),
        ({"hate": {}}, "labels.hate: Value error, needs either"),
        ({"hate": {"pinned": 0.1, **IDENTITY}}, "labels.hate: Value error, needs either"),
        ({"hate": {"pinned": 0.1, "slope": 1.0}}, "labels.hate: Value error, needs either"),
        ({"hate": {"points": [[0, 0], [1, 1]], **IDENTITY}}, "labels.hate: Value error, needs either"),
        ({"hate": {"points": [[0, 0]]}}, "labels.hate.points"),
        ({"hate": {"points": [[0, 0], [1, 0]]}}, "labels.hate: Value error, points must rise"),
        ({"hate": {"points": [[1, 0], [1, 1]]}}, "labels.hate: Value error, points must rise"),
        ({"hate": {"pinned": 1.1}}, "labels.hate.pinned"),
        ({"hate": {"slope": math.nan, "intercept": 0.0}}, "labels.hate.slope"),
        ({"hate": {"slope": 1.0, "intercept": math.inf}}, "labels.hate.intercept"),
        ({"hate": {**IDENTITY, "bias": 1}}, "labels.hate.bias"),
        ({"rudeness": IDENTITY}, "labels.rudeness"),
        ({"temperature": 0.0}, "sentiment.temperature"),
    ],
)
def test_an_impossible_calibration_is_refused(tmp_path: Path, labels: dict[str, Any], problem: str) -> None:
    """With the file and the place in it."""
    with pytest.raises(ModelError) as refusal:
        load_calibration(write(tmp_path, **labels))
    (named,) = refusal.value.problems
    assert str(tmp_path / "calibration.json") in named
    assert problem in named


def test_every_problem_is_named(tmp_path: Path) -> None:
    """One start tells all there is to mend."""
    with pytest.raises(ModelError) as missing:
        load_calibration(write(tmp_path, hate=None, spam=None))
    assert len(missing.value.problems) == 2
    with pytest.raises(ModelError) as wrong:
        load_calibration(write(tmp_path, hate={"slope": 0.0, "intercept": 0.0}, spam={"pinned": 2.0}))
    assert len(wrong.value.problems) == 2


@pytest.mark.parametrize(
    ("content", "place"),
    [("", "calibration"), ("{", "calibration"), ("[]", "calibration"), ('{"labels": {}}', "sentiment")],
)
def test_what_is_no_calibration_is_refused(tmp_path: Path, content: str, place: str) -> None:
    """Anything else in the file is a model error, not a crash."""
    file = tmp_path / "calibration.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=rf"calibration\.json: {place}: "):
        load_calibration(file)


def test_the_shipped_untrained_labels_are_pinned(model: ModelDirectory) -> None:
    """A head that the manifest calls untrained must not score."""
    calibration = load_calibration(model.file("calibration.json"))
    pinned = {label for label, score in zip(LABELS, calibration.pinned, strict=True) if not math.isnan(score)}
    assert set(model.manifest.untrained_labels) <= pinned
