"""How far the large model agrees with people, and with what was known beforehand, as `moderator reviewer` sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from moderator.console.store.canaries import CanaryResults
from moderator.contracts.review import Decision
from moderator.contracts.verdict import PolicyDocument
from moderator.review.canaries import Canary, CanaryResult, canary_id, canary_result
from moderator.review.evidence import Evidence
from moderator.review.probation import Figures, Probation, ProbationLimits
from moderator.reviewer_settings import ReviewerSettings


@dataclass(frozen=True, slots=True)
class Standing:
    """One large model under one version of a policy document."""

    model: str
    policy: PolicyDocument
    figures: Figures
    canaries: CanaryResults  # without those that got no answer: people would have decided


def limits(settings: ReviewerSettings) -> ProbationLimits:
    """Those that a large model is held to."""
    return ProbationLimits(
        window=settings.window_pairs,
        fewest=settings.fewest_pairs,
        recent=settings.recent_pairs,
        needed=settings.agreement,
        most_false_allows=settings.false_allows,
        confidence=settings.bounds_confidence,
    )


def standings(
    judged: Sequence[tuple[Decision, Decision]],
    asked: Sequence[Decision],
    canaries: Sequence[Canary],
    held_to: ProbationLimits,
) -> list[Standing]:
    """By model and policy, from what large models and people said of the same messages, and from what the models were
    `asked` of canaries, each in the order of time.
    """
    models = {of_model.reviewer_id for of_model, _ in judged} | {decision.reviewer_id for decision in asked}
    found = []
    for model in sorted(models):
        said = [pair for pair in judged if pair[0].reviewer_id == model]
        answers = [decision for decision in asked if decision.reviewer_id == model]
        found += _of(model, said, answers, canaries, held_to)
    return found


def _of(
    model: str,
    judged: Sequence[tuple[Decision, Decision]],
    asked: Sequence[Decision],
    canaries: Sequence[Canary],
    held_to: ProbationLimits,
) -> list[Standing]:
    """Told in the order in which the model itself was told: a pair is complete once the person has spoken."""
    probation = Probation(held_to)
    evidence = Evidence(model, probation, lambda _usage, _at: None, canaries)  # what it cost is no question here
    policies: dict[str, PolicyDocument] = {}
    for told in sorted([*judged, *((decision,) for decision in asked)], key=lambda told: told[-1].decided_at):
        for decision in told:
            evidence.add(decision)
    for decision in chain((of_model for of_model, _ in judged), asked):
        if decision.policy is not None:
            policies[decision.policy.hash] = decision.policy
    found = [
        Standing(model, policy, probation.figures(policy.hash), _results(asked, canaries, policy))
        for policy in policies.values()
    ]
    return sorted(found, key=lambda each: (each.policy.id, each.policy.version))


def _results(asked: Iterable[Decision], canaries: Iterable[Canary], policy: PolicyDocument) -> CanaryResults:
    known = {canary.id: canary for canary in canaries}
    results = [
        canary_result(canary, decision)
        for decision in asked
        if decision.policy == policy and (canary := known.get(canary_id(decision.escalation_id)))
    ]
    right = results.count(CanaryResult.PASSED)
    return CanaryResults(right, len(results) - right - results.count(CanaryResult.UNANSWERED))
