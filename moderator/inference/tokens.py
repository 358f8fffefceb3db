"""Text to windows of token ids."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import tokenizers

from moderator.contracts.scores import Tokens
from moderator.inference.language import LanguageCheck
from moderator.inference.normalise import normalise

# A token is a character at least; more characters than these per token of room cannot be reached but by words the
# vocabulary does not hold, so the tokenizer is spared the rest of a long text.
CHARACTERS_PER_TOKEN = 12

# What WordPiece makes of a word that it cannot spell, most often emoji, or that is longer than 100 characters. In the
# training rows such words stand mostly among abuse, so the model takes any for abuse: it does not get to see them.
UNKNOWN = "[UNK]"


class Tokenizer:
    """Cuts normalised text into overlapping windows, each framed by the start and end markers."""

    def __init__(self, file: Path, window_tokens: int, overlap: int, max_windows: int) -> None:
        self._tokenizer = tokenizers.Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        empty = self._tokenizer.encode("")
        self._start, self._end = empty.ids
        self._unknown = self._tokenizer.token_to_id(UNKNOWN)
        self._room = window_tokens - 2
        self._step = self._room - overlap
        self._max_tokens = self._room + (max_windows - 1) * self._step
        self._max_characters = self._max_tokens * CHARACTERS_PER_TOKEN

    def encode(self, texts: Sequence[str], check: LanguageCheck | None = None) -> list[Tokens]:
        """Normalise and tokenize `texts`; releases the GIL while tokenizing. `check` tells unsupported languages."""
        normalised = [normalise(text) for text in texts]
        reachable = [text[: self._max_characters] for text in normalised]
        encodings = self._tokenizer.encode_batch_fast(reachable, add_special_tokens=False)
        found = [self._tokens(encoding.ids, text) for encoding, text in zip(encodings, normalised, strict=True)]
        if check is None:
            return found
        return [
            tokens if check.reads(text) else replace(tokens, unsupported_language=True)
            for tokens, text in zip(found, reachable, strict=True)
        ]

    def _tokens(self, ids: list[int], text: str) -> Tokens:
        cut = len(text) > self._max_characters
        known = [token for token in ids if token != self._unknown]
        unreadable = 2 * len(known) < len(ids) and _is_writing(text)
        ids = known
        if len(ids) <= self._room:
            return Tokens((self._frame(ids),), cut, unreadable)
        truncated = cut or len(ids) > self._max_tokens
        ids = ids[: self._max_tokens]
        starts = range(0, max(1, len(ids) - self._room + self._step), self._step)
        return Tokens(tuple(self._frame(ids[start : start + self._room]) for start in starts), truncated, unreadable)

    def _frame(self, ids: list[int]) -> list[int]:
        return [self._start, *ids, self._end]


def _is_writing(text: str) -> bool:
    """Whether most of `text` is letters: unknown emoji and signs are not words that the model failed to read."""
    return 2 * sum(map(str.isalpha, text)) > len(text)
