"""A reviewer's choice on a job to what is kept and published of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from moderator.config import TopicSettings
from moderator.console.store.deciding import Answer
from moderator.console.store.job import Job
from moderator.console.store.leases import Lease
from moderator.console.store.refusals import Refused
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.record import Record
from moderator.contracts.review import Decision
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.review.documents import Policies, PolicyText
from moderator.review.final import final_verdict
from moderator.review.opinion import Decided
from moderator.review.publications import publications

SOURCE = "/moderator/console"  # of the published events, as their headers name it
ID_DIGITS = 32  # as every other id of this program's
MOST_RATIONALE = 1000  # characters, as of a large model's


class BlockWithoutRule(Refused):
    """A block has to say what it rests on."""

    words = "To block a message, choose at least one rule that it breaks. Nothing was saved yet."


class UnknownRule(Refused):
    """A rule of another document, or of one that has changed since the page was made."""

    words = "This policy does not have the rule that was chosen. Nothing was saved yet; choose again."


class NoPolicy(Refused):
    """No document is known that the decision could rest on."""

    words = "No policy document covers this message. Nothing was saved yet; choose the document to go by."


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reviewer chose. Without a `policy_id` the document that covers the job applies."""

    outcome: Decided
    rules: tuple[str, ...] = ()  # that the text breaks; an allow rests on none, whatever was ticked before
    policy_id: str | None = None
    rationale: str | None = None
    suggestion_seen: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """Says to each job what the reviewer chose for the one under `lease`. Raises Refused where that has no grounds."""

    choice: Choice
    lease: Lease
    policies: Policies
    topics: TopicSettings
    now: datetime

    def __call__(self, job: Job) -> Answer:
        """The decision on `job`. The same for the same claim, so that one sent twice is known."""
        policy = policy_for(job, self.choice.policy_id, self.policies)
        rules = self._rules(policy)
        decision = Decision(
            id=decision_id(self.lease, job.id),
            escalation_id=job.id,
            message_id=job.escalation.message_id,
            outcome=self.choice.outcome,
            labels=labels_of(policy, rules),
            rules=rules,
            source=VerdictSource.HUMAN,
            reviewer_id=self.lease.reviewer_id,
            rationale=(self.choice.rationale or "").replace("\r\n", "\n").strip()[:MOST_RATIONALE] or None,
            policy=policy.reference,
            replaces=job.standing,
            suggestion_seen=self.choice.suggestion_seen,
            started_at=job.claimed_at,
            decided_at=self.now,
        )
        final = final_verdict(job.escalation, decision)
        if final is None:
            raise ValueError("a person's decision is final")
        record = Record(self.topics.escalations, 0, 0, 0, job.key, None, job.headers)
        to = self.topics.decisions, self.topics.verdicts
        return Answer(decision, final.id, publications(job.escalation, decision, record, *to, SOURCE))

    def _rules(self, policy: PolicyText) -> tuple[str, ...]:
        if self.choice.outcome is Outcome.ALLOW:
            return ()
        chosen = set(self.choice.rules)
        known = tuple(rule.id for rule in policy.rules if rule.id in chosen)
        if len(known) < len(chosen):
            raise UnknownRule
        if not known:
            raise BlockWithoutRule
        return known


def policy_for(job: Job, policy_id: str | None, policies: Policies) -> PolicyText:
    """The document that was chosen, else the one that covers the job. Raises NoPolicy."""
    if policy_id is None:
        policy = policies.covering(job.escalation)
    else:
        policy = next((each for each in policies.documents if each.reference.id == policy_id), None)
    if policy is None:
        raise NoPolicy
    return policy


def labels_of(policy: PolicyText, rules: tuple[str, ...]) -> tuple[Label, ...]:
    """What is found in a text that breaks these rules, in the order of LABELS."""
    found = {rule.label for rule in policy.rules if rule.id in rules}
    return tuple(label for label in LABELS if label in found)


def decision_id(lease: Lease, job_id: str) -> str:
    """Of the decision that is made on a job under a claim; another claim of the same job has another one."""
    return hashlib.sha256(f"decision\0{lease.id}\0{job_id}".encode()).hexdigest()[:ID_DIGITS]
