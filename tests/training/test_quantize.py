"""Both int8 variants say nearly what fp32 says, whatever runs beside a text."""

import os
from pathlib import Path

import numpy as np
import onnx
import pytest

from moderator.errors import ConfigError
from moderator.inference.manifest import Variant
from moderator.training.layout import CPU_INT8, OPENVINO_INT8
from moderator.training.quantize import quantize, range_batches
from moderator.training.score import FP32_VARIANT, INT8_VARIANTS, classifier, draft, score, score_logits
from tests.training.tiny import written_rows

TEXTS = [row.text for row in written_rows(90)]
VARIANTS = pytest.mark.parametrize("variant", INT8_VARIANTS.values(), ids=INT8_VARIANTS)


@VARIANTS
def test_scores_do_not_depend_on_the_batch(quantized: Path, variant: Variant) -> None:
    """A record that is read again, among others, gets the verdict that it got before."""
    with classifier(draft(quantized, variant), variant.provider) as model:
        together = score(model, TEXTS, "all")
        alone = [score(model, [text], "one").labels[0] for text in TEXTS[:20]]
    assert np.abs(together.labels[:20] - np.array(alone)).max() < 1e-5


@VARIANTS
def test_int8_is_near_fp32(quantized: Path, variant: Variant) -> None:
    """Its mean difference is a few thousandths, and it is a difference: it is not the fp32 graph under another name."""
    with classifier(draft(quantized, FP32_VARIANT), FP32_VARIANT.provider) as model:
        wanted = score(model, TEXTS, "fp32")
    with classifier(draft(quantized, variant), variant.provider) as model:
        found = score(model, TEXTS, "int8")
    assert 0 < np.abs(found.labels - wanted.labels).mean() < 0.02
    assert 0 < np.abs(found.sentiment - wanted.sentiment).mean() < 0.02


def test_the_cpu_variant_multiplies_integers(quantized: Path) -> None:
    """Every product with a weight in the encoder; none is left as a product of restored fp32 values."""
    graph = onnx.load(quantized / CPU_INT8).graph
    kinds = [node.op_type for node in graph.node]
    assert kinds.count("MatMulIntegerToFloat") == 2 * 6  # query, key, value, output, up, down of each layer
    makers = {name: node.op_type for node in graph.node for name in node.output}
    assert not [n for n in graph.node if n.op_type == "MatMul" and makers.get(n.input[1]) == "DequantizeLinear"]


def test_sums_of_products_cannot_overflow_on_older_processors(quantized: Path) -> None:
    """Two products of an unsigned byte and a seven-bit weight fit into the 16 bits that they are added in there."""
    graph = onnx.load(quantized / CPU_INT8).graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "MatMulIntegerToFloat":
            weights = onnx.numpy_helper.to_array(constants[node.input[1]]).astype(np.int64)
            assert 2 * 255 * np.abs(weights).max() < 2**15


@pytest.mark.parametrize("name", [OPENVINO_INT8, CPU_INT8])
def test_the_embedding_table_is_int8_and_is_not_restored_whole(quantized: Path, name: str) -> None:
    """Rows are looked up first, then scaled."""
    graph = onnx.load(quantized / name).graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    tables = [
        n for n in graph.node if n.op_type == "Gather" and constants[n.input[0]].data_type == onnx.TensorProto.INT8
    ]
    assert len(tables) == 1
    largest_fp32 = max(np.prod(t.dims) for t in constants.values() if t.data_type == onnx.TensorProto.FLOAT)
    assert largest_fp32 <= 512 * 32  # the positions


@pytest.mark.parametrize("name", [OPENVINO_INT8, CPU_INT8])
def test_no_trace_of_the_machine(quantized: Path, name: str) -> None:
    """No paths and no names of tools in a published file."""
    content = (quantized / name).read_bytes()
    for trace in (os.fsencode(Path.cwd()), b"site-packages", b"pytorch", b"nncf_version"):
        assert trace not in content


def test_ranges_are_taken_from_batches_of_like_length(quantized: Path) -> None:
    """Little padding, the same draw every time."""
    batches = range_batches(TEXTS, quantized / "tokenizer.json")
    lengths = [batch["input_ids"].shape[1] for batch in batches]
    assert lengths == sorted(lengths)
    assert sum(len(batch["input_ids"]) for batch in batches) == len(TEXTS)
    again = range_batches(TEXTS, quantized / "tokenizer.json")
    assert all(np.array_equal(a["input_ids"], b["input_ids"]) for a, b in zip(batches, again, strict=True))


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    """With the step that writes it."""
    with pytest.raises(ConfigError, match="run the export step first"):
        quantize(tmp_path, TEXTS)


def test_logits_of_long_texts_are_joined_as_scores_are(quantized: Path) -> None:
    """Labels by the maximum over windows: the calibrated maximum is the maximum of the calibrated."""
    texts = [" ".join(["good"] * 300 + ["fool"]), "fool"]
    with classifier(draft(quantized, FP32_VARIANT), FP32_VARIANT.provider) as model:
        logits, scores = score_logits(model, texts, "logits"), score(model, texts, "scores")
    assert np.allclose(1 / (1 + np.exp(-logits.labels)), scores.labels, atol=1e-5)
