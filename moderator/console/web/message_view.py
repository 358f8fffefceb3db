"""What the page shows of a claimed message."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from moderator.console.store.appeals import Appealed, appealed
from moderator.console.store.context import Earlier, context
from moderator.console.store.database import Store
from moderator.console.store.deciding import near_duplicates
from moderator.console.store.exposure import shown
from moderator.console.store.job import Job
from moderator.console.store.notes import Note, notes_for
from moderator.console.store.queue import Claim
from moderator.console.web.answers import NoPolicy, policy_for
from moderator.console.web.plain_text import Piece, pieces
from moderator.console.web.policy_view import PolicyView, policy_view
from moderator.console.web.word import Word, word
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.review.audit_sample import audited_outcome
from moderator.review.documents import Policies


@dataclass(frozen=True, slots=True)
class Bar:
    """A label's score, 0 to 1, and the threshold that it reached, if it did."""

    label: Label
    score: float
    threshold: float | None


@dataclass(frozen=True, slots=True)
class Around:
    """A message near it: of its thread, or an earlier one of its author's. A severe one's text is shown beside a severe
    one only, which the reviewer has asked for.
    """

    earlier: Earlier
    text: list[Piece]
    masked: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """Of one claim. `text` is None while it is masked, and so is all that stands round it."""

    claim: Claim
    text: list[Piece] | None
    bars: list[Bar]
    policy: PolicyView | None
    others: int  # near-duplicates that the same decision could answer
    suggestion: Word | None  # that the reviewer has asked for
    has_suggestion: bool  # that may be asked for
    appeal: Appealed | None
    notes: list[Note]
    thread: list[Around]
    history: list[Around]

    @property
    def job(self) -> Job:
        """What is claimed."""
        return self.claim.job

    @property
    def audited(self) -> Outcome | None:
        """What the confident verdict says that is checked here; None where none is."""
        return audited_outcome(self.job.escalation)

    @property
    def mood(self) -> float:
        """The score of the likeliest sentiment."""
        sentiment = self.job.escalation.sentiment
        return float(getattr(sentiment.scores, sentiment.label))


def message_view(
    store: Store, claim: Claim, policies: Policies, policy_id: str | None, now: datetime, *, asked_to_hide: bool
) -> MessageView:
    """The page's picture of `claim`, beside the document that was chosen or covers it. Raises StoreUnavailable."""
    job, lease = claim.job, claim.lease
    visible = not asked_to_hide and shown(store, lease, now)
    around = context(store, job.id)
    open_to_ask = may_be_asked(job)
    return MessageView(
        claim,
        text=pieces(job.escalation.message.text) if visible else None,
        bars=bars(job),
        policy=_policy(job, policies, policy_id),
        others=near_duplicates(store, lease, now) if job.cluster else 0,
        suggestion=word(job.opinion) if open_to_ask and job.suggestion_seen else None,
        has_suggestion=open_to_ask,
        appeal=appealed(store, job.id) if job.appeals else None,
        notes=notes_for(store, job.id, lease.reviewer_id),
        thread=_around(around.thread, job) if visible else [],
        history=_around(around.history, job) if visible else [],
    )


def may_be_asked(job: Job) -> bool:
    """Whether the reviewer may see what a large model says before they answer. Not where both are compared, nor under
    appeal, where its word may be what is doubted.
    """
    return word(job.opinion) is not None and not job.blinded and job.appeals == 0


def severe_beside(store: Store, job: Job) -> set[str]:
    """Other jobs whose severe texts are shown together with this one's: they are read, too. Raises StoreUnavailable."""
    around = context(store, job.id)
    near = [*around.thread, *around.history] if job.severe else []
    return {each.job_id for each in near if each.severe and each.text is not None}


def bars(job: Job) -> list[Bar]:
    """Of every label, in the order of LABELS, so that eyes learn where each one stands."""
    scores = job.escalation.scores
    reached = {reason.label: reason.threshold for reason in job.escalation.reasons if reason.label}
    return [Bar(label, getattr(scores, label), reached.get(label)) for label in LABELS]


def _policy(job: Job, policies: Policies, policy_id: str | None) -> PolicyView | None:
    try:
        policy = policy_for(job, policy_id, policies)
    except NoPolicy:
        return None
    return policy_view(policy, escalated_for(job))


def escalated_for(job: Job) -> Collection[Label]:
    """The labels whose scores brought it here."""
    return {reason.label for reason in job.escalation.reasons if reason.label}


def _around(earlier: Sequence[Earlier], job: Job) -> list[Around]:
    masked = [each.severe and not job.severe for each in earlier]
    return [
        Around(each, [] if hidden else pieces(each.text or ""), hidden)
        for each, hidden in zip(earlier, masked, strict=True)
    ]
