"""A quantized graph of one window a row to one of several windows a row, which do not see each other.

`attention_mask` gives way to `segment_ids`, which window of its row each token belongs to (1, 2, ..; 0 is padding), and
`position_ids`, its place in that window. The weights stay as they are to the byte.
"""

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, TensorProto
from onnx.helper import make_node, make_tensor_value_info

from moderator.errors import ConfigError
from moderator.inference.packer import INPUTS, WINDOWS_A_ROW
from moderator.training.int8_graph import QuantizedGraph

PADDED_MASK = "attention_mask"
APART = -10_000.0  # what the padded graph adds to the attention to padding: its exponential is zero
QUERIES, KEYS = "segments_of_queries", "segments_of_keys"


def pack_windows(model: onnx.ModelProto) -> None:
    """Rewrite a graph that `export` and NNCF have made. Its outputs become [rows x WINDOWS_A_ROW, ..]: the first row's
    windows, those of the second, and so on; what stands where a row has no window means nothing.

    Raises ConfigError when it is no such graph.
    """
    graph = QuantizedGraph(model)
    _look_up_positions(graph)
    _keep_windows_apart(graph)
    _average_each_window(graph)
    graph.redirect(PADDED_MASK, INPUTS[0])  # what is left of it asks for its shape
    graph.write()
    del model.graph.input[:]
    model.graph.input.extend(make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"]) for name in INPUTS)
    for output in model.graph.output:
        output.type.tensor_type.shape.dim[0].dim_param = "windows"


def _look_up_positions(graph: QuantizedGraph) -> None:
    """In place of the first so many of the table."""
    found = [node for node in graph.nodes("Slice") if graph.constant(node.input[0]) is not None]
    places = _only(found, "slice of the table of positions")
    graph.replace(places, make_node("Gather", [places.input[0], "position_ids"], list(places.output)))


def _keep_windows_apart(graph: QuantizedGraph) -> None:
    """A token attends to those of its own window. The mask is chosen, not computed: OpenVINO rounds more coarsely in an
    attention whose mask comes from arithmetic (twice the difference from ONNX Runtime's scores).
    """
    found = [
        node
        for node in graph.nodes("Mul")
        if any(
            (value := graph.constant(name)) is not None and value.size == 1 and value == APART for name in node.input
        )
    ]
    mask = _only(found, f"mask of {APART:,.0f}")
    rows, columns = _axis(graph, 2), _axis(graph, 1)
    graph.replace(
        mask,
        make_node("Unsqueeze", ["segment_ids", rows], [QUERIES]),
        make_node("Unsqueeze", ["segment_ids", columns], [KEYS]),
        make_node("Equal", [QUERIES, KEYS], ["together"]),
        make_node("Unsqueeze", ["together", columns], ["together_in_heads"]),
        make_node("Where", ["together_in_heads", _number(graph, 0.0), _number(graph, APART)], list(mask.output)),
    )


def _average_each_window(graph: QuantizedGraph) -> None:
    """The mean over a window's tokens, for each place of a row, in place of the mean over a row."""
    mean = _only([node for node in graph.nodes("Div") if graph.maker(node.input[1], "Clip")], "mean over tokens")
    total = graph.maker(mean.input[0], "ReduceSum")
    weighted = graph.maker(total.input[0], "Mul") if total else None
    makers = [graph.maker(name, "LayerNormalization") for name in weighted.input] if weighted else []
    last = _only([maker for maker in makers if maker is not None], "last layer under the mean")
    (width,) = _constant(graph, last.input[1], "scale of the last layer").shape
    places = np.arange(1, WINDOWS_A_ROW + 1, dtype=np.int64)[:, None]
    flat = np.array([-1, width], dtype=np.int64)
    graph.replace(
        mean,
        make_node("Equal", [KEYS, graph.add_constant("places", places)], ["belongs"]),
        make_node("Cast", ["belongs"], ["weights"], to=TensorProto.FLOAT),
        make_node("MatMul", ["weights", last.output[0]], ["totals"]),
        make_node("ReduceSum", ["weights", _axis(graph, 2)], ["counts"], keepdims=1),
        make_node("Clip", ["counts", _number(graph, 1.0)], ["divisors"]),  # a place without a window has no tokens
        make_node("Div", ["totals", "divisors"], ["means"]),
        make_node("Reshape", ["means", graph.add_constant("rows_of_means", flat)], list(mean.output)),
    )


def _only(found: list[NodeProto], what: str) -> NodeProto:
    if len(found) != 1:
        raise ConfigError([f"the graph cannot be packed: {what}: {len(found)} found, 1 expected"])
    return found[0]


def _constant(graph: QuantizedGraph, name: str, what: str) -> npt.NDArray[np.generic]:
    value = graph.constant(name)
    if value is None:
        raise ConfigError([f"the graph cannot be packed: {what}: computed, a constant expected"])
    return value


def _axis(graph: QuantizedGraph, axis: int) -> str:
    return graph.add_constant(f"axis_{axis}", np.array([axis], dtype=np.int64))


def _number(graph: QuantizedGraph, value: float) -> str:
    return graph.add_constant(f"number_{value:.0f}", np.array(value, dtype=np.float32))
