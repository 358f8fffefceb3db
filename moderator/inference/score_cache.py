"""Scores of the texts that were met last: what is written again and again is read once."""

import os
import struct
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.scores import Scores, Tokens
from moderator.telemetry.metrics import Metrics

KEY_BYTES = 16  # of a hash with a key of its own in every process: two texts do not meet, and nobody can make them
# Key, packed value and their places in the table: 359 bytes as tracemalloc counts them, and some while the table grows.
ENTRY_BYTES = 400

_LABELS = len(LABELS)
_PACKED = struct.Struct(f"<{_LABELS + len(SENTIMENTS)}d3?")  # scores to their last bit, then the flags of Tokens


class ScoreCache:
    """Forgets what was asked for longest ago once `limit_bytes` are taken. Holds no text. Safe for several threads."""

    def __init__(self, limit_bytes: int, metrics: Metrics) -> None:
        """Below the size of one entry nothing is remembered."""
        self._most = limit_bytes // ENTRY_BYTES
        self._metrics = metrics
        self._secret = os.urandom(KEY_BYTES)
        self._lock = threading.Lock()
        self._entries: OrderedDict[bytes, bytes] = OrderedDict()  # the next to be forgotten first
        self._hits, self._misses = (metrics.cached_texts.labels(result) for result in ("hit", "miss"))

    def key(self, normalised: str) -> bytes:
        """What a text goes by; it does not lead back to the text."""
        text = normalised.encode(errors="surrogatepass")
        return blake2b(text, digest_size=KEY_BYTES, key=self._secret).digest()

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, Tokens]:
        """Those of `keys` that are remembered: without windows, but with what the model said."""
        found: dict[bytes, bytes] = {}
        with self._lock:
            for key in keys:
                if (packed := self._entries.get(key)) is not None:
                    self._entries.move_to_end(key)
                    found[key] = packed
        return {key: _unpacked(key, packed) for key, packed in found.items()}

    def count(self, *, hits: int, misses: int) -> None:
        """Note so many texts that the model was spared, or was asked about."""
        self._hits.inc(hits)
        self._misses.inc(misses)

    def remember(self, said: Iterable[tuple[Tokens, Scores]]) -> None:
        """What the model said of texts, under their keys."""
        entries = [(tokens.key, _packed(tokens, scores)) for tokens, scores in said if tokens.key is not None]
        with self._lock:
            for key, packed in entries:
                self._entries[key] = packed
                self._entries.move_to_end(key)
                if len(self._entries) > self._most:
                    self._entries.popitem(last=False)
            self._metrics.cache_bytes.set(len(self._entries) * ENTRY_BYTES)

    def forget(self) -> None:
        """Everything: a model that has just failed must not pass for one that answers."""
        with self._lock:
            self._entries.clear()
            self._metrics.cache_bytes.set(0)


def _packed(tokens: Tokens, scores: Scores) -> bytes:
    flags = tokens.truncated, tokens.unreadable, tokens.unsupported_language
    return _PACKED.pack(*scores.labels, *scores.sentiment, *flags)


def _unpacked(key: bytes, packed: bytes) -> Tokens:
    *scores, truncated, unreadable, unsupported_language = _PACKED.unpack(packed)
    known = Scores(tuple(scores[:_LABELS]), tuple(scores[_LABELS:]))
    return Tokens((), truncated, unreadable, unsupported_language, key, known)
