"""`moderator model`: figures of any model directory on any labelled file, and no word of its texts."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from moderator.commands import model as command
from moderator.contracts.labels import LABELS, Label
from moderator.policy.thresholds import Policy, Threshold
from moderator.training.label_figures import AtThreshold, label_figures, sentiment_figures
from moderator.training.rows import Row
from moderator.training.score import TextOutputs
from tests.training.importing.checkpoints import WORDS, write_rows
from tests.training.importing.conftest import Imported


def invoke(*arguments: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(command.model, [str(argument) for argument in arguments])


def test_figures_are_counted_by_label_and_threshold() -> None:
    """Rows that do not know a label do not count; what cannot be told is None."""
    rows = [Row("a", {"toxic": 1}, 0, "s"), Row("b", {"toxic": 0}, 1, "s"), Row("c", {"toxic": 1, "spam": 0}, 1, "s")]
    rows += [Row("d", {"toxic": 0}, None, "s"), Row("e", {}, None, "s")]
    labels = np.zeros((5, len(LABELS)))
    labels[:, LABELS.index(Label.TOXIC)] = [0.9, 0.8, 0.7, 0.1, 1.0]
    sentiment = np.array([[0.8, 0.1, 0.1], [0.6, 0.2, 0.2], [0.1, 0.9, 0.0], [0, 0, 1], [0, 0, 1]])
    scores = TextOutputs(labels, sentiment)
    policy = Policy("test", "0", (Threshold(escalate_at=0.75, block_at=0.85),) * len(LABELS), ())
    figures = label_figures(rows, scores, policy)
    assert set(figures) == {Label.TOXIC, Label.SPAM}
    toxic = figures[Label.TOXIC]
    assert (toxic.rows, toxic.positives, toxic.auc) == (4, 2, 0.75)
    assert toxic.average_precision == pytest.approx((1 + 2 / 3) / 2)
    assert toxic.calibration_error == pytest.approx((0.1 + 0.8 + 0.3 + 0.1) / 4)
    assert toxic.escalate == AtThreshold(0.75, 0.5, 0.5, 0.5)
    assert toxic.block == AtThreshold(0.85, 1.0, 0.5, 2 / 3)
    assert figures[Label.SPAM].auc is None
    assert figures[Label.SPAM].escalate == AtThreshold(0.75, None, None, None)
    moods = sentiment_figures(rows, scores)
    assert moods is not None
    assert (moods.rows, moods.accuracy, moods.macro_recall) == (3, 2 / 3, 0.75)
    assert sentiment_figures(rows[3:], scores) is None


def test_evaluate_prints_figures_and_no_texts(from_softmax: Imported, tmp_path: Path) -> None:
    """As plain lines here; the same figures as JSON; a malformed row is named by its line."""
    rows = write_rows(tmp_path / "rows.jsonl", from_softmax.tiny, {"hate": 3, "spam": 4}, (0, 1, 2))
    with rows.open("a", encoding="utf-8") as file:
        file.write('{"text": "garten", "labels": {"hate": 7}}\n')
    figures = tmp_path / "figures.json"
    result = invoke("evaluate", "--data", rows, "--model", from_softmax.models, "--json", figures)
    assert result.exit_code == 0, result.output
    assert f"{rows}:241: a label is neither 0 nor 1" in result.stderr
    assert not any(word in result.output for word in WORDS)
    content = json.loads(figures.read_text())
    assert (content["rows"], content["malformed"]) == (240, 1)
    hate = content["labels"]["hate"]
    assert hate["average_precision"] > 0.7
    assert content["labels"]["spam"]["auc"] == 0.5
    assert content["sentiment"]["macro_recall"] > 0.6
    line = next(line for line in result.stdout.splitlines() if line.startswith("hate "))
    assert line.split()[1:4] == ["240", str(hate["positives"]), f"{hate['average_precision']:.3f}"]
    assert "The model has not learnt spam" in result.stdout


def test_refusals_end_with_their_exit_codes(from_sigmoid: Imported, tmp_path: Path) -> None:
    """2 for what the user wrote, 3 for the checkpoint."""
    inputs = ("--labels", from_sigmoid.labels, "--data", from_sigmoid.rows)
    again = invoke("import", from_sigmoid.tiny.folder, *inputs, "--out", from_sigmoid.models)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    nothing = invoke("import", tmp_path / "none", *inputs, "--out", tmp_path / "models")
    assert (nothing.exit_code, "no such folder" in nothing.stderr) == (3, True)
    below_a_file = invoke("import", from_sigmoid.tiny.folder, *inputs, "--out", from_sigmoid.rows / "models")
    assert (below_a_file.exit_code, "cannot be written" in below_a_file.stderr) == (2, True)
    assert not (tmp_path / "models").exists()


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serving does not need it, so it may be missing."""
    monkeypatch.setattr(command, "EVALUATE_NEEDS", ("sklearn", "nothing_of_the_kind"))
    result = invoke("evaluate", "--data", "rows.jsonl")
    assert result.exit_code == 1
    assert "model evaluate needs nothing_of_the_kind: pip install 'moderator[train]'" in result.stderr
