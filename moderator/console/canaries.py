"""Canaries into people's queue: among what arrives, now and then a text whose answer is known."""

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from moderator.console.store.canaries import add_canary, canaries_waiting
from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.intake import Arrival, Position, take
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Record
from moderator.contracts.review import Decision
from moderator.review.canaries import Canary, disguised, doubted
from moderator.review.sampling import sampled

SALT = "people's canary"
ID_DIGITS = 32  # as a verdict's
DIGITS, LOWER, UPPER = "0123456789", "abcdef", "ABCDEF"


class CanaryFeed:
    """Adds a canary beside `part` of all arrivals, which ones their ids decide: what comes again adds nothing. Where a
    large model answers much of what arrives, fewer are added, so that they stay that part of what waits for people. A
    canary goes beside what was escalated for its labels only.
    """

    def __init__(
        self, store: Store, canaries: Sequence[Canary], part: float, arriving: Callable[[Record], Arrival]
    ) -> None:
        """`arriving` reads an escalation's record, as for any other."""
        self._store = store
        self._canaries = canaries
        self._part = part if canaries else 0.0
        self._arriving = arriving

    def keep(self, arrivals: Iterable[Arrival], said: Iterable[Decision], consumed: Iterable[Position]) -> None:
        """The store's `take`, and the canaries after it: a crash in between loses no more than these. Raises
        StoreUnavailable.
        """
        arrivals = list(arrivals)
        take(self._store, arrivals, said, consumed)
        for arrival in arrivals:
            if sampled(arrival.escalation.id, self._part, SALT) and self._wanted():
                self._add_beside(arrival)

    def _wanted(self) -> bool:
        return canaries_waiting(self._store) <= self._part * queue(self._store).depth

    def _add_beside(self, arrival: Arrival) -> None:
        beside = arrival.escalation
        # A page shows which threshold was reached: another one than the label always has would tell a canary.
        likely = [canary for canary in self._canaries if set(canary.labels) <= doubted(beside).keys()]
        if not likely:
            return
        drawn = hashlib.sha256(f"{SALT}\0{beside.id}".encode()).hexdigest()
        canary = likely[int(drawn, 16) % len(likely)]
        escalation = disguised(canary, drawn[:ID_DIGITS], _of_the_form(beside.message_id, drawn), beside)
        origin = escalation.origin
        record = Record(
            origin.topic, origin.partition, origin.offset, origin.timestamp_ms, arrival.key, to_bytes(escalation)
        )
        # Of no cluster: an answer to other texts must not answer it, nor the other way round.
        alone = replace(self._arriving(record), cluster=None, sketch=None)
        add_canary(self._store, alone, canary.outcome)


def _of_the_form(id_: str, drawn: str) -> str:
    """An id with other digits, hexadecimal ones too, in the places where `id_` has some."""
    draw = random.Random(drawn)
    alphabets = {character: alphabet for alphabet in (DIGITS, LOWER, UPPER) for character in alphabet}
    return "".join(draw.choice(alphabets.get(character, character)) for character in id_)
