"""ONNX files whose bytes depend on the computation alone."""

from pathlib import Path

import onnx


def save_graph(model: onnx.ModelProto, path: Path) -> None:
    """Write `model` without what it says besides its computation: traces of source files, exporter notes, shapes.

    Equal weights then give equal bytes on any machine.
    """
    model.producer_name = model.producer_version = model.doc_string = ""
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    model.graph.doc_string = ""
    model.graph.name = "moderator"
    for part in (*model.graph.node, *model.graph.initializer, *model.graph.input, *model.graph.output):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, path)
