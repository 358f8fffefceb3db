"""Soft labels: what trained teachers make of rows, averaged, for a student to learn beside what annotators said.

Hinton et al. 2015, Distilling the Knowledge in a Neural Network.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from safetensors.torch import load_file as load_tensors

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.errors import ConfigError
from moderator.inference.manifest import sha256
from moderator.training.batches import encode, pad, plan
from moderator.training.dataset import TrainingRows, draw
from moderator.training.encoder import MultiTaskEncoder
from moderator.training.encoders import encoder_directory
from moderator.training.layout import SOFT_LABELS, WEIGHTS
from moderator.training.progress import track
from moderator.training.recipe import Recipe, Training
from moderator.training.targets import Array, SoftLabels, Targets
from moderator.training.train import has_bf16

BATCH_TOKENS = 8192  # twice a training batch: nothing is kept for a gradient


def teach(rows: TrainingRows, recipe: Recipe, folder: Callable[[str], Path], device: str) -> tuple[list[str], Targets]:
    """The student's texts and targets; `folder` tells where a teacher's files are, and keeps its soft labels.

    Teachers have no say in written rows, whose authors knew every label, nor in swaps, which are there to undo what
    they have learnt of groups. Raises ConfigError when one is not trained.
    """
    taught = draw(rows.collected, recipe.student.part, recipe.student.seed)
    if recipe.teachers:
        taught += rows.phrases
    texts = [row.text for row in taught]
    untaught = [*rows.swaps, *rows.written]
    targets = Targets.of([*taught, *untaught], recipe)
    every = texts + [row.text for row in untaught]
    if not recipe.teachers:
        return every, targets
    parts: list[SoftLabels] = []
    for name, training in recipe.teachers.items():
        path = folder(name) / SOFT_LABELS
        identity = fingerprint(texts, folder(name))
        soft = load_soft_labels(path, identity)
        if soft is None:
            learnt = Targets.of(draw(rows.collected, training.part, training.seed), recipe).trained()
            encoder = encoder_directory(training.encoder)
            soft = soft_labels(texts, training, encoder, folder(name), learnt.tolist(), device)
            save_soft_labels(soft, path, identity)
        parts.append(soft)
    return every, targets.softened(average(parts).padded(len(untaught)), recipe.distillation)


def fingerprint(texts: Sequence[str], teacher: Path) -> str:
    """Of the texts and the weights that soft labels come from."""
    if not (teacher / WEIGHTS).is_file():
        raise ConfigError([f"{teacher / WEIGHTS}: no such file; run the train step first"])
    state = hashlib.sha256(sha256(teacher / WEIGHTS).encode())
    for text in texts:
        state.update(text.encode("utf-8", "replace") + b"\n")
    return state.hexdigest()


def soft_labels(
    texts: Sequence[str], training: Training, encoder: Path, folder: Path, trained: Sequence[bool], device: str
) -> SoftLabels:
    """What the teacher in `folder` makes of `texts`; a label that it was not `trained` on [8] is NaN."""
    model = MultiTaskEncoder.from_pretrained(encoder, pooling=training.pooling)
    model.load_state_dict(load_tensors(folder / WEIGHTS))
    model.to(device).eval()
    ids = encode(texts, encoder / "tokenizer.json", training.max_tokens)
    labels = np.empty((len(texts), len(LABELS)), dtype=np.float32)
    sentiment = np.empty((len(texts), len(SENTIMENTS)), dtype=np.float32)
    batches = plan([len(row) for row in ids], BATCH_TOKENS, "soft labels")
    bf16 = has_bf16(device)
    for batch in track(batches, f"soft labels of {folder.name}"):
        input_ids, mask = (tensor.to(device) for tensor in pad([ids[index] for index in batch]))
        with torch.no_grad(), torch.autocast(torch.device(device).type, dtype=torch.bfloat16, enabled=bf16):
            label_logits, sentiment_logits = model(input_ids, mask)
        labels[batch] = label_logits.float().sigmoid().cpu().numpy()
        sentiment[batch] = sentiment_logits.float().softmax(dim=1).cpu().numpy()
    labels[:, ~np.asarray(trained)] = np.nan
    return SoftLabels(labels, sentiment)


def average(parts: Sequence[SoftLabels]) -> SoftLabels:
    """The mean of several teachers; of a label that only some have learnt, the mean of those."""
    labels = np.stack([part.labels for part in parts])
    known = ~np.isnan(labels)
    count = known.sum(axis=0)
    sums = np.where(known, labels, 0).sum(axis=0)
    mean: Array = np.divide(sums, count, out=np.full_like(sums, np.nan), where=count > 0)
    return SoftLabels(mean, np.stack([part.sentiment for part in parts]).mean(axis=0))


def save_soft_labels(soft: SoftLabels, path: Path, identity: str) -> None:
    """Write them with the fingerprint of what they come from."""
    arrays = {"labels": soft.labels, "sentiment": soft.sentiment}
    save_file(arrays | {"identity": np.frombuffer(identity.encode(), np.uint8)}, path)


def load_soft_labels(path: Path, identity: str) -> SoftLabels | None:
    """Read them, or None when there are none or they come from other texts or another teacher."""
    if not path.is_file():
        return None
    arrays = load_file(path)
    if arrays["identity"].tobytes().decode() != identity:
        return None
    return SoftLabels(arrays["labels"], arrays["sentiment"])
