"""The graph computes what was trained, and says nothing of the machine it was made on."""

import os
from pathlib import Path

import onnx
import pytest
from safetensors.torch import load_file, save_file

from moderator.errors import ConfigError
from moderator.training.export import export, largest_difference, load_weights
from moderator.training.layout import FP32


def test_the_graph_reproduces_torch(exported: Path, encoder: Path) -> None:
    """Over batches of other shapes than the one it was exported with, padding among them."""
    model = load_weights(exported / "model.safetensors", encoder)
    assert largest_difference(model, exported / FP32, [(1, 1), (5, 33), (2, 300)]) < 1e-4


def test_a_graph_of_other_weights_is_told_apart(exported: Path, encoder: Path, tmp_path: Path) -> None:
    """The proof can fail: otherwise it would prove nothing."""
    weights = load_file(exported / "model.safetensors")
    weights["label_head.bias"] = weights["label_head.bias"] + 0.01
    save_file(weights, tmp_path / "other.safetensors")
    other = load_weights(tmp_path / "other.safetensors", encoder)
    assert largest_difference(other, exported / FP32, [(2, 8)]) == pytest.approx(0.01, rel=0.01)


def test_equal_weights_give_equal_bytes_without_traces(exported: Path, encoder: Path, tmp_path: Path) -> None:
    """No paths, no exporter's notes: the file's checksum stands for the model alone."""
    export(exported / "model.safetensors", encoder, tmp_path / "again.onnx")
    content = (exported / FP32).read_bytes()
    assert (tmp_path / "again.onnx").read_bytes() == content
    for trace in (os.fsencode(Path.cwd()), b"site-packages", b".py", b"pytorch", b"torch."):
        assert trace not in content
    assert onnx.load(exported / FP32).producer_name == ""


def test_missing_and_foreign_weights_are_refused(encoder: Path, tmp_path: Path) -> None:
    """The message says what to do, or what does not fit."""
    with pytest.raises(ConfigError, match="run the train step first"):
        load_weights(tmp_path / "none.safetensors", encoder)
    foreign = tmp_path / "foreign.safetensors"
    save_file({"label_head.bias": load_file(encoder / "model.safetensors")["embeddings.LayerNorm.bias"]}, foreign)
    with pytest.raises(ConfigError, match="not weights of this model"):
        load_weights(foreign, encoder)
