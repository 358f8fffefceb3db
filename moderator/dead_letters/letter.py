"""A dead letter with its place on the topic, and which of them are meant."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from moderator.contracts.dead_letter import DeadLetter, read_dead_letter
from moderator.contracts.record import Headers, Record
from moderator.errors import DeadLetterCode

REPLAY_ATTEMPTS = "moderator.replay.attempts"
MOST_DIGITS = 9  # of a count of replays; a longer one is no count of ours, and Python refuses to read thousands
OWN_HEADERS = ("moderator.error.", "moderator.replay.", "__connect.errors.")  # beside the record's own


@dataclass(frozen=True, slots=True)
class Letter:
    """One record of the dead letters' topic. `error` says what was wrong, and where the record came from."""

    record: Record
    error: DeadLetter

    @property
    def place(self) -> str:
        """PARTITION:OFFSET on the dead letters' topic."""
        return f"{self.record.partition}:{self.record.offset}"

    @property
    def at(self) -> datetime:
        """When it was published."""
        return datetime.fromtimestamp(self.record.timestamp_ms / 1000, UTC)

    @property
    def headers(self) -> Headers:
        """Those that the record itself came with."""
        return tuple((name, value) for name, value in self.record.headers if not name.startswith(OWN_HEADERS))

    @property
    def replays(self) -> int:
        """How often it was replayed before it failed again."""
        counts = [value for name, value in self.record.headers if name == REPLAY_ATTEMPTS and value]
        return int(counts[-1]) if counts and counts[-1].isdigit() and len(counts[-1]) <= MOST_DIGITS else 0


def open_letter(record: Record) -> Letter | None:
    """The dead letter in `record`; None when it is none of this program's."""
    error = read_dead_letter(record.headers)
    return None if error is None else Letter(record, error)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are meant; what is not given does not matter."""

    codes: frozenset[DeadLetterCode] = frozenset()
    topic: str | None = None
    places: frozenset[str] = frozenset()

    def __contains__(self, letter: Letter) -> bool:
        return (
            (not self.codes or letter.error.code in self.codes)
            and (self.topic is None or letter.error.topic == self.topic)
            and (not self.places or letter.place in self.places)
        )


@dataclass(slots=True)
class Group:
    """Letters of one code from one topic. `example` is the place of the latest."""

    code: DeadLetterCode
    topic: str
    first: datetime
    last: datetime
    example: str
    count: int = 1


class Groups:
    """Letters by code and topic, in constant memory."""

    def __init__(self) -> None:
        self._groups: dict[tuple[DeadLetterCode, str], Group] = {}
        self.unknown = 0  # records that are no letters of this program

    def add(self, records: Iterable[Record], choice: Choice) -> None:
        """Count those that are meant."""
        for record in records:
            letter = open_letter(record)
            if letter is None:
                self.unknown += 1
                continue
            if letter not in choice:
                continue
            group = self._groups.get((letter.error.code, letter.error.topic))
            if group is None:
                new = Group(letter.error.code, letter.error.topic, letter.at, letter.at, letter.place)
                self._groups[letter.error.code, letter.error.topic] = new
                continue
            group.count += 1
            group.first = min(group.first, letter.at)
            if letter.at >= group.last:
                group.last, group.example = letter.at, letter.place

    @property
    def largest_first(self) -> list[Group]:
        """All groups."""
        return sorted(self._groups.values(), key=lambda group: (-group.count, group.code, group.topic))


def tally(words: Iterable[str]) -> str:
    """Words with their counts, the most frequent first."""
    return ", ".join(f"{count:,} {word}" for word, count in Counter(words).most_common())
