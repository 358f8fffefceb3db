"""A week of invented work at a console, for what leads look at: four people, a large model, canaries, second looks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from moderator.console.store.canaries import add_canary
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide, undo
from moderator.console.store.exposure import expose
from moderator.console.store.intake import Arrival, take
from moderator.console.store.queue import Claim, claim_next, skip
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.review import Decision
from moderator.contracts.verdict import Outcome
from moderator.policy.thresholds import load_policy
from moderator.review.canaries import SHIPPED_CANARIES, asked_id, load_canaries
from moderator.review.documents import PolicyText, load_policies
from tests.contract.console.scene import Answering, arrival
from tests.unit.review.reviewed import decision

POLICY_FILE = Path(__file__).parents[3] / "models" / "policy.toml"
POLICIES = load_policies()
CANARIES = load_canaries(SHIPPED_CANARIES, POLICIES)
THRESHOLDS = dict(zip(LABELS, load_policy(POLICY_FILE).thresholds, strict=True))

PEOPLE = {"amara": 1, "li.wei": 2, "rosa": 4, "tom": 3}  # and how much of the work is theirs
USUAL = (Label.INSULT, Label.TOXIC, Label.THREAT, Label.HATE, Label.SEXUAL, Label.SPAM)
OFTEN = [48, 25, 8, 7, 6, 6]
CLEAR = {Label.INSULT, Label.TOXIC}  # of which people hardly ever err, so that a change of a threshold can follow
CANARY_PART = 0.03
STILL_WAITING = 0.05  # of the messages
WORKDAY = range(7, 19)  # hours


@dataclass(frozen=True, slots=True)
class Message:
    """One with its right answer."""

    arrival: Arrival
    label: Label
    breaks: bool


class Week:
    """The days before `now`."""

    def __init__(self, store: Store, now: datetime, messages: int) -> None:
        self._store = store
        self._now = now
        self._draw = random.Random(4)
        self._messages = {message.arrival.escalation.id: message for message in self._came(messages)}

    def pass_by(self) -> None:
        """Let messages come, a large model answer about half of them, and people all but the latest."""
        canaries = round(CANARY_PART * len(self._messages))
        ordinary = [message.arrival for message in list(self._messages.values())[canaries:]]
        take(self._store, ordinary, [*self._model_says(), *self._model_answers_canaries()], [])
        for message in list(self._messages.values())[:canaries]:
            add_canary(self._store, message.arrival, Outcome.BLOCK if message.breaks else Outcome.ALLOW)
        for at in self._hours(round((1 - STILL_WAITING) * len(self._messages))):
            reviewer_id = self._draw.choices(list(PEOPLE), list(PEOPLE.values()))[0]
            claim = claim_next(self._store, reviewer_id, at, timedelta(minutes=10))
            if claim is not None:
                self._work_on(claim, reviewer_id, at)

    def _came(self, messages: int) -> Iterator[Message]:
        for number in range(messages):
            label = self._draw.choices(USUAL, OFTEN)[0]
            band = THRESHOLDS[label]
            part = self._draw.random()
            score = round(band.escalate_at + part * (min(band.block_at, 0.97) - band.escalate_at), 4)
            # Low insults are none, high toxicity nearly always is: so there is a change to suggest.
            likely = {Label.INSULT: 0.0 if part < 0.45 else 0.8 * part, Label.TOXIC: 0.3 if part < 0.5 else 0.998}
            age = timedelta(days=12 * (1 - number / messages), minutes=5)
            yield Message(
                self._arrival(number, label, score, self._now - age),
                label,
                self._draw.random() < likely.get(label, 0.15 + 0.7 * part),
            )

    def _arrival(self, number: int, label: Label, score: float, at: datetime) -> Arrival:
        plain = arrival(100_000 + number, scores={label: score}, policy_id=_covering(label).reference.id)
        reason = plain.escalation.reasons[0].model_copy(update={"threshold": THRESHOLDS[label].escalate_at})
        escalation = plain.escalation.model_copy(update={"reasons": (reason,), "escalated_at": at})
        return replace(plain, escalation=escalation, order_at=at, severe=number % 9 == 0)

    def _model_says(self) -> Iterator[Decision]:
        for id_, message in self._messages.items():
            if self._draw.random() < 0.5:
                blocks = message.breaks ^ (self._draw.random() < (0.2 if message.label is Label.SPAM else 0.005))
                yield _suggested(id_, message.label, blocks, "sampled", message.arrival.escalation.escalated_at)

    def _model_answers_canaries(self) -> Iterator[Decision]:
        for number in range(40):
            canary = self._draw.choice(CANARIES)
            at = self._now - timedelta(days=self._draw.uniform(0, 12))
            known = canary.outcome is Outcome.BLOCK
            yield _suggested(asked_id(canary, f"{number:06x}"), canary.labels[0], known, "canary", at)

    def _hours(self, many: int) -> Iterator[datetime]:
        """So many moments of the last workdays, the earliest first."""
        start = self._now - timedelta(days=6, hours=20)
        moments = (start + (self._now - start) * self._draw.random() for _ in iter(int, 1))
        at_work = (at for at in moments if at.hour in WORKDAY and at < self._now)
        return iter(sorted(at for at, _ in zip(at_work, range(many), strict=False)))

    def _work_on(self, claim: Claim, reviewer_id: str, at: datetime) -> None:
        store, message = self._store, self._messages[claim.job.id]
        expose(store, claim.job.id, reviewer_id, at)
        if self._draw.random() < 0.01:
            skip(store, claim.lease, "language: it looks like Basque", at)
            return
        breaks = message.breaks ^ (self._draw.random() < (0.002 if message.label in CLEAR else 0.05))
        answer = Answering(reviewer_id, _answer(message.label, breaks) | {"decided_at": at})
        act = decide(store, claim.lease, answer, at, timedelta(seconds=10), second_looks=0.08)
        if self._draw.random() < 0.01:
            undo(store, act.id, reviewer_id, at + timedelta(seconds=4), timedelta(minutes=1))


def _covering(label: Label) -> PolicyText:
    return next(document for document in POLICIES.documents if label in document.labels)


def _answer(label: Label, breaks: bool) -> dict[str, Any]:  # noqa: FBT001
    policy = _covering(label)
    found = {"labels": [label], "rules": [f"{label}.1"]} if breaks else {"labels": [], "rules": []}
    return {"outcome": "block" if breaks else "allow", "policy": policy.reference.model_dump(), **found}


def _suggested(id_: str, label: Label, blocks: bool, referral: str, at: datetime) -> Decision:  # noqa: FBT001
    return decision(
        id=f"llm-{id_}",
        source="llm",
        reviewer_id="a-large-model",
        escalation_id=id_,
        replaces=id_,
        outcome="escalate",
        labels=[],
        rules=[],
        policy=_covering(label).reference.model_dump(),
        referral=referral,
        suggestion={"outcome": "block" if blocks else "allow"},
        decided_at=at + timedelta(seconds=3),
    )
