"""The golden set: scores that this machine does not reproduce keep the program from deciding anything."""

import json
from pathlib import Path
from typing import Any

import pytest

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.errors import ModelError
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.golden import REPORTED, load_golden, require_golden
from moderator.inference.manifest import ModelDirectory

TEXTS = ["Good morning!", "This umbrella is rubbish.", "See you at eight."]
TOLERANCE = 0.01
COLUMNS = (*LABELS, *SENTIMENTS)

Rows = list[list[float]]


@pytest.fixture(scope="session")
def rows(classifier: OnnxClassifier) -> Rows:
    """What this machine makes of the texts."""
    return [[*scores.labels, *scores.sentiment] for scores in classifier.classify(classifier.tokenize(TEXTS))]


def write(folder: Path, texts: list[str], scores: dict[str, Any]) -> Path:
    """A golden set."""
    file = folder / "golden.json"
    file.write_text(json.dumps({"texts": texts, "scores": scores}), encoding="utf-8")
    return file


class Recorded:
    """A golden set of TEXTS whose record for the classifier's variant is `rows`, changed where a test asks for it."""

    def __init__(self, folder: Path, model: ModelDirectory, classifier: OnnxClassifier, rows: Rows) -> None:
        self._classifier = classifier
        self._directory = ModelDirectory(folder, model.manifest.model_copy(update={"golden_tolerance": TOLERANCE}))
        self.rows = [list(row) for row in rows]

    def shift(self, text: int, name: str, by: float) -> None:
        """Record another score than the machine's, inside 0 to 1."""
        column = [known.value for known in COLUMNS].index(name)
        score = self.rows[text - 1][column]
        self.rows[text - 1][column] = score - by if score > by else score + by

    def require(self) -> float:
        """Ask for it."""
        write(self._directory.path, TEXTS, {self._classifier.variant.file: self.rows})
        return require_golden(self._directory, self._classifier)

    def problems(self) -> tuple[str, ...]:
        """What the refusal names."""
        with pytest.raises(ModelError) as refusal:
            self.require()
        return refusal.value.problems


@pytest.fixture
def recorded(tmp_path: Path, model: ModelDirectory, classifier: OnnxClassifier, rows: Rows) -> Recorded:
    """A record that holds."""
    return Recorded(tmp_path, model, classifier, rows)


def test_the_shipped_golden_set_holds(model: ModelDirectory, classifier: OnnxClassifier) -> None:
    """On each provider that is installed: else the service would refuse to start here."""
    assert require_golden(model, classifier) <= model.manifest.golden_tolerance


def test_a_difference_within_the_tolerance_is_reported(recorded: Recorded) -> None:
    """The largest one, so that drift is seen before it is refused."""
    recorded.shift(2, "insult", TOLERANCE * 0.9)
    assert recorded.require() == pytest.approx(TOLERANCE * 0.9, abs=TOLERANCE * 0.05)


@pytest.mark.parametrize("name", ["toxic", "spam", "negative", "positive"])
def test_a_score_that_drifted_is_refused(recorded: Recorded, classifier: OnnxClassifier, name: str) -> None:
    """By text, name and both values, of labels and moods alike."""
    recorded.shift(3, name, TOLERANCE * 1.5)
    wanted = recorded.rows[2][[known.value for known in COLUMNS].index(name)]
    head, problem = recorded.problems()
    assert f"{classifier.variant.file} on {classifier.variant.provider}: 1 golden scores differ by more" in head
    assert f"text 3, {name}: " in problem
    assert problem.endswith(f", recorded {wanted:.4f}")


def test_no_text_is_quoted(recorded: Recorded) -> None:
    """Texts of a golden set of somebody's own may be private."""
    recorded.shift(1, "toxic", 0.3)
    assert not [text for text in TEXTS for problem in recorded.problems() if text in problem]


def test_a_model_that_drifted_everywhere_is_told_in_short(recorded: Recorded) -> None:
    """The number of differences, and the first of them."""
    for text in (1, 2, 3):
        for name in COLUMNS:
            recorded.shift(text, name.value, 0.2)
    head, *named = recorded.problems()
    assert f"{len(TEXTS) * len(COLUMNS)} golden scores" in head
    assert len(named) == REPORTED


@pytest.mark.parametrize("cut", ["no variant", "a row too few", "a score too few"])
def test_a_record_with_gaps_is_refused(
    tmp_path: Path, model: ModelDirectory, classifier: OnnxClassifier, rows: Rows, cut: str
) -> None:
    """What is not recorded cannot be proven."""
    short = {"no variant": {"other.onnx": rows}, "a row too few": {classifier.variant.file: rows[:-1]}}
    scores = short.get(cut, {classifier.variant.file: [*rows[:-1], rows[-1][:-1]]})
    write(tmp_path, TEXTS, scores)
    with pytest.raises(ModelError, match=f"no complete record for {classifier.variant.file}"):
        require_golden(ModelDirectory(tmp_path, model.manifest), classifier)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """With what it should be."""
    (tmp_path / "golden.json").write_text("{")
    with pytest.raises(ModelError, match=r"golden\.json: golden set: Invalid JSON"):
        load_golden(tmp_path / "golden.json")


@pytest.mark.parametrize(
    ("texts", "scores", "problem"),
    [
        ([], {}, "texts: "),
        (["a"], {"model.onnx": [["high"]]}, r"scores\.model\.onnx\.0\.0: "),
        (["a"], {"model.onnx": [[float("nan")]]}, r"scores\.model\.onnx\.0\.0: "),
        (["a"], None, "scores: "),
    ],
)
def test_what_is_no_golden_set_is_refused(tmp_path: Path, texts: list[str], scores: Any, problem: str) -> None:
    """With the file and the place in it; an empty one would prove nothing."""
    with pytest.raises(ModelError, match=rf"golden\.json: {problem}"):
        load_golden(write(tmp_path, texts, scores))
