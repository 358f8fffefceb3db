"""What became of each record of one partition: nine bytes a record, however many there are."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

PRESENT, LETTER = 1, 2  # bits of a fingerprint
SHOWN = 100  # runs of offsets of each finding that a report lists; all are counted


class Kind(StrEnum):
    """What answers a record."""

    VERDICT = "verdict"
    DEAD_LETTER = "dead_letter"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to the record at `offset` of `partition`. A dead letter has no `versions` and its code for `ruling`."""

    kind: Kind
    partition: int
    offset: int
    versions: str
    ruling: str

    @property
    def fingerprint(self) -> int:
        """64 bits, never 0: the versions, what is said, and whether it is a dead letter."""
        said = crc32(self.ruling.encode()) & ~(LETTER | PRESENT)
        return crc32(self.versions.encode()) << 32 | said | (LETTER if self.kind is Kind.DEAD_LETTER else 0) | PRESENT


def contradict(one: int, other: int) -> bool:
    """Whether two answers to a record, by their fingerprints, cannot both hold. Under other versions a verdict may be
    another, as it was decided anew.
    """
    return bool((one ^ other) & LETTER) or (one >> 32 == other >> 32 and one != other)


@dataclass(frozen=True, slots=True)
class Range:
    """Offsets `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PartitionReport:
    """The result for one partition. `missing` are records that the group has committed and nothing answers; `orphans`
    answers to offsets that hold no record; `disagreements` records whose answers contradict each other.
    """

    partition: int
    messages: int
    answered: int
    pending: int
    duplicates: int
    missing_records: int
    missing: tuple[Range, ...]
    orphan_answers: int
    orphans: tuple[Range, ...]
    disagreeing_records: int
    disagreements: tuple[Range, ...]


class Books:
    """The books of the offsets `start` up to and without `end`; what lies outside is nobody's concern here."""

    def __init__(self, partition: int, start: int, end: int) -> None:
        self._partition = partition
        self._start = start
        self._messages = bytearray(max(0, end - start))
        self._answers = array("Q", bytes(8 * len(self._messages)))
        self._duplicates = 0
        self._disagreements: set[int] = set()

    def message(self, offset: int) -> None:
        """A record stands at `offset`."""
        self._messages[offset - self._start] = 1

    def answer(self, found: Found) -> None:
        """An answer was published. One under other versions may say something else: it was decided anew."""
        index = found.offset - self._start
        if not 0 <= index < len(self._answers):
            return
        before, self._answers[index] = self._answers[index], found.fingerprint
        if before:
            self._duplicates += 1
            if contradict(before, found.fingerprint):
                self._disagreements.add(found.offset)

    def report(self, committed: int) -> PartitionReport:
        """With the group at offset `committed`: what lies before must be answered, what lies behind is pending."""
        unanswered = Offsets.of(self._offsets(lambda message, answer: bool(message and not answer)), committed)
        orphans = Offsets.of(self._offsets(lambda message, answer: bool(answer and not message)), None)
        messages = sum(self._messages)
        return PartitionReport(
            self._partition,
            messages,
            messages - unanswered.before - unanswered.behind,
            unanswered.behind,
            self._duplicates,
            unanswered.before,
            unanswered.first_ranges,
            orphans.before,
            orphans.first_ranges,
            len(self._disagreements),
            tuple(ranges(sorted(self._disagreements)))[:SHOWN],
        )

    def _offsets(self, wanted: Callable[[int, int], bool]) -> Iterator[int]:
        pairs = zip(self._messages, self._answers, strict=True)
        return (offset for offset, (message, answer) in enumerate(pairs, self._start) if wanted(message, answer))


@dataclass(frozen=True, slots=True)
class Offsets:
    """How many lie `before` a limit and how many `behind` it, and the first unbroken runs of those before."""

    before: int
    behind: int
    first_ranges: tuple[Range, ...]

    @classmethod
    def of(cls, offsets: Iterable[int], limit: int | None) -> "Offsets":
        """Count ascending `offsets`; without a limit all lie before it."""
        behind = 0
        before = 0
        shown: list[Range] = []

        def in_time() -> Iterator[int]:
            nonlocal before, behind
            for offset in offsets:
                if limit is None or offset < limit:
                    before += 1
                    yield offset
                else:
                    behind += 1

        for run in ranges(in_time()):
            if len(shown) < SHOWN:
                shown.append(run)
        return cls(before, behind, tuple(shown))


def ranges(offsets: Iterable[int]) -> Iterator[Range]:
    """Ascending `offsets` as unbroken runs."""
    first = last = None
    for offset in offsets:
        if last is not None and offset == last + 1:
            last = offset
            continue
        if first is not None and last is not None:
            yield Range(first, last)
        first = last = offset
    if first is not None and last is not None:
        yield Range(first, last)
