"""One training run: masked multi-task losses, layer-wise learning rates, averaged weights, resumable."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.training.batches import TrainingBatch, encode, epochs, to_tensors
from moderator.training.checkpoint import Checkpoint
from moderator.training.encoder import MultiTaskEncoder
from moderator.training.layout import RUN_LOG, WEIGHTS
from moderator.training.progress import progress_bar
from moderator.training.recipe import Recipe
from moderator.training.rows import Row, label_counts
from moderator.training.run_log import last_run

LOG_STEPS = 50
AVERAGE_STEPS = 4  # the moving average is taken every so many steps: touching all weights each step costs 3 %
GRADIENT_NORM = 1.0


@dataclass(frozen=True, slots=True)
class Supervision:
    """How much a row tells on average: known labels a row, and the part of rows with a sentiment."""

    labels: float
    sentiment: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Supervision":
        """Measure it on the rows of the run."""
        labels = sum(len(row.labels) for row in rows) / len(rows)
        sentiment = sum(row.sentiment is not None for row in rows) / len(rows)
        return cls(max(labels, 1e-6), max(sentiment, 1e-6))


def losses(
    label_logits: Tensor, sentiment_logits: Tensor, batch: TrainingBatch, known: Supervision
) -> tuple[Tensor, Tensor]:
    """Label and sentiment loss of a batch, zero where nothing is known.

    Divided by what a batch of this size knows on average, not by what this one knows: a batch with two known sentiments
    would otherwise pull as hard as one with two hundred.
    """
    size = len(batch.weights)
    label_weights = batch.label_weights * batch.weights.unsqueeze(1)
    each = nn.functional.binary_cross_entropy_with_logits(label_logits, batch.labels, reduction="none")
    label_loss = (each * label_weights).sum() / (size * known.labels)
    each = nn.functional.cross_entropy(sentiment_logits, batch.sentiments, reduction="none", ignore_index=-100)
    sentiment_loss = (each * batch.weights).sum() / (size * known.sentiment)
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


def require_same_run(log: Path, recipe: Recipe, rows: int) -> None:
    """Raise ConfigError when the run in `log` was last started with another recipe or other rows."""
    before = last_run(log)
    wanted = json.loads(json.dumps(asdict(recipe)))
    changed = [name for name, value in wanted.items() if before["recipe"].get(name) != value]
    if before["rows"] != rows:
        changed.append(f"rows ({before['rows']} then, {rows} now)")
    if changed:
        raise ConfigError([f"{log.parent}: holds a run with other settings: {', '.join(changed)}; name another folder"])


def train(rows: list[Row], recipe: Recipe, encoder: Path, out: Path, device: str = "cpu") -> Path:
    """Train on `rows` from the encoder directory; return the safetensors file of averaged weights.

    Continues from `out`/checkpoint when one is there. Writes `out`/train.jsonl, a line of figures every 50 steps.
    Raises ConfigError when the checkpoint is of a run with another recipe or other rows.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    model = MultiTaskEncoder.from_pretrained(encoder, recipe.dropout)
    model.start_from_rates({k: p / max(1, n + p) for k, (n, p) in label_counts(rows).items()})
    model.to(device).train()
    known = Supervision.of(rows)
    bf16 = has_bf16(device)
    optimizer = torch.optim.AdamW(
        model.parameter_groups(recipe.learning_rate, recipe.layer_decay, recipe.weight_decay), fused=True
    )
    base_rates = [group["lr"] for group in optimizer.param_groups]
    ids = encode([row.text for row in rows], encoder / "tokenizer.json", recipe.max_tokens)
    planned = list(epochs(ids, recipe))
    assume_from = int(len(planned) * recipe.assumption.from_part)
    checkpoint = Checkpoint(out / "checkpoint", model, optimizer)
    first = checkpoint.restore()
    if first:
        require_same_run(out / RUN_LOG, recipe, len(rows))
    with (out / RUN_LOG).open("a", encoding="utf-8") as log, progress_bar() as progress:
        run = {"recipe": asdict(recipe), "rows": len(rows), "steps": len(planned), "first": first, "bf16": bf16}
        log.write(json.dumps(run) + "\n")
        task = progress.add_task("train", total=len(planned), completed=first)
        started, tokens = time.monotonic(), 0
        for step in range(first, len(planned)):
            torch.manual_seed(recipe.seed * 1_000_003 + step)  # dropout by the step alone: a resumed run repeats
            for group, rate in zip(optimizer.param_groups, base_rates, strict=True):
                group["lr"] = rate * schedule(step, len(planned), recipe.warmup)
            batch = to_tensors(rows, ids, planned[step], recipe, assuming=step >= assume_from)
            batch = TrainingBatch(*(getattr(batch, name).to(device) for name in TrainingBatch.__slots__))
            with torch.autocast(torch.device(device).type, dtype=torch.bfloat16, enabled=bf16):
                label_logits, sentiment_logits = model(batch.input_ids, batch.attention_mask)
            label_loss, sentiment_loss = losses(label_logits.float(), sentiment_logits.float(), batch, known)
            (label_loss + recipe.sentiment_weight * sentiment_loss).backward()  # type: ignore[no-untyped-call]
            norm = nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
            optimizer.step()
            optimizer.zero_grad()
            if step % AVERAGE_STEPS == 0:
                checkpoint.average(recipe.average_decay**AVERAGE_STEPS, step // AVERAGE_STEPS)
            tokens += batch.input_ids.numel()
            if step % LOG_STEPS == 0:
                figures = {
                    "step": step,
                    "label_loss": round(label_loss.item(), 5),
                    "sentiment_loss": round(sentiment_loss.item(), 5),
                    "gradient_norm": round(norm.item(), 3),
                    "tokens_per_second": round(tokens / (time.monotonic() - started)),
                }
                log.write(json.dumps(figures) + "\n")
                log.flush()
            if (step + 1) % recipe.checkpoint_steps == 0:
                checkpoint.save(step + 1)
            progress.update(task, completed=step + 1)
    return checkpoint.export(out / WEIGHTS, [str(label) for label in LABELS])
