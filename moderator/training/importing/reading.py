"""How a checkpoint reads texts: its windows, padding and unknown token, found out by its files and by trying."""

import json
from pathlib import Path
from typing import Any

import tokenizers
import torch

from moderator.errors import ModelError
from moderator.training.importing.checkpoint import TOKENIZER_FILE, Checkpoint, first_line
from moderator.training.layout import WINDOW_TOKENS, Reading

SHORTEST = 8  # as the manifest has it
OVERLAP = 4  # a window shares a fourth of its tokens with the next one, as the shipped model's do


def reading_of(checkpoint: Checkpoint) -> Reading:
    """Windows of 128 tokens, or as long as the checkpoint reads.

    Raises ModelError when its tokenizer cannot be read or is of another model.
    """
    file = checkpoint.directory / TOKENIZER_FILE
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(file))
    except Exception as error:  # noqa: BLE001  tokenizers raises plain exceptions
        raise ModelError([f"{file}: cannot be read: {first_line(error)}"]) from None
    tokens = tokenizer.get_vocab(with_added_tokens=True)
    largest = max(tokens.values())
    if largest >= checkpoint.vocabulary:
        raise ModelError(
            [f"{file}: its token {largest} is beyond the {checkpoint.vocabulary} embeddings: it is of another model"]
        )
    window = _window(checkpoint)
    return Reading(
        window_tokens=window,
        window_overlap=window // OVERLAP,
        padding_id=checkpoint.padding_id,
        unknown_token=_unknown_token(file),
    )


def _window(checkpoint: Checkpoint) -> int:
    """The longest window up to 128 tokens that the checkpoint reads, by trying: a position table may hold fewer places
    than its length, RoBERTa's by the padding id and one more.
    """
    config: Any = checkpoint.model.config
    limit = getattr(config, "max_position_embeddings", None) or WINDOW_TOKENS
    first_problem = ""
    token = 0 if checkpoint.padding_id else 1  # any but padding, which may have no position
    for length in range(min(WINDOW_TOKENS, limit), SHORTEST - 1, -1):
        ids = torch.full((1, length), token, dtype=torch.int64)
        try:
            logits = checkpoint.logits(ids, torch.ones_like(ids))
        except Exception as error:  # noqa: BLE001  whatever the architecture raises
            first_problem = first_problem or first_line(error)
            continue
        if logits.shape != (1, len(checkpoint.names)):
            raise ModelError(
                [f"{checkpoint.directory}: {tuple(logits.shape)} logits for {len(checkpoint.names)} labels"]
            )
        return length
    raise ModelError([f"{checkpoint.directory}: it does not read a window of {SHORTEST} tokens: {first_problem}"])


def _unknown_token(file: Path) -> str | None:
    """What tokenizer.json's model has for a word that it cannot spell; None when it has nothing of the kind."""
    model: Any = json.loads(file.read_bytes())["model"]
    if model.get("unk_id") is not None:  # Unigram: a place in its list of [token, score]
        return str(model["vocab"][model["unk_id"]][0])
    unknown = model.get("unk_token")
    return unknown if unknown in model["vocab"] else None
