"""Two imported checkpoints: a multi-label DistilBERT, and a single-label XLM-RoBERTa with moods."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from moderator.commands.model import model
from tests.training.importing.checkpoints import Tiny, distilbert, write_rows, xlm_roberta

SIGMOID_MAP = """
languages = ["de"]
ignored = ["ok"]

[labels]
beleidigung = ["toxic", "insult"]
werbung = "spam"
"""

SOFTMAX_MAP = """
languages = ["de", "tr"]
problem_type = "single_label"
ignored = ["anderes"]

[labels]
hass = "hate"
hetze = "hate"

[sentiment]
mies = "negative"
lau = "neutral"
froh = "positive"
"""


@dataclass(frozen=True)
class Imported:
    """A checkpoint, the rows that it was calibrated on, the model directory, and what was printed."""

    tiny: Tiny
    labels: Path
    rows: Path
    models: Path
    output: str


@pytest.fixture(scope="session")
def sigmoid(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The DistilBERT."""
    folder = tmp_path_factory.mktemp("sigmoid") / "checkpoint"
    return distilbert(folder, ["ok", "beleidigung", "werbung"], "multi_label_classification")


@pytest.fixture(scope="session")
def softmax(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """The XLM-RoBERTa; its configuration does not say what its outputs are."""
    return xlm_roberta(
        tmp_path_factory.mktemp("softmax") / "checkpoint", ["mies", "lau", "froh", "hass", "hetze", "anderes"], None
    )


@pytest.fixture(scope="session")
def from_sigmoid(sigmoid: Tiny) -> Imported:
    """The DistilBERT as a model directory."""
    folder = sigmoid.folder.parent
    rows = write_rows(folder / "rows.jsonl", sigmoid, {"toxic": 1, "insult": 1, "spam": 2})
    return imported(sigmoid, SIGMOID_MAP, rows)


@pytest.fixture(scope="session")
def from_softmax(softmax: Tiny) -> Imported:
    """The XLM-RoBERTa as a model directory."""
    rows = write_rows(softmax.folder.parent / "rows.jsonl.gz", softmax, {"hate": 3}, (0, 1, 2))
    return imported(softmax, SOFTMAX_MAP, rows)


def imported(tiny: Tiny, label_map: str, rows: Path) -> Imported:
    """Import by the command line into a folder beside the checkpoint."""
    folder = tiny.folder.parent
    labels = folder / "labels.toml"
    labels.write_text(label_map, encoding="utf-8")
    inputs = [str(tiny.folder), "--labels", str(labels), "--data", str(rows), "--name", "own"]
    result = CliRunner().invoke(model, ["import", *inputs, "--out", str(folder / "new" / "models")])
    assert result.exit_code == 0, result.output
    return Imported(tiny, labels, rows, folder / "new" / "models", result.output)
