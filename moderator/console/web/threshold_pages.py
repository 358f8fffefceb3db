"""Which thresholds follow from what people decided: for leads to see, and for the policy's authors as a patch."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from moderator.console.store import figures, history
from moderator.console.web import charts
from moderator.console.web.charts import Mark, Ratio, Stack
from moderator.console.web.desk import Desk, DeskNeeded
from moderator.console.web.identity import Auditor
from moderator.console.web.pages import render
from moderator.console.web.period import WORDS, Period, PeriodNeeded
from moderator.console.web.policy_diff import NAME, edits, patch
from moderator.console.web.suggestion import FEWEST, MOST_WRONG, Change, Effect, LabelReport, effect, reports
from moderator.errors import ConfigError
from moderator.policy.editing import changed, parsed
from moderator.policy.interval import wilson

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What follows for the policy file; no `changes`: nothing does, and `patch` is empty. `effect`: of all of them."""

    reports: list[LabelReport]
    changes: list[Change]
    patch: str
    effect: Effect


@router.get("/lead/thresholds")
def thresholds(request: Request, desk: DeskNeeded, period: PeriodNeeded, _: Auditor) -> HTMLResponse:
    """What people overturned, and what follows from that."""
    overturns = figures.overturns(desk.store, period.since)
    try:
        suggestion, problem = _suggestion(desk, period), None
    except ConfigError as error:
        suggestion, problem = None, "; ".join(error.problems)
    return render(
        request,
        "lead_thresholds.html",
        period=period,
        periods=WORDS,
        overturns=[(each, wilson(each.overturned / each.decided, each.decided)) for each in overturns],
        overturns_chart=charts.whiskers(
            "overturns",
            "Escalations in which people did not find the label",
            "A dot within its interval of 95 %, by label and the threshold that its score reached",
            [
                Ratio(
                    f"{each.label} from {each.threshold:g}",
                    wilson(each.overturned / each.decided, each.decided),
                    f"{each.overturned:,} of {each.decided:,} · {each.overturned / each.decided * 100:.1f} %",
                )
                for each in overturns
            ],
        ),
        suggestion=suggestion,
        problem=problem,
        bands=[(report, _band(report)) for report in suggestion.reports if report.decided] if suggestion else [],
        legend=charts.legend("people found the label", "they did not"),
        fewest=FEWEST,
        most_wrong=MOST_WRONG,
    )


@router.get("/lead/policy.diff")
def policy_diff(desk: DeskNeeded, period: PeriodNeeded, _: Auditor) -> Response:
    """The suggested patch of the policy file, to take along."""
    try:
        suggestion = _suggestion(desk, period)
    except ConfigError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    named = {"Content-Disposition": f'attachment; filename="policy-decided-{period.until:%Y-%m-%d}.diff"'}
    return Response(suggestion.patch, media_type="text/x-diff", headers=named)


def _suggestion(desk: Desk, period: Period) -> Suggestion:
    """Raises ConfigError, StoreUnavailable."""
    if desk.policy_file is None:
        raise ConfigError(["this console knows no policy file: MODERATOR_POLICY__FILE names the one of the agents"])
    try:
        text = desk.policy_file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise ConfigError([f"{NAME}: cannot be read by this console"]) from None
    present = parsed(text, NAME).thresholds
    evidence = history.threshold_evidence(desk.store, period.since)
    found = reports(evidence, present)
    changes = [change for report in found for change in report.changes]
    new = patch(text, changes, period.until.date()) if changes else ""
    return Suggestion(found, changes, new, effect(evidence, present, changed(present, edits(changes))))


def _band(report: LabelReport) -> Markup:
    low, high = report.band.escalate_at, report.band.block_at
    marks = [
        Mark(f"{change.end} {change.suggested:g}", (change.suggested - low) / (high - low)) for change in report.changes
    ]
    return charts.band(
        f"band-{report.label}",
        f"Decisions on {report.label} by score",
        f"From {low:g} to {high:g} in tenths; below what people found, above it what they did not",
        [Stack(f"{step.start:.2f}", step.found, step.not_found) for step in report.steps],
        marks,
    )
