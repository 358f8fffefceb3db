"""One training run: masked multi-task losses, layer-wise learning rates, averaged weights, resumable."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.training.batches import TrainingBatch, encode, epochs, to_tensors
from moderator.training.checkpoint import Checkpoint
from moderator.training.encoder import MultiTaskEncoder
from moderator.training.layout import RUN_LOG, WEIGHTS
from moderator.training.progress import progress_bar
from moderator.training.recipe import Training
from moderator.training.run_log import last_run
from moderator.training.targets import Targets

LOG_STEPS = 50
AVERAGE_STEPS = 4  # the moving average is taken every so many steps: touching all weights each step costs 3 %
GRADIENT_NORM = 1.0


@dataclass(frozen=True, slots=True)
class Supervision:
    """How much a row tells on average: summed weights of its labels, and of its sentiment."""

    labels: float
    sentiment: float

    @classmethod
    def of(cls, targets: Targets) -> "Supervision":
        """Measure it on the rows of the run."""
        labels = float(targets.label_weights.sum(axis=1).mean())
        return cls(max(labels, 1e-6), max(float(targets.sentiment_weights.mean()), 1e-6))


def losses(
    label_logits: Tensor, sentiment_logits: Tensor, batch: TrainingBatch, known: Supervision
) -> tuple[Tensor, Tensor]:
    """Label and sentiment loss of a batch (cross-entropy with the wanted rates), zero where nothing is known.

    Divided by what a batch of this size knows on average, not by what this one knows: a batch with two known sentiments
    would otherwise pull as hard as one with two hundred.
    """
    size = len(batch.sentiment_weights)
    each = nn.functional.binary_cross_entropy_with_logits(label_logits, batch.labels, reduction="none")
    label_loss = (each * batch.label_weights).sum() / (size * known.labels)
    each = -(batch.sentiments * nn.functional.log_softmax(sentiment_logits, dim=1)).sum(dim=1)
    sentiment_loss = (each * batch.sentiment_weights).sum() / (size * known.sentiment)
    return label_loss, sentiment_loss


def schedule(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then linear to zero: the factor on the learning rate."""
    rise = max(1, int(steps * warmup))
    return min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def has_bf16(device: str) -> bool:
    """Whether `device` computes bfloat16 in hardware; where it emulates it, float32 is faster."""
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported())
    return device == "cpu" and bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def require_same_run(log: Path, settings: dict[str, Any]) -> None:
    """Raise ConfigError when the run in `log` was last started with other settings or on other rows."""
    before = last_run(log)
    changed = [name for name, value in settings["training"].items() if before["training"].get(name) != value]
    if before["rows"] != settings["rows"]:
        changed.append(f"rows ({before['rows']} then, {settings['rows']} now)")
    elif before["targets"] != settings["targets"]:
        changed.append("what the rows say or are labelled")
    if changed:
        raise ConfigError([f"{log.parent}: holds a run with other settings: {', '.join(changed)}; name another folder"])


def train(
    texts: Sequence[str], targets: Targets, training: Training, encoder: Path, out: Path, device: str = "cpu"
) -> Path:
    """Train on `texts` from the encoder directory; return the safetensors file of averaged weights.

    Continues from `out`/checkpoint when one is there. Writes `out`/train.jsonl, a line of figures every 50 steps.
    Raises ConfigError when the checkpoint is of a run with other settings or other rows.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(training.seed)
    model = MultiTaskEncoder.from_pretrained(encoder, training.dropout, training.pooling)
    model.start_from_rates(torch.from_numpy(targets.rates()))
    model.to(device).train()
    known = Supervision.of(targets)
    bf16 = has_bf16(device)
    optimizer = torch.optim.AdamW(
        model.parameter_groups(training.learning_rate, training.layer_decay, training.weight_decay), fused=True
    )
    base_rates = [group["lr"] for group in optimizer.param_groups]
    ids = encode(texts, encoder / "tokenizer.json", training.max_tokens)
    planned = list(epochs(ids, training))
    assume_from = int(len(planned) * training.assume_from)
    checkpoint = Checkpoint(out / "checkpoint", model, optimizer)
    first = checkpoint.restore()
    settings = {"training": training.model_dump(mode="json"), "rows": len(texts), "targets": targets.fingerprint(texts)}
    if first:
        require_same_run(out / RUN_LOG, settings)
    with (out / RUN_LOG).open("a", encoding="utf-8") as log, progress_bar() as progress:
        log.write(json.dumps(settings | {"steps": len(planned), "first": first, "bf16": bf16}) + "\n")
        task = progress.add_task(f"train {out.name}", total=len(planned), completed=first)
        started, tokens = time.monotonic(), 0
        sums, summed = torch.zeros(2, device=device), 0  # of the losses since the last line: one batch's tell little
        for step in range(first, len(planned)):
            torch.manual_seed(training.seed * 1_000_003 + step)  # dropout by the step alone: a resumed run repeats
            for group, rate in zip(optimizer.param_groups, base_rates, strict=True):
                group["lr"] = rate * schedule(step, len(planned), training.warmup)
            batch = to_tensors(ids, targets, planned[step], assuming=step >= assume_from)
            batch = TrainingBatch(*(getattr(batch, name).to(device) for name in TrainingBatch.__slots__))
            with torch.autocast(torch.device(device).type, dtype=torch.bfloat16, enabled=bf16):
                label_logits, sentiment_logits = model(batch.input_ids, batch.attention_mask)
            label_loss, sentiment_loss = losses(label_logits.float(), sentiment_logits.float(), batch, known)
            sums, summed = sums + torch.stack([label_loss, sentiment_loss]).detach(), summed + 1
            (label_loss + training.sentiment_weight * sentiment_loss).backward()  # type: ignore[no-untyped-call]
            norm = nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
            optimizer.step()
            optimizer.zero_grad()
            if step % AVERAGE_STEPS == 0:
                checkpoint.average(training.average_decay**AVERAGE_STEPS, step // AVERAGE_STEPS)
            tokens += batch.input_ids.numel()
            if step % LOG_STEPS == 0 or step + 1 == len(planned):
                means = (sums / summed).tolist()
                figures = {
                    "step": step,
                    "label_loss": round(means[0], 5),
                    "sentiment_loss": round(means[1], 5),
                    "gradient_norm": round(norm.item(), 3),
                    "tokens_per_second": round(tokens / (time.monotonic() - started)),
                }
                log.write(json.dumps(figures) + "\n")
                log.flush()
                sums, summed = torch.zeros(2, device=device), 0
            if (step + 1) % training.checkpoint_steps == 0:
                checkpoint.save(step + 1)
            progress.update(task, completed=step + 1)
    return checkpoint.export(out / WEIGHTS, [str(label) for label in LABELS])
