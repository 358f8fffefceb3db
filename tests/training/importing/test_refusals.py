"""A checkpoint that cannot be served says why, before anything is written."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from moderator.contracts.labels import LABELS, Label, SentimentLabel
from moderator.errors import ConfigError, ModelError
from moderator.training.importing.calibration import calibrate_checkpoint, usable_rows
from moderator.training.importing.checkpoint import Checkpoint, load_checkpoint
from moderator.training.importing.graph import ServedClassifier, export_checkpoint
from moderator.training.importing.label_map import Columns, LabelMap, load_label_map, resolve
from moderator.training.importing.reading import reading_of
from moderator.training.layout import Reading
from moderator.training.rows import Row
from moderator.training.score import TextOutputs
from tests.training.importing.checkpoints import Tiny

NAMES = ("ok", "rude", "spam")
MAP = LabelMap(("de",), exclusive=False, outputs=2, labels={Label.TOXIC: (0, 1)}, sentiment={}, ignored=())


@pytest.fixture
def checkpoint(sigmoid: Tiny, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(sigmoid.folder, tmp_path / "checkpoint"))


def set_config(folder: Path, **changes: object) -> None:
    """Change the configuration; None takes a key out."""
    config = json.loads((folder / "config.json").read_text()) | changes
    (folder / "config.json").write_text(json.dumps({key: value for key, value in config.items() if value is not None}))


def only_a_pickle(folder: Path) -> None:
    """Weights as older versions of PyTorch wrote them."""
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def without_the_head(folder: Path) -> None:
    """What an encoder that was never trained to classify has."""
    weights = load_file(folder / "model.safetensors")
    save_file({name: part for name, part in weights.items() if "classifier" not in name}, folder / "model.safetensors")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "no config": (lambda folder: (folder / "config.json").unlink(), "no config.json"),
    "no architecture": (lambda folder: set_config(folder, model_type=["bert"]), "config.json names no model_type"),
    "config is no JSON": (lambda folder: (folder / "config.json").write_text("{"), "config.json is not JSON"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), "no tokenizer.json; write one"),
    "no weights": (lambda folder: (folder / "model.safetensors").unlink(), "no model.safetensors; write one"),
    "a pickle": (only_a_pickle, "pytorch_model.bin, a pickle, which can run any code"),
    "broken weights": (lambda folder: (folder / "model.safetensors").write_bytes(b"0123456789"), "cannot load it"),
    "unknown architecture": (
        lambda folder: set_config(folder, model_type="ours", auto_map={"AutoConfig": "code.Ours"}),
        "architecture 'ours' is not known to transformers .* is not run",
    ),
    "an architecture of pictures": (
        lambda folder: set_config(folder, model_type="vit"),
        "architecture 'vit' has no sequence classification",
    ),
    "other shape": (lambda folder: set_config(folder, dim=64), "cannot load it"),
    "no head": (without_the_head, "weights are missing, it is not a trained classifier"),
    "quantized": (lambda folder: set_config(folder, quantization_config={"bits": 4}), "quantized already"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_checkpoint_is_refused(checkpoint: Path, name: str) -> None:
    """With the reason and the folder."""
    spoil, reason = SPOILT[name]
    spoil(checkpoint)
    with pytest.raises(ModelError, match=reason) as refusal:
        load_checkpoint(checkpoint)
    assert all(problem.startswith(str(checkpoint)) for problem in refusal.value.problems)


def test_all_that_is_missing_is_told_together(tmp_path: Path) -> None:
    """Not one a run."""
    with pytest.raises(ModelError) as refusal:
        load_checkpoint(tmp_path)
    assert len(refusal.value.problems) == 3


def test_a_tokenizer_of_another_model_is_refused(checkpoint: Path, softmax: Tiny) -> None:
    """Its ids would be looked up beyond the embeddings, or mean other words."""
    tokenizer = json.loads((softmax.folder / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"] += [[f"more{number}", -20.0] for number in range(100)]
    (checkpoint / "tokenizer.json").write_text(json.dumps(tokenizer))
    with pytest.raises(ModelError, match="it is of another model"):
        reading_of(load_checkpoint(checkpoint))


WRONG_MAPS = {
    'languages = ["de"]\n[labels]\nrude = "toxic"\nnasty = "hate"': "no label 'nasty'; it has ok, rude, spam",
    'languages = ["de"]\nignored = ["ok"]\n[labels]\nrude = "toxic"': "'spam' of the checkpoint is neither mapped nor",
    'languages = ["de"]\nignored = ["ok", "rude", "spam"]\n[labels]\nrude = "toxic"': "'rude' is both mapped",
    'languages = ["de"]\n[labels]\nrude = "rude"': "Input should be 'toxic', 'obscene'",
    'languages = ["de"]\n[labels]\nrude = []': "labels.rude: Tuple should have at least 1 item",
    'languages = ["de"]\n[labels]\n': "labels: Dictionary should have at least 1 item",
    'languages = []\n[labels]\nrude = "toxic"': "languages: Tuple should have at least 1 item",
    'languages = ["German"]\n[labels]\nrude = "toxic"': "languages.0: String should match pattern",
    'languages = ["de"]\nlabel = 1\n[labels]\nrude = "toxic"': "label: Extra inputs",
    'languages = ["de"]\n[labels]\nrude = "toxic"\n[sentiment]\nok = "positive"': "nothing is mapped to negative",
    'languages = ["de"]\n[labels]\nrude = ["toxic"]\nok = "toxic"\nspam = "toxic"': "nothing is left to tell it from",
    "languages = [": "not TOML",
}


@pytest.mark.parametrize("text", WRONG_MAPS)
def test_a_wrong_label_map_is_refused(tmp_path: Path, text: str) -> None:
    """With the file, and what the checkpoint has."""
    (tmp_path / "labels.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"labels.toml: ") as refusal:
        resolve(
            load_label_map(tmp_path / "labels.toml"), tmp_path / "labels.toml", NAMES, "single_label_classification"
        )
    assert WRONG_MAPS[text] in str(refusal.value)


def test_what_the_outputs_are_must_be_known(tmp_path: Path) -> None:
    """Softmax or sigmoid: from the checkpoint or the map, and the map wins."""
    path = tmp_path / "labels.toml"
    path.write_text('languages = ["de"]\nignored = ["ok", "spam"]\n[labels]\nrude = "toxic"')
    file = load_label_map(path)
    for unclear in (None, "regression"):
        with pytest.raises(ConfigError, match="state problem_type = 'single_label'"):
            resolve(file, path, NAMES, unclear)
    assert not resolve(file, path, NAMES, "multi_label_classification").exclusive
    stated = file.model_copy(update={"problem_type": "single_label"})
    assert resolve(stated, path, NAMES, "multi_label_classification").exclusive


def test_too_few_rows_are_refused(tmp_path: Path) -> None:
    """A score that was calibrated on a handful of rows means nothing; each label that is short of them is named."""
    rows = [Row(f"text {number}", {"toxic": int(number < 19)}, number % 2, "own") for number in range(100)]
    label_map = replace(MAP, labels={Label.TOXIC: (0,), Label.SPAM: (1,)})
    with pytest.raises(ConfigError) as refusal:
        usable_rows(rows, label_map, tmp_path)
    toxic, spam = refusal.value.problems
    assert "label toxic: 19 positive and 81 negative rows" in toxic
    assert "label spam: 0 positive and 0 negative rows" in spam
    assert "more are from sources" not in toxic
    one_sided = [Row(f"text {number}", {"toxic": int(number >= 25)}, None, "own") for number in range(2600)]
    with pytest.raises(ConfigError, match=r"0 positive and 0 negative .*; 2600 more are from sources with over 98%"):
        usable_rows(one_sided, MAP, tmp_path)
    moods: dict[SentimentLabel, Columns] = dict.fromkeys(SentimentLabel, (0,))
    with pytest.raises(ConfigError, match="sentiment positive: 0 rows"):
        usable_rows(rows, replace(MAP, sentiment=moods), tmp_path)


def test_scores_that_fall_where_the_rate_rises_are_refused() -> None:
    """Most often two outputs that were exchanged in the map."""
    random = np.random.default_rng(0)
    logits = TextOutputs(random.normal(size=(200, len(LABELS))), np.zeros((200, 3)))
    rows = [Row(f"text {number}", {"toxic": int(logits.labels[number, 0] < 0)}, None, "own") for number in range(200)]
    with pytest.raises(ConfigError, match=r"label toxic: .* is the label map right"):
        calibrate_checkpoint(rows, logits, MAP)


class Stub(nn.Module):
    """The mean embedding of all tokens, padding among them where `blind`."""

    def __init__(self, *, blind: bool) -> None:
        super().__init__()
        self.embeddings = nn.Embedding(50, 2)
        self.blind = blind

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> SimpleNamespace:
        """The embeddings' two columns as logits."""
        kept = torch.ones_like(attention_mask) if self.blind else attention_mask
        weights = kept.unsqueeze(-1).to(torch.float32)
        return SimpleNamespace(logits=(self.embeddings(input_ids) * weights).sum(1) / weights.sum(1))


@pytest.mark.parametrize("blind", [False, True])
def test_a_model_that_reads_padding_is_refused(tmp_path: Path, *, blind: bool) -> None:
    """A text's scores would depend on what is beside it."""
    stub = Checkpoint(tmp_path, Stub(blind=blind), "stub", ("a", "b"), None, 0, 50, 100)
    if blind:
        with pytest.raises(ModelError, match="does not ignore padding"):
            export_checkpoint(stub, MAP, Reading(), tmp_path / "graph.onnx")
    else:
        assert export_checkpoint(stub, MAP, Reading(), tmp_path / "graph.onnx") < 1e-5


def test_several_outputs_become_one_label() -> None:
    """Sigmoid: the highest. Softmax: the odds of the sum; moods as they are; without moods, neutral."""
    logits = torch.tensor([[1.0, 3.0, -2.0]])

    def served(label_map: LabelMap) -> tuple[Tensor, Tensor]:
        class Fixed(nn.Module):
            def forward(self, input_ids: Tensor, attention_mask: Tensor) -> SimpleNamespace:
                return SimpleNamespace(logits=logits)

        ids = torch.ones(1, 2, dtype=torch.int64)
        outputs: tuple[Tensor, Tensor] = ServedClassifier(Fixed(), label_map)(ids, ids)
        return outputs

    labels, moods = served(replace(MAP, outputs=3))
    assert labels.tolist() == [[3.0] + [0.0] * 7]
    assert moods.softmax(1).tolist()[0] == pytest.approx([0.0, 1.0, 0.0], abs=1e-6)
    moods_map: dict[SentimentLabel, Columns] = {
        SentimentLabel.NEGATIVE: (2,),
        SentimentLabel.NEUTRAL: (0,),
        SentimentLabel.POSITIVE: (1,),
    }
    labels, moods = served(replace(MAP, outputs=3, exclusive=True, sentiment=moods_map))
    probabilities = logits.softmax(1)[0]
    assert labels[0, 0].sigmoid().item() == pytest.approx((probabilities[0] + probabilities[1]).item())
    assert moods.tolist() == [[-2.0, 1.0, 3.0]]
