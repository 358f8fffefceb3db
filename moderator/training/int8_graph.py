"""Rewrites of a graph that NNCF has quantized, into the forms that the execution providers run fast.

NNCF writes a weight or an activation x as DequantizeLinear(QuantizeLinear(x)): exact to read, for a compiler to lower.
"""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, numpy_helper
from onnx.helper import make_node, make_opsetid

CONTRIB = "com.microsoft"  # ONNX Runtime's own operators
SIGNED_TO_UNSIGNED = 128


class QuantizedGraph:
    """A graph in editing: which node makes and which nodes read a tensor, and the constants by name."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._graph = model.graph
        self._constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self._makers = {name: node for node in model.graph.node for name in node.output}
        self._readers: dict[str, list[NodeProto]] = defaultdict(list)
        for node in model.graph.node:
            for name in node.input:
                self._readers[name].append(node)
        self._replacements: dict[int, list[NodeProto]] = {}

    def nodes(self, kind: str) -> list[NodeProto]:
        """All nodes of one operator."""
        return [node for node in self._graph.node if node.op_type == kind]

    def constant(self, name: str) -> npt.NDArray[np.generic] | None:
        """The value of a constant tensor, None when it is computed."""
        return numpy_helper.to_array(self._constants[name]) if name in self._constants else None

    def add_constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """Add a constant, once for each name."""
        self._constants.setdefault(name, numpy_helper.from_array(value, name))
        return name

    def maker(self, tensor: str, kind: str) -> NodeProto | None:
        """The node that makes `tensor`, when it is of operator `kind`."""
        node = self._makers.get(tensor)
        return node if node is not None and node.op_type == kind else None

    def only_reader(self, tensor: str, kind: str) -> NodeProto | None:
        """The one node that reads `tensor`, when there is one alone and it is of operator `kind`."""
        readers = self._readers[tensor]
        return readers[0] if len(readers) == 1 and readers[0].op_type == kind else None

    def replace(self, node: NodeProto, *nodes: NodeProto) -> None:
        """Put `nodes` in the place of `node`; none of them: drop it."""
        self._replacements[id(node)] = list(nodes)

    def redirect(self, readers_of: str, tensor: str) -> None:
        """Let all who read the tensor `readers_of` read `tensor` instead."""
        for reader in self._readers[readers_of]:
            for position, name in enumerate(reader.input):
                if name == readers_of:
                    reader.input[position] = tensor

    def write(self) -> None:
        """Apply the replacements, and drop every node and constant that nothing reads any more."""
        nodes = [new for node in self._graph.node for new in self._replacements.get(id(node), [node])]
        wanted = {output.name for output in self._graph.output}
        kept: list[NodeProto] = []
        for node in reversed(nodes):  # the nodes are in order, so each reader is seen before its maker
            if wanted.intersection(node.output):
                kept.append(node)
                wanted.update(node.input)
        constants = [tensor for name, tensor in self._constants.items() if name in wanted]
        del self._graph.node[:], self._graph.initializer[:]
        self._graph.node.extend(reversed(kept))
        self._graph.initializer.extend(constants)


def look_up_int8_rows(model: onnx.ModelProto) -> None:
    """Look the embeddings up as int8 and scale what was found, rather than the whole table in each call.

    Otherwise ONNX Runtime spends 2 ms a call on it, and OpenVINO keeps the table a second time, in fp32 (42 MB).
    """
    graph = QuantizedGraph(model)
    for gather in graph.nodes("Gather"):
        table = graph.maker(gather.input[0], "DequantizeLinear")
        if table is None:
            continue
        rows, scales = graph.constant(table.input[0]), graph.constant(table.input[1])
        if rows is None or scales is None or scales.shape != rows.shape[:1]:
            continue  # no table with a scale a row, but activations, or a table of a row or two
        name, ids = gather.output[0], gather.input[1]
        last = graph.add_constant("last_axis", np.array([-1], dtype=np.int64))
        graph.replace(
            gather,
            make_node("Gather", [table.input[0], ids], [f"{name}_int8"]),
            make_node("Cast", [f"{name}_int8"], [f"{name}_unscaled"], to=onnx.TensorProto.FLOAT),
            make_node("Gather", [table.input[1], ids], [f"{name}_scale"]),
            make_node("Unsqueeze", [f"{name}_scale", last], [f"{name}_row_scale"]),
            make_node("Mul", [f"{name}_unscaled", f"{name}_row_scale"], [name]),
        )
    graph.write()


def multiply_integers(model: onnx.ModelProto) -> None:
    """Make each product with an int8 weight ONNX Runtime's integer product, with its bias.

    The activations keep NNCF's fixed ranges. They are quantized to uint8, for which the kernels are written: the same
    values, 128 up.
    """
    graph = QuantizedGraph(model)
    for product in graph.nodes("MatMul"):
        activation = graph.maker(product.input[0], "DequantizeLinear")
        weight = graph.maker(product.input[1], "DequantizeLinear")
        if activation is None or weight is None or graph.constant(weight.input[0]) is None:
            continue
        quantized = graph.maker(activation.input[0], "QuantizeLinear")
        zero = graph.constant(activation.input[2])
        if quantized is None or zero is None:
            continue
        unsigned = f"{quantized.output[0]}_unsigned"
        zero_name = f"{unsigned}_zero"
        shifted = np.array(int(zero.item()) + SIGNED_TO_UNSIGNED, dtype=np.uint8)
        graph.add_constant(zero_name, shifted)
        graph.replace(
            quantized, make_node("QuantizeLinear", [quantized.input[0], quantized.input[1], zero_name], [unsigned])
        )
        inputs = [unsigned, weight.input[0], activation.input[1], weight.input[1], zero_name, weight.input[2]]
        output = product.output[0]
        bias = graph.only_reader(output, "Add")
        constants = [] if bias is None else [name for name in bias.input if graph.constant(name) is not None]
        if bias is not None and constants:
            inputs.append(constants[0])
            output = bias.output[0]
            graph.replace(bias)
        graph.replace(product, make_node("MatMulIntegerToFloat", inputs, [output], domain=CONTRIB))
    graph.write()
    model.opset_import.append(make_opsetid(CONTRIB, 1))


def drop_idle_rounding(model: onnx.ModelProto) -> None:
    """Take out the rounding of activations that no integer product reads: queries and keys, multiplied in fp32 here."""
    graph = QuantizedGraph(model)
    for restored in graph.nodes("DequantizeLinear"):
        rounded = graph.maker(restored.input[0], "QuantizeLinear")
        if rounded is not None:
            graph.redirect(restored.output[0], rounded.input[0])
    graph.write()
