"""The network: a BERT encoder, pooling, one linear head for the labels and one for sentiment."""

from pathlib import Path
from typing import Any

import torch
import transformers
from torch import Tensor, nn
from transformers import AutoModel

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.training.recipe import Pooling

HEAD_RATE = 5.0  # heads start from nothing and learn this many times as fast as the encoder, which starts from a lot


class MultiTaskEncoder(nn.Module):
    """Token ids to label logits and sentiment logits in one pass."""

    def __init__(self, backbone: nn.Module, hidden_size: int, pooling: Pooling = "mean") -> None:
        super().__init__()
        self.backbone = backbone
        self.pooling = pooling
        self.label_head = nn.Linear(hidden_size, len(LABELS))
        self.sentiment_head = nn.Linear(hidden_size, len(SENTIMENTS))

    @classmethod
    def from_pretrained(cls, directory: Path, dropout: float = 0.0, pooling: Pooling = "mean") -> "MultiTaskEncoder":
        """Build it on the encoder in `directory` (safetensors only, nothing is fetched)."""
        notes: Any = transformers.utils.logging
        notes.set_verbosity_error()  # its load report complains of the pooling layer, which is left out on purpose
        notes.disable_progress_bar()
        backbone: Any = AutoModel.from_pretrained(
            directory,
            local_files_only=True,
            use_safetensors=True,
            add_pooling_layer=False,
            attn_implementation="eager",  # torch's fused attention takes half of a bf16 step on CPU for its gradient
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
        )
        return cls(backbone, backbone.config.hidden_size, pooling)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return label logits [batch, 8] and sentiment logits [batch, 3] for int64 [batch, tokens] inputs."""
        hidden = self.backbone(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        if self.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        return self.label_head(pooled), self.sentiment_head(pooled)

    def start_from_rates(self, rates: Tensor) -> None:
        """Set the label biases to the labels' base `rates` [8], so that the first steps do not have to learn them."""
        with torch.no_grad():
            self.label_head.bias.copy_(torch.logit(rates.clamp(0.001, 0.9)))

    def parameter_groups(self, learning_rate: float, layer_decay: float, weight_decay: float) -> list[dict[str, Any]]:
        """Optimizer groups: each encoder layer learns `layer_decay` times as fast as the one above it; no decay on
        biases and norms.
        """
        depth = int(getattr(self.backbone, "config").num_hidden_layers)  # noqa: B009  nn.Module types attributes as Tensor
        groups: list[dict[str, Any]] = []
        for name, parameter in self.named_parameters():
            if name.startswith("backbone.embeddings"):
                steps_below_head = depth + 1
            elif name.startswith("backbone.encoder.layer."):
                steps_below_head = depth - int(name.split(".")[3])
            else:
                steps_below_head = 0
            groups.append(
                {
                    "params": [parameter],
                    "lr": learning_rate * layer_decay**steps_below_head * (1.0 if steps_below_head else HEAD_RATE),
                    "weight_decay": 0.0 if parameter.ndim < 2 else weight_decay,
                }
            )
        return groups
