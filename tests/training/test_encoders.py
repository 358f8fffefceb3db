"""Pretrained encoders are those that a recipe was written for, whatever a registry sends."""

from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from moderator.errors import ConfigError
from moderator.training.encoders import bert_weights, encoder_directory, require_sha256


def test_matrices_find_their_names_again() -> None:
    """An exporter leaves names on biases alone; each product's matrix is turned back and named after its bias."""
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
    bias = np.ones(3, dtype=np.float32)
    positions = np.arange(4, dtype=np.int64)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["hidden", "constant_7"], ["product"]),
            helper.make_node("Add", ["encoder.layer.0.output.dense.bias", "product"], ["sum"]),
        ],
        "bert",
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, 2])],
        [helper.make_tensor_value_info("sum", TensorProto.FLOAT, [1, 3])],
        [
            numpy_helper.from_array(matrix, "constant_7"),
            numpy_helper.from_array(bias, "encoder.layer.0.output.dense.bias"),
            numpy_helper.from_array(positions, "embeddings.position_ids"),
        ],
    )
    weights = bert_weights(helper.make_model(graph))
    assert set(weights) == {"encoder.layer.0.output.dense.bias", "encoder.layer.0.output.dense.weight"}
    assert np.array_equal(weights["encoder.layer.0.output.dense.weight"], matrix.T)


def test_an_encoder_that_nobody_knows_is_refused() -> None:
    """With the names of those there are."""
    with pytest.raises(ConfigError, match=r"encoder 'none': no such directory, and none of all-minilm-l6-v2, bge"):
        encoder_directory("none")


def test_a_directory_of_ones_own_is_taken(encoder: Path) -> None:
    """A team may bring its encoder."""
    assert encoder_directory(str(encoder)) == encoder


def test_another_file_under_the_same_name_is_refused(tmp_path: Path) -> None:
    """A registry's file may change; a model must not change with it unseen."""
    changed = tmp_path / "model.safetensors"
    changed.write_bytes(b"other")
    with pytest.raises(ConfigError, match="not the file that recipes were written for"):
        require_sha256(changed, "0" * 64)
    with pytest.raises(ConfigError, match="no such file"):
        require_sha256(tmp_path / "none", "0" * 64)
