"""Token ids in length-sorted batches under a token budget, in an order that only the seed decides."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from moderator.inference.tokens import Tokenizer
from moderator.training.recipe import Training
from moderator.training.targets import Targets

CHUNK = 4096  # texts that are tokenized at a time
LENGTH_STEP = 8  # few lengths make few shapes: kernels are compiled once for each, which costs a seventh of a run
BUCKET_BATCHES = 50  # batches are sorted by length inside buckets of this many: little padding, yet shuffled


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """Tensors of one step: ids and mask [batch, tokens], and the targets of its rows."""

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor
    label_weights: Tensor
    sentiments: Tensor
    sentiment_weights: Tensor


def encode(texts: Sequence[str], tokenizer_file: Path, max_tokens: int) -> list[list[int]]:
    """Token ids of the first `max_tokens` of each text, as serving sees them."""
    tokenizer = Tokenizer(tokenizer_file, max_tokens, overlap=0, max_windows=1)
    ids: list[list[int]] = []
    for first in range(0, len(texts), CHUNK):
        ids.extend(list(tokens.windows[0]) for tokens in tokenizer.encode(texts[first : first + CHUNK]))
    return ids


def padded_length(tokens: int) -> int:
    """Length to which a text of so many tokens is padded when it is the longest of its batch."""
    return -(-tokens // LENGTH_STEP) * LENGTH_STEP


def pad(ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids and mask, int64 [batch, padded length of the longest]."""
    longest = padded_length(max(len(row) for row in ids))
    padded = torch.zeros(len(ids), longest, dtype=torch.int64)
    mask = torch.zeros_like(padded)
    for index, row in enumerate(ids):
        padded[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = 1
    return padded, mask


def plan(lengths: Sequence[int], batch_tokens: int, seed: str) -> list[list[int]]:
    """Split row positions into batches of at most `batch_tokens` padded tokens, or of one row that is longer."""
    order = list(range(len(lengths)))
    random.Random(seed).shuffle(order)
    mean = sum(lengths) / len(lengths)
    bucket = max(1, int(BUCKET_BATCHES * batch_tokens / mean))
    planned: list[list[int]] = []
    for start in range(0, len(order), bucket):
        longest_first = sorted(order[start : start + bucket], key=lengths.__getitem__, reverse=True)
        while longest_first:
            size = max(1, batch_tokens // padded_length(lengths[longest_first[0]]))
            planned.append(longest_first[:size])
            del longest_first[:size]
    random.Random(f"{seed}/order").shuffle(planned)
    return planned


def to_tensors(ids: Sequence[list[int]], targets: Targets, batch: Sequence[int], *, assuming: bool) -> TrainingBatch:
    """The tensors of one planned batch; `assuming` tells whether the recipe's assumption holds by now."""
    input_ids, mask = pad([ids[index] for index in batch])
    chosen = list(batch)
    weights = targets.label_weights[chosen]
    if assuming:
        weights = weights + targets.assumed_weights[chosen]
    return TrainingBatch(
        input_ids,
        mask,
        torch.from_numpy(targets.labels[chosen]),
        torch.from_numpy(weights),
        torch.from_numpy(targets.sentiments[chosen]),
        torch.from_numpy(targets.sentiment_weights[chosen]),
    )


def epochs(ids: Sequence[list[int]], training: Training) -> Iterator[list[int]]:
    """Every planned batch of the run, epoch after epoch."""
    lengths = [len(row) for row in ids]
    for epoch in range(training.epochs):
        yield from plan(lengths, training.batch_tokens, f"{training.seed}/{epoch}")
