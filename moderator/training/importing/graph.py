"""A checkpoint to the graph that the service runs, proven to compute what the checkpoint computes in torch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from transformers.activations import GELUActivation

from moderator.contracts.labels import LABELS, SENTIMENTS, SentimentLabel
from moderator.errors import ModelError
from moderator.training.export import MASKED, Gelu, write_graph
from moderator.training.importing.checkpoint import Checkpoint, first_line
from moderator.training.importing.label_map import Columns, LabelMap
from moderator.training.layout import Reading
from moderator.training.onnx_file import save_graph

CERTAIN = 30.0  # the logit of neutral beside zeros where moods are not trained: its score is 1 to the last digit
TOLERANCE = 1e-3  # largest allowed difference of a logit: it moves a score by .00025 at most
PROVEN_ROWS = (1, 3, 8)
LOWEST = -1e30  # what is below stands for minus infinity


class ServedClassifier(nn.Module):
    """The checkpoint with its outputs in the service's order.

    A label with several of the checkpoint's outputs takes the highest of their logits where each holds by itself. Where
    exactly one class holds, their probabilities add up, and the label's logit is the logarithm of the odds of that sum:
    log(p / (1 - p)), so that Platt scaling fits it as it fits a sigmoid's.
    """

    def __init__(self, checkpoint: nn.Module, label_map: LabelMap) -> None:
        super().__init__()
        self.checkpoint = checkpoint
        self.label_map = label_map

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Label logits [batch, 8] and sentiment logits [batch, 3] for int64 [batch, tokens] inputs."""
        logits: Tensor = self.checkpoint(input_ids=input_ids, attention_mask=attention_mask).logits
        nothing = torch.zeros_like(logits[:, 0])
        chosen = self.label_map.labels
        labels = [self._label(logits, chosen[label]) if label in chosen else nothing for label in LABELS]
        return torch.stack(labels, dim=1), torch.stack(self._sentiment(logits, nothing), dim=1)

    def _label(self, logits: Tensor, columns: Columns) -> Tensor:
        if not self.label_map.exclusive:
            return _highest(logits, columns)
        others = tuple(column for column in range(self.label_map.outputs) if column not in columns)
        return _together(logits, columns) - _together(logits, others)

    def _sentiment(self, logits: Tensor, nothing: Tensor) -> list[Tensor]:
        chosen = self.label_map.sentiment
        if not chosen:
            return [nothing + CERTAIN * (mood == SentimentLabel.NEUTRAL) for mood in SENTIMENTS]
        join = _together if self.label_map.exclusive else _highest
        return [join(logits, chosen[mood]) for mood in SENTIMENTS]


def _highest(logits: Tensor, columns: Columns) -> Tensor:
    result = logits[:, columns[0]]
    for column in columns[1:]:
        result = torch.maximum(result, logits[:, column])
    return result


def _together(logits: Tensor, columns: Columns) -> Tensor:
    """The logarithm of the sum of the exponentials, one column after the other."""
    result = logits[:, columns[0]]
    for column in columns[1:]:
        result = torch.logaddexp(result, logits[:, column])
    return result


def export_checkpoint(checkpoint: Checkpoint, label_map: LabelMap, reading: Reading, out: Path) -> float:
    """Write the fp32 graph to `out`; return the largest difference of a logit from torch.

    Raises ModelError when the architecture cannot be exported, or its graph does not reproduce torch.
    """
    served = ServedClassifier(checkpoint.model, label_map).eval()
    _use_plain_gelu(checkpoint.model)
    try:
        write_graph(served, out, reading.window_tokens)
        _bound_masks(out)
        difference = largest_difference(served, out, checkpoint.vocabulary, reading)
    except Exception as error:  # noqa: BLE001  the exporter and ONNX Runtime raise what they like
        raise ModelError(
            [f"{checkpoint.directory}: {checkpoint.architecture} cannot be exported to ONNX: {first_line(error)}"]
        ) from None
    if not difference <= TOLERANCE:
        problem = (
            f"in batches, a logit of the ONNX graph is {difference:.2g} from what torch says of the text alone, allowed"
            f" is {TOLERANCE}: the architecture does not ignore padding, or its export is wrong"
        )
        raise ModelError([f"{checkpoint.directory}: {problem}"])
    return difference


def largest_difference(model: nn.Module, onnx_file: Path, vocabulary: int, reading: Reading) -> float:
    """Largest difference of a logit between `onnx_file` on random padded batches and `model` on each row alone.

    Rows alone have no padding, so this also proves that padding changes nothing.
    """
    session = onnxruntime.InferenceSession(str(onnx_file), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    largest = 0.0
    for rows, tokens in zip(PROVEN_ROWS, _lengths(reading.window_tokens), strict=True):
        lengths = random.integers(2, tokens + 1, rows)
        lengths[0] = tokens
        ids = random.integers(0, vocabulary, (rows, tokens))
        ids[ids == reading.padding_id] = reading.padding_id + 1 if reading.padding_id + 1 < vocabulary else 0
        mask = (np.arange(tokens) < lengths[:, None]).astype(np.int64)
        ids[mask == 0] = reading.padding_id
        found = session.run(["labels", "sentiment"], {"input_ids": ids, "attention_mask": mask})
        for row, length in enumerate(lengths):
            wanted = _alone(model, ids[row : row + 1, :length])
            differences = (np.abs(a[row] - b[0]).max() for a, b in zip(found, wanted, strict=True))
            largest = max(largest, *map(float, differences))
    return largest


def _lengths(window: int) -> Sequence[int]:
    """The service's shortest window, one of no round length, and the longest."""
    return (min(8, window), max(3, window // 3 - 1), window)


def _alone(model: nn.Module, ids: npt.NDArray[np.int64]) -> list[npt.NDArray[np.float32]]:
    with torch.no_grad():
        outputs = model(torch.from_numpy(ids), torch.ones(ids.shape, dtype=torch.int64))
    return [output.numpy() for output in outputs]


def _use_plain_gelu(model: nn.Module) -> None:
    for parent in list(model.modules()):
        for name, child in parent.named_children():
            if isinstance(child, GELUActivation):
                setattr(parent, name, Gelu())


def _bound_masks(path: Path) -> None:
    """Let what is added to the scores of padding be -10,000 in place of float32's lowest value: it would ruin an int8
    range, and the exponential of either is zero.
    """
    graph = onnx.load(path)
    for tensor in graph.graph.initializer:
        if tensor.data_type != onnx.TensorProto.FLOAT:
            continue
        value = numpy_helper.to_array(tensor)
        if value.size and value.min() < LOWEST:
            bounded = np.where(value < LOWEST, np.float32(MASKED), value).astype(np.float32)
            tensor.CopyFrom(numpy_helper.from_array(bounded, tensor.name))
    save_graph(graph, path)
