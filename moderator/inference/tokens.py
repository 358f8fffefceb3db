"""Text to windows of token ids."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import tokenizers

from moderator.contracts.scores import Tokens
from moderator.errors import ModelError
from moderator.inference.language import LanguageCheck
from moderator.inference.normalise import normalise

# A token is a character at least; more characters than these per token of room cannot be reached but by words the
# vocabulary does not hold, so the tokenizer is spared the rest of a long text.
CHARACTERS_PER_TOKEN = 12

PROBE = "a"  # any text with a token of its own shows where the markers stand


class Tokenizer:
    """Cuts normalised text into overlapping windows, each framed by the start and end markers, however many.

    `unknown` is what the vocabulary makes of a word that it cannot spell, most often emoji, or, with WordPiece, that is
    longer than 100 characters; None when there is no such token. In training rows such words stand mostly among abuse,
    so a model takes any for abuse: it does not get to see them.
    """

    def __init__(
        self, file: Path, window_tokens: int, overlap: int, max_windows: int, unknown: str | None = "[UNK]"
    ) -> None:
        """Raises ModelError when the vocabulary has no `unknown`, or its frame leaves no room in a window."""
        self._tokenizer = tokenizers.Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.encode_special_tokens = True  # a marker in somebody's text is text
        probe = self._tokenizer.encode(PROBE)
        own = [place for place, special in enumerate(probe.special_tokens_mask) if not special]
        if not own:
            raise ModelError([f"{file}: makes no token of {PROBE!r}"])
        self._start, self._end = probe.ids[: own[0]], probe.ids[own[-1] + 1 :]
        self._unknown = None if unknown is None else self._tokenizer.token_to_id(unknown)
        if unknown is not None and self._unknown is None:
            raise ModelError([f"{file}: has no token {unknown!r}, which the manifest names as the unknown one"])
        self._room = window_tokens - len(self._start) - len(self._end)
        if self._room <= overlap:
            raise ModelError([f"{file}: a window of {window_tokens} tokens has no room beside its markers"])
        self._step = self._room - overlap
        self._max_tokens = self._room + (max_windows - 1) * self._step
        self._max_characters = self._max_tokens * CHARACTERS_PER_TOKEN

    def encode(self, texts: Sequence[str], check: LanguageCheck | None = None) -> list[Tokens]:
        """Normalise and tokenize `texts`; as for the rest, see `encode_normalised`."""
        return self.encode_normalised([normalise(text) for text in texts], check)

    def encode_normalised(self, normalised: Sequence[str], check: LanguageCheck | None = None) -> list[Tokens]:
        """Tokenize texts; releases the GIL meanwhile. `check` tells unsupported languages."""
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
        return [*self._start, *ids, *self._end]


def _is_writing(text: str) -> bool:
    """Whether most of `text` is letters: unknown emoji and signs are not words that the model failed to read."""
    return 2 * sum(map(str.isalpha, text)) > len(text)
