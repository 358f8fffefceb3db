"""Averaged weights to an fp32 ONNX graph that is proven to compute what torch computes."""

import copy
import logging
import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.training.encoder import MultiTaskEncoder
from moderator.training.onnx_file import save_graph

OPSET = 18
MASKED = -10000.0  # added to the attention scores of padding; float32's lowest value would ruin an int8 range
TOLERANCE = 1e-4  # largest allowed difference of a logit between ONNX Runtime and torch
PROVEN_SHAPES = ((1, 2), (1, 7), (3, 16), (8, 40), (2, 128))  # (batch, tokens)


class Gelu(nn.Module):
    """x times the normal distribution's cumulative function (Hendrycks and Gimpel 2016), the half taken last: ONNX
    Runtime and OpenVINO fuse this order into one operator, but not the one that the exporter writes for torch's own.
    """

    def forward(self, hidden: Tensor) -> Tensor:
        """The same shape as `hidden`."""
        return hidden * (torch.erf(hidden / math.sqrt(2.0)) + 1.0) * 0.5


class ServingEncoder(nn.Module):
    """The encoder as it is served: one segment, so token types are folded into the positions; an additive mask."""

    positions: Tensor
    words: nn.Module
    norm: nn.Module

    def __init__(self, model: MultiTaskEncoder) -> None:
        super().__init__()
        backbone: Any = copy.deepcopy(model.backbone)
        embeddings = backbone.embeddings
        self.words = embeddings.word_embeddings
        positions = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self.register_buffer("positions", positions.detach())
        self.norm = embeddings.LayerNorm
        self.encoder: Any = backbone.encoder
        for layer in backbone.encoder.layer:
            layer.intermediate.intermediate_act_fn = Gelu()
        self.label_head = model.label_head
        self.sentiment_head = model.sentiment_head

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Label logits [batch, 8] and sentiment logits [batch, 3] for int64 [batch, tokens] inputs."""
        hidden = self.norm(self.words(input_ids) + self.positions[: input_ids.shape[1]])
        kept = attention_mask.to(hidden.dtype)
        hidden = self.encoder(hidden, attention_mask=(1.0 - kept)[:, None, None, :] * MASKED).last_hidden_state
        weights = kept.unsqueeze(-1)
        pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        return self.label_head(pooled), self.sentiment_head(pooled)


def load_weights(weights: Path, encoder: Path) -> MultiTaskEncoder:
    """The trained model, ready to score. Raises ConfigError when `weights` are missing or of another model."""
    if not weights.is_file():
        raise ConfigError([f"{weights}: no such file; run the train step first"])
    model = MultiTaskEncoder.from_pretrained(encoder)
    try:
        model.load_state_dict(load_file(weights))
    except RuntimeError as error:
        raise ConfigError([f"{weights}: not weights of this model: {str(error).splitlines()[0]}"]) from None
    config: Any = model.backbone.config
    config._attn_implementation = "eager"  # noqa: SLF001  plain matrix products: what quantizers know
    return model.eval()


def export(weights: Path, encoder: Path, out: Path) -> float:
    """Write `weights` as fp32 ONNX to `out`; return the largest difference of a logit from torch.

    Raises ConfigError when the graph does not reproduce torch within 1e-4.
    """
    model = load_weights(weights, encoder)
    write_graph(ServingEncoder(model).eval(), out)
    difference = largest_difference(model, out, PROVEN_SHAPES)
    if not difference < TOLERANCE:
        raise ConfigError([f"{out}: a logit differs from torch by {difference:.2g}, allowed is {TOLERANCE}"])
    return difference


def write_graph(model: nn.Module, out: Path, longest: int = 512) -> None:
    """Write `model`, which maps input_ids and attention_mask to labels and sentiment, as ONNX for batches of any size
    and windows of at most `longest` tokens. Raises whatever the exporter raises; ConfigError when it returns nothing.
    """
    example = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64))
    shape = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens", max=longest)}
    for name in ("torch.onnx", "onnxscript"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # notes of the exporter on its own deprecations
        program = torch.onnx.export(
            model,
            example,
            input_names=["input_ids", "attention_mask"],
            output_names=["labels", "sentiment"],
            dynamic_shapes=(shape, shape),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    if program is None:
        raise ConfigError([f"{out}: the exporter returned no graph"])
    save_graph(program.model_proto, out)


def largest_difference(model: MultiTaskEncoder, onnx_file: Path, shapes: Sequence[tuple[int, int]]) -> float:
    """Largest difference of a logit between `model` and `onnx_file` over random batches of `shapes`, part padding."""
    session = onnxruntime.InferenceSession(str(onnx_file), providers=["CPUExecutionProvider"])
    config: Any = model.backbone.config
    random = np.random.default_rng(0)
    largest = 0.0
    for batch, tokens in shapes:
        ids = random.integers(0, config.vocab_size, (batch, tokens))
        mask = (np.arange(tokens) < random.integers(1, tokens + 1, (batch, 1))).astype(np.int64)
        with torch.no_grad():
            wanted = model(torch.from_numpy(ids), torch.from_numpy(mask))
        found = session.run(["labels", "sentiment"], {"input_ids": ids, "attention_mask": mask})
        if found[0].shape != (batch, len(LABELS)):
            raise ConfigError([f"{onnx_file}: label logits of shape {found[0].shape}"])
        differences = (np.abs(a - b.numpy()).max() for a, b in zip(found, wanted, strict=True))
        largest = max(largest, *map(float, differences))
    return largest
