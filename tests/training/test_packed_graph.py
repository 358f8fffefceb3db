"""A graph of several windows a row says of each what the graph of one window a row says of it alone."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest

from moderator.errors import ConfigError
from moderator.inference.batch import Batch
from moderator.inference.packer import INPUTS, WINDOWS_A_ROW, Packer
from moderator.inference.session import CPU
from moderator.training.export import MASKED
from moderator.training.layout import FP32, OPENVINO_INT8
from moderator.training.packed_graph import pack_windows

Logits = list[npt.NDArray[np.float32]]

# Of the tiny encoder's vocabulary: a start, some words, an end. Row by row of the batch.
WINDOWS = [[2, *range(10, 10 + words), 3] for words in (6, 0, 17, 1, 30, 4)]
BATCH = Batch(48, ((0, 1, 2, 3), (4,), (5,)))


def run(graph: onnx.ModelProto, feed: dict[str, npt.NDArray[np.int64]]) -> Logits:
    """Label and sentiment logits, from the CPU provider."""
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=[CPU])
    labels, sentiment = session.run(["labels", "sentiment"], feed)
    return [labels, sentiment]


def alone(graph: onnx.ModelProto, window: Sequence[int]) -> Logits:
    """What the padded graph says of a window that nothing is beside."""
    ids = np.array([window], dtype=np.int64)
    return run(graph, {"input_ids": ids, "attention_mask": np.ones_like(ids)})


def weights(graph: onnx.ModelProto) -> Counter[bytes]:
    """All that has been learnt: every constant that is no scalar and no shape."""
    return Counter(tensor.raw_data for tensor in graph.graph.initializer if np.prod(tensor.dims) > 8)


@pytest.fixture(scope="module")
def padded(exported: Path) -> onnx.ModelProto:
    """As it was exported; in fp32, so that what it says of a window is exact."""
    return onnx.load(exported / FP32)


@pytest.fixture(scope="module")
def packed(padded: onnx.ModelProto) -> onnx.ModelProto:
    """Made of it."""
    graph = onnx.ModelProto()
    graph.CopyFrom(padded)
    pack_windows(graph)
    return graph


def test_windows_of_a_row_do_not_see_each_other(padded: onnx.ModelProto, packed: onnx.ModelProto) -> None:
    """Nor padding: each gets the logits that it gets alone, wherever in its row it stands."""
    packer = Packer(256, 128, threads=1)
    found = run(packed, packer.feed(BATCH, WINDOWS))
    answers = packer.answers(BATCH)
    assert {len(head) for head in found} == {len(BATCH.rows) * WINDOWS_A_ROW}
    for window, answer in zip(BATCH.windows, answers, strict=True):
        for head, expected in zip(found, alone(padded, WINDOWS[window]), strict=True):
            assert head[answer] == pytest.approx(expected[0], abs=1e-5)
    assert len({head.tobytes() for head in found[0][answers]}) == len(WINDOWS)  # the model tells them apart


def test_a_place_without_a_window_is_answered_with_numbers(packed: onnx.ModelProto) -> None:
    """No division by its count of tokens: a warning in each call, or a number that is none, would hide a real one."""
    packer = Packer(256, 128, threads=1)
    labels, sentiment = run(packed, packer.feed(BATCH, WINDOWS))
    assert np.isfinite(labels).all()
    assert np.isfinite(sentiment).all()


def test_the_weights_stay_as_they_are(padded: onnx.ModelProto, packed: onnx.ModelProto) -> None:
    """To the byte; only the inputs are others."""
    assert weights(padded) <= weights(packed)
    assert tuple(given.name for given in packed.graph.input) == INPUTS
    onnx.checker.check_model(packed, full_check=True)


def test_the_variant_for_openvino_is_packed(quantized: Path) -> None:
    """What `quantize` writes for it."""
    graph = onnx.load(quantized / OPENVINO_INT8).graph
    assert tuple(given.name for given in graph.input) == INPUTS


def test_a_graph_without_a_mask_is_refused(padded: onnx.ModelProto) -> None:
    """Its windows could not be kept apart."""
    other = onnx.ModelProto()
    other.CopyFrom(padded)
    for tensor in other.graph.initializer:
        if np.prod(tensor.dims) == 1 and onnx.numpy_helper.to_array(tensor) == MASKED:
            tensor.CopyFrom(onnx.numpy_helper.from_array(np.array(-1.0, dtype=np.float32), tensor.name))
    with pytest.raises(ConfigError) as refusal:
        pack_windows(other)
    (problem,) = refusal.value.problems
    assert problem == "the graph cannot be packed: mask of -10,000: 0 found, 1 expected"
