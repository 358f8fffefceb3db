"""Dead letters back to the topic that they came from, at a rate, each with its fate told."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from moderator.contracts.record import Publication
from moderator.dead_letters.letter import REPLAY_ATTEMPTS, Letter
from moderator.dead_letters.transform import Transform
from moderator.pipeline.ports import Publisher

SLICES_A_SECOND = 10  # how evenly a rate is kept


class Fate(StrEnum):
    """What became of a letter."""

    REPLAYED = "replayed"
    WOULD_REPLAY = "would be replayed"
    NO_VALUE = "skipped: the letter holds no value; the record is at its origin"
    TOO_OFTEN = "skipped: replayed too often already"
    UNFIT = "skipped: the transform does not fit its value"
    REFUSED = "refused by the topic for its size"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One letter and its fate."""

    letter: Letter
    fate: Fate


@dataclass(frozen=True, slots=True)
class Terms:
    """How to replay. `rate` is letters a second; one that was replayed `most_attempts` times stays where it is."""

    rate: float
    most_attempts: int
    transform: Transform | None = None
    dry_run: bool = False


async def replay(letters: Sequence[Letter], publisher: Publisher, terms: Terms) -> AsyncIterator[list[Replayed]]:
    """Publish `letters` where they came from and yield the fate of each, some at a time, once it is confirmed.

    A replayed record has its own key and headers, and a count of its replays, which ends loops. Raises
    BrokerUnavailable; what was not yielded by then may have been published.
    """
    size = max(1, round(terms.rate / SLICES_A_SECOND))
    started = time.monotonic()
    for first in range(0, len(letters), size):
        if not terms.dry_run:
            await asyncio.sleep(max(0.0, started + first / terms.rate - time.monotonic()))
        part = letters[first : first + size]
        prepared = [prepare(letter, terms) for letter in part]
        publications = [each for each in prepared if isinstance(each, Publication)]
        refused = [] if terms.dry_run else await publisher.publish(publications)
        yield [Replayed(letter, fate(each, refused, terms)) for letter, each in zip(part, prepared, strict=True)]


def prepare(letter: Letter, terms: Terms) -> Publication | Fate:
    """The record to publish, or why there is none."""
    value = letter.record.value
    if value is None:
        return Fate.NO_VALUE
    if letter.replays >= terms.most_attempts:
        return Fate.TOO_OFTEN
    if terms.transform is not None:
        try:
            value = terms.transform(value)
        except ValueError:
            return Fate.UNFIT
    headers = (*letter.headers, (REPLAY_ATTEMPTS, str(letter.replays + 1).encode()))
    return Publication(letter.error.topic, letter.record.key, value, headers)


def fate(prepared: Publication | Fate, refused: Sequence[Publication], terms: Terms) -> Fate:
    """What became of what was prepared."""
    if isinstance(prepared, Fate):
        return prepared
    if any(prepared is each for each in refused):
        return Fate.REFUSED
    return Fate.WOULD_REPLAY if terms.dry_run else Fate.REPLAYED
