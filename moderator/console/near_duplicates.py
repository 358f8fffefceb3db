"""Texts that say nearly the same, found as they come, so that one decision can answer them all.

Each text is a set of shingles, its runs of five characters; two are near-duplicates when nine tenths of their shingles
are the same, estimated by MinHash (Broder 1997) and looked up by bands of it (Indyk and Motwani 1998).
"""

import hashlib
import json
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

import numpy as np
from datasketch import MinHash, MinHashLSH

from moderator.console.store.sketches import Sketch
from moderator.errors import StoreUnavailable

SHINGLE = 5  # characters: a word more or less changes a short text beyond recognition, which is wanted
SAME_FROM = 0.9
PERMUTATIONS = 128  # the estimate is then off by .03 in most cases
BANDS, ROWS = 16, 8  # misses one in ten thousand that are the same by nine tenths; what it finds too many is compared
AT_ONCE = 4_096  # shingles hashed together: a long text need not take hundreds of megabytes
MOST_CLUSTERS = 10_000  # remembered at a time
SCHEME = "affine32"  # of permutations; sketches of another one are not comparable
HASH = np.dtype("<u4")  # of which its values are, wherever the store is read
SCOPE_BYTES = 16
LOOK_AGAIN = timedelta(seconds=10)  # for what other consoles have begun
MARGIN = timedelta(minutes=1)  # clocks of several consoles differ, and a transaction ends after its texts were read
EVER = datetime.min.replace(tzinfo=UTC)

Recent = Callable[[datetime, int], Sequence[Sketch]]
"""The store's `used_since`. Raises StoreUnavailable."""

Scope = tuple[str | None, ...] | None
"""Of what a text must have in common with another, besides the words, for one decision to answer both."""


def _now() -> datetime:
    return datetime.now(UTC)


class NearDuplicates:
    """Clusters are named after their first text. One that got no text for the longest time is forgotten first.

    All texts of a cluster are compared to its first, so it does not drift. Sketches are kept in memory, and with the
    jobs in the store: from there come those of former runs and of other consoles. What another one begins within
    LOOK_AGAIN is another cluster, which costs a second decision and nothing else.
    """

    def __init__(
        self, most: int = MOST_CLUSTERS, recent: Recent | None = None, now: Callable[[], datetime] = _now
    ) -> None:
        """Without `recent` there is only memory."""
        self._most = most
        self._recent = recent
        self._now = now
        self._seen_until = EVER
        self._first: OrderedDict[str, tuple[str, MinHash]] = OrderedDict()
        self._bands = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
        self._lock = threading.Lock()

    def cluster(self, id_: str, text: str, scope: Scope) -> Sketch:
        """The sketch of the cluster to which the text of `id_` belongs, its own if there was none like it in its
        scope; to be kept with the job.
        """
        text_itself, scope_hash = _minhash(text), _hash(scope)
        with self._lock:
            now = self._now()
            self._look_again(now)
            near = [
                (text_itself.jaccard(first), name)
                for name in self._bands.query(text_itself)
                for its_scope, first in [self._first[name]]
                if its_scope == scope_hash
            ]
            likeness, name = max(near, default=(0.0, id_))
            if likeness >= SAME_FROM:
                self._first.move_to_end(name)
            else:
                name = id_
                self._begin(id_, scope_hash, text_itself)
            its_scope, first = self._first[name]
            return Sketch(name, its_scope, _to_bytes(first), now)

    def _look_again(self, now: datetime) -> None:
        """Learn what the store has got since the last look."""
        if self._recent is None or now - self._seen_until < LOOK_AGAIN:
            return
        try:
            sketches = self._recent(self._seen_until - MARGIN if self._seen_until > EVER else EVER, self._most)
        except StoreUnavailable:
            return  # the store will be waited for where the job is kept
        for sketch in reversed(sketches):
            self._begin(sketch.cluster, sketch.scope, _from_bytes(sketch.minhash))
        self._seen_until = now

    def _begin(self, id_: str, scope: str, sketch: MinHash) -> None:
        if id_ in self._first:  # an id that comes again with another text
            return
        if len(self._first) >= self._most:
            oldest, _ = self._first.popitem(last=False)
            self._bands.remove(oldest)
        self._first[id_] = (scope, sketch)
        self._bands.insert(id_, sketch)


def _hash(scope: Scope) -> str:
    return hashlib.blake2b(json.dumps(scope).encode(), digest_size=SCOPE_BYTES).hexdigest()


def _to_bytes(sketch: MinHash) -> bytes:
    values: bytes = sketch.hashvalues.astype(HASH).tobytes()
    return values


def _from_bytes(values: bytes) -> MinHash:
    return MinHash(num_perm=PERMUTATIONS, hashvalues=np.frombuffer(values, HASH).astype(np.uint32), scheme=SCHEME)


def _minhash(text: str) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    shingles = iter({shingle.encode() for shingle in _shingles(text)})
    while some := list(islice(shingles, AT_ONCE)):
        sketch.update_batch(some)
    return sketch


def _shingles(text: str) -> Iterator[str]:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return (plain[start : start + SHINGLE] for start in range(max(1, len(plain) - SHINGLE + 1)))
