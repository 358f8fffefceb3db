"""Token ids in length-sorted batches under a token budget, in an order that only the seed decides."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from moderator.contracts.labels import LABELS
from moderator.training.recipe import Recipe
from moderator.training.rows import Row

BUCKET_BATCHES = 50  # batches are sorted by length inside buckets of this many: little padding, yet shuffled


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """Tensors of one step. `label_weights` is 0 where a label is unknown, `sentiments` -100 likewise."""

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor
    label_weights: Tensor
    sentiments: Tensor
    weights: Tensor


def encode(texts: Sequence[str], tokenizer_file: Path, max_tokens: int) -> list[list[int]]:
    """Token ids of each text, cut to `max_tokens` with the end marker kept."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]


def pad(ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids and mask, int64 [batch, longest]."""
    longest = max(len(row) for row in ids)
    padded = torch.zeros(len(ids), longest, dtype=torch.int64)
    mask = torch.zeros_like(padded)
    for index, row in enumerate(ids):
        padded[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = 1
    return padded, mask


def plan(lengths: Sequence[int], batch_tokens: int, seed: str) -> list[list[int]]:
    """Split row positions into batches of at most `batch_tokens` padded tokens."""
    order = list(range(len(lengths)))
    random.Random(seed).shuffle(order)
    mean = sum(lengths) / len(lengths)
    bucket = max(1, int(BUCKET_BATCHES * batch_tokens / mean))
    planned: list[list[int]] = []
    for start in range(0, len(order), bucket):
        batch: list[int] = []
        for index in sorted(order[start : start + bucket], key=lengths.__getitem__):
            if batch and (len(batch) + 1) * lengths[index] > batch_tokens:
                planned.append(batch)
                batch = []
            batch.append(index)
        planned.append(batch)
    random.Random(f"{seed}/order").shuffle(planned)
    return planned


def label_weight(row: Row, label: str, recipe: Recipe, *, assuming: bool) -> float:
    """How much `row` tells of `label`: all where it is annotated, a little where it is assumed absent, else nothing."""
    if label in row.labels:
        return 1.0
    return recipe.assumption.weight if assuming and label in recipe.assumption.labels(row.source) else 0.0


def to_tensors(
    rows: Sequence[Row], ids: Sequence[list[int]], batch: Sequence[int], recipe: Recipe, *, assuming: bool
) -> TrainingBatch:
    """The tensors of one planned batch; `assuming` tells whether the recipe's assumption holds by now."""
    input_ids, mask = pad([ids[index] for index in batch])
    chosen = [rows[index] for index in batch]
    return TrainingBatch(
        input_ids,
        mask,
        torch.tensor([[row.labels.get(label, 0) for label in LABELS] for row in chosen], dtype=torch.float32),
        torch.tensor([[label_weight(row, label, recipe, assuming=assuming) for label in LABELS] for row in chosen]),
        torch.tensor([-100 if row.sentiment is None else row.sentiment for row in chosen]),
        torch.tensor([recipe.source(row.source).weight for row in chosen], dtype=torch.float32),
    )


def epochs(ids: Sequence[list[int]], recipe: Recipe) -> Iterator[list[int]]:
    """Every planned batch of the run, epoch after epoch."""
    lengths = [len(row) for row in ids]
    for epoch in range(recipe.epochs):
        yield from plan(lengths, recipe.batch_tokens, f"{recipe.seed}/{epoch}")
