"""Leads' pages: how the queue does, and how far those who judge agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from moderator.console.store import figures, history, looks
from moderator.console.store.canaries import canary_results
from moderator.console.store.figures import Queue
from moderator.console.web import charts, threshold_pages
from moderator.console.web.agreement_view import limits, standings
from moderator.console.web.charts import Ratio
from moderator.console.web.desk import DeskNeeded
from moderator.console.web.identity import Auditor
from moderator.console.web.pages import render
from moderator.console.web.period import DAY, WORDS, PeriodNeeded
from moderator.console.web.shares import exact, right_answers
from moderator.console.web.workload import workloads
from moderator.contracts.labels import Label
from moderator.review.agreement import krippendorffs_alpha

NO_POLICY = "no policy covers it"

router = APIRouter()
router.include_router(threshold_pages.router)


@router.get("/lead")
def work(request: Request, desk: DeskNeeded, period: PeriodNeeded, _: Auditor) -> HTMLResponse:
    """The queue, and who does what."""
    columns = period.columns(history.decided_per_hour(desk.store, period.since))
    decided = sum(column.amount for column in columns)
    reviewers = workloads(desk.store, period.since, period.until)
    depths = history.depths(desk.store)
    most = max(column.amount for column in columns)
    words = f"{decided:,} {period.when}, the earliest to the left; the most in one column is {most:,}"
    return render(
        request,
        "lead.html",
        period=period,
        periods=WORDS,
        queue=figures.queue(desk.store),
        waiting_by={"policy": _waiting(depths.by_policy), "label": _waiting(depths.by_label)},
        columns=columns,
        decided=decided,
        throughput=charts.columns("throughput", "Decisions that stand", words, columns),
        reviewers=[(each, charts.part(min(1.0, each.severe / desk.settings.severe_per_day))) for each in reviewers],
        hours=sum(each.hours for each in reviewers),
        severe_per_day=desk.settings.severe_per_day,
    )


@router.get("/lead/agreement")
def agreement(request: Request, desk: DeskNeeded, period: PeriodNeeded, person: Auditor) -> HTMLResponse:
    """The large model with people, people with each other, and both with what was known beforehand. Of a person's own
    canaries it tells nothing: they would see which answers to take back.
    """
    days, held_to = desk.reviewer.evidence_days, limits(desk.reviewer)
    since = period.until - days * DAY
    judged, asked = history.judged_twice(desk.store, since), history.model_canaries(desk.store, since)
    models = standings(judged, asked, desk.model_canaries, held_to)
    ratings = looks.ratings(desk.store, period.since)
    agreed = sum(first is second for first, second in ratings)
    of_people = canary_results(desk.store, period.since)
    of_people.pop(person.id, None)
    canaries = sorted(of_people.items())
    canaries += [(f"{each.model}, {each.policy.id} {each.policy.version}", each.canaries) for each in models]
    answered = [(name, results, share) for name, results in canaries if (share := right_answers(results))]
    return render(
        request,
        "lead_agreement.html",
        period=period,
        periods=WORDS,
        days=days,
        limits=held_to,
        models=models,
        models_chart=charts.whiskers(
            "models",
            "Agreement of the large model with people, by policy",
            f"A dot within its interval of 95 %; the dashed line is the {held_to.needed:.0%} that is asked for",
            [
                Ratio(
                    f"{each.policy.id} {each.policy.version}",
                    share,
                    f"{tally.agreed:,} of {tally.pairs:,} · {share.expected * 100:.1f} %",
                )
                for each in models
                if (share := each.figures.agreement) and (tally := each.figures.tally)
            ],
            needed=held_to.needed,
        ),
        ratings=len(ratings),
        agreed=agreed,
        people=exact(agreed, len(ratings)) if ratings else None,
        alpha=krippendorffs_alpha(ratings),
        answered=answered,
        canaries_chart=charts.whiskers(
            "canaries",
            "Canaries that were answered rightly",
            "A dot within its exact interval of 95 %, by reviewer, and by policy for the large model",
            [
                Ratio(
                    name,
                    share,
                    f"{results.right:,} of {results.right + results.wrong:,} · {share.expected * 100:.1f} %",
                )
                for name, results, share in answered
            ],
        ),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits under one name, with a bar as long as its part of the longest."""

    name: str
    queue: Queue
    bar: Markup


def _waiting(queues: Mapping[Label, Queue] | Mapping[str | None, Queue]) -> list[Waiting]:
    """The longest first."""
    longest = max((queue.depth for queue in queues.values()), default=1)
    rows = [Waiting(name or NO_POLICY, queue, charts.part(queue.depth / longest)) for name, queue in queues.items()]
    return sorted(rows, key=lambda row: (-row.queue.depth, row.name))
