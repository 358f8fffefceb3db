"""Texts that say nearly the same, found as they come, so that one decision can answer them all.

Each text is a set of shingles, its runs of five characters; two are near-duplicates when nine tenths of their shingles
are the same, estimated by MinHash (Broder 1997) and looked up by bands of it (Indyk and Motwani 1998).
"""

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from itertools import islice

from datasketch import MinHash, MinHashLSH

SHINGLE = 5  # characters: a word more or less changes a short text beyond recognition, which is wanted
SAME_FROM = 0.9
PERMUTATIONS = 128  # the estimate is then off by .03 in most cases
BANDS, ROWS = 16, 8  # misses one in ten thousand that are the same by nine tenths; what it finds too many is compared
AT_ONCE = 4_096  # shingles hashed together: a long text need not take hundreds of megabytes
MOST_CLUSTERS = 10_000  # remembered at a time


class NearDuplicates:
    """Clusters are named after their first text. One that got no text for the longest time is forgotten first.

    All texts of a cluster are compared to its first, so it does not drift. It is kept in memory: after a new start, and
    in another console, the same text begins another cluster, which costs a second decision and nothing else.
    """

    def __init__(self, most: int = MOST_CLUSTERS) -> None:
        self._most = most
        self._first: OrderedDict[str, tuple[Hashable, MinHash]] = OrderedDict()
        self._bands = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
        self._lock = threading.Lock()

    def cluster(self, id_: str, text: str, scope: Hashable) -> str:
        """The name of the cluster to which the text of `id_` belongs, itself if there was none like it in its scope."""
        sketch = _sketch(text)
        with self._lock:
            near = [
                (sketch.jaccard(first), name)
                for name in self._bands.query(sketch)
                for its_scope, first in [self._first[name]]
                if its_scope == scope
            ]
            likeness, name = max(near, default=(0.0, id_))
            if likeness >= SAME_FROM:
                self._first.move_to_end(name)
                return name
            self._begin(id_, scope, sketch)
        return id_

    def _begin(self, id_: str, scope: Hashable, sketch: MinHash) -> None:
        if id_ in self._first:  # an id that comes again with another text
            return
        if len(self._first) >= self._most:
            oldest, _ = self._first.popitem(last=False)
            self._bands.remove(oldest)
        self._first[id_] = (scope, sketch)
        self._bands.insert(id_, sketch)


def _sketch(text: str) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS)
    shingles = iter({shingle.encode() for shingle in _shingles(text)})
    while some := list(islice(shingles, AT_ONCE)):
        sketch.update_batch(some)
    return sketch


def _shingles(text: str) -> Iterator[str]:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return (plain[start : start + SHINGLE] for start in range(max(1, len(plain) - SHINGLE + 1)))
