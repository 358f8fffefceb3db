"""A plan as tables, remarks, JSON and panels of a plot."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from moderator.contracts.labels import LABELS
from moderator.planning.plot import Panel, Place
from moderator.policy.band import fewest_for
from moderator.policy.curve import Point
from moderator.policy.escalate import Kept, Plan
from moderator.policy.interval import Interval
from moderator.policy.rehearsal import LabelForecast
from moderator.policy.traffic import Traffic

NONE = "-"
DIGITS = 5
Table = list[list[str]]  # the first row names the columns


@dataclass(frozen=True, slots=True)
class Report:
    """A `plan` for `traffic` with its curves; `left_out`: rows that the scores alone do not decide; `audit_part`: how
    much reviewers check of what is not escalated.
    """

    plan: Plan
    traffic: Traffic
    curve: Sequence[Point]
    label_curves: Sequence[Sequence[Point]]
    left_out: int
    overrides: int
    audit_part: float

    def label_table(self) -> Table:
        """The present band of each label beside the planned one, then all together."""
        plan = self.plan
        band = ["band", "escalated/h", "missed/h (95 %)"]
        rows = [
            [
                present.label,
                f"{present.carrying:,}",
                f"{self.traffic.share(present.label):.2%}" if present.misses else NONE,
                *_band_cells(present),
                *_band_cells(planned),
                f"{planned.bound:.1%}" if planned.bound and plan.promised and present.label not in plan.kept else NONE,
            ]
            for present, planned in zip(plan.present.labels, plan.planned.labels, strict=True)
        ]
        total = ["all", NONE, NONE]
        for forecast in (plan.present, plan.planned):
            total += [NONE, f"{forecast.escalations:,.1f}", _interval(forecast.misses)]
        columns = ["label", "rows", "share", *band, *(f"planned {name}" for name in band), "promised"]
        return [columns, *rows, [*total, NONE]]

    def curve_table(self) -> Table:
        """All labels together, the widest bands first, with the present and the planned ones in their place."""
        plan = self.plan
        planned = Point(plan.held, plan.planned.escalations, plan.planned.misses)
        points = sorted([*(point for point in self.curve if point.at != plan.held), planned])
        rows = [(f"{point.at:.3g}", point, "< planned" if point.at == plan.held else "") for point in points]
        rows.append((NONE, Point(0, plan.present.escalations, plan.present.misses), "< present"))
        rows.sort(key=lambda row: -row[1].escalations)  # stable: equal ones stay in the order of their risk
        return [
            ["risk", "escalated/h", "missed/h (95 %)", ""],
            *([at, f"{point.escalations:,.1f}", _interval(point.misses), mark] for at, point, mark in rows),
        ]

    def remarks(self) -> list[str]:
        """What the tables do not say, a line each; the result first."""
        plan = self.plan
        asked = f"{plan.risk:.3g} of the messages with a planned label pass below its band"
        if plan.promised:
            lines = [f"Within capacity: on average, at most {asked}, by conformal risk control."]
        else:
            lines = [
                f"NOT within capacity: that at most {asked} takes more than {plan.capacity:,.1f} escalations an hour.",
                "The planned bands are the widest that reviewers can bear."
                f" Their risk is some {plan.held:.3g}: estimated, not promised."
                if plan.fits
                else "Even the narrowest bands are too much for reviewers; the planned ones are these.",
            ]
        lines += self._kept()
        unnamed = [f.label for f in plan.present.labels if f.misses and f.label not in self.traffic.shares]
        if not self.traffic.shares:
            lines.append("Shares are the file's own mix, hardly the platform's: name them with --harmful-share.")
        elif unnamed:
            lines.append(f"Shares of {', '.join(unnamed)} follow from the file, weighed by the shares that are given.")
        lines.append("A message that several labels escalate counts for each of them, and once in all.")
        if self.left_out:
            lines.append(
                f"Rows left out: {self.left_out:,}, in another language, unreadable or too long. The policy escalates"
                " such messages whatever the bands: take them off the capacity."
            )
        if self.audit_part:
            audited = self.audit_part * (self.traffic.messages_per_hour - plan.planned.escalations)
            lines.append(f"Audit samples, some {audited:,.1f} an hour, come on top: take them off the capacity.")
        if self.overrides:
            lines.append(f"The policy's overrides ({self.overrides}) are neither counted nor changed.")
        return lines

    def _kept(self) -> list[str]:
        risk = self.plan.risk
        why = {
            Kept.UNKNOWN: "no row knows them",
            Kept.CONSTANT: "the model has not learnt them",
            Kept.TOO_FEW: f"to promise a risk of {risk:.3g}, {fewest_for(risk)} rows must carry the label",
        }
        named = {kept: [label for label in LABELS if self.plan.kept.get(label) is kept] for kept in Kept}
        return [f"Bands kept of {', '.join(labels)}: {why[kept]}." for kept, labels in named.items() if labels]

    def to_json(self) -> str:
        """Figures only."""
        content: dict[str, Any] = asdict(self.plan) | {
            "promised": self.plan.promised,
            "fits": self.plan.fits,
            "messages_per_hour": self.traffic.messages_per_hour,
            "shares": self.traffic.shares,
            "rows": len(self.traffic.texts),
            "left_out": self.left_out,
            "curve": [_point(point) for point in self.curve],
            "label_curves": {
                label: [_point(point) for point in points]
                for label, points in zip(LABELS, self.label_curves, strict=True)
            },
        }
        return json.dumps(_rounded(content), indent=1) + "\n"

    def panels(self) -> list[Panel]:
        """All together first, then each label that the rows know."""
        plan = self.plan
        present = (plan.present.escalations, plan.present.misses.expected)
        planned = (plan.planned.escalations, plan.planned.misses.expected)
        panels = [Panel("all labels", _line(self.curve), present, planned, plan.capacity)]
        for now, then, points in zip(plan.present.labels, plan.planned.labels, self.label_curves, strict=True):
            if points:
                panels.append(Panel(now.label, _line(points), _place(now), _place(then)))
        return panels


def plain_lines(table: Table) -> list[str]:
    """Aligned; the first column to the left, all others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    ]


def _band_cells(forecast: LabelForecast) -> list[str]:
    band = f"{forecast.escalate_at:g} to {forecast.block_at:g}"
    return [band, f"{forecast.escalations:,.1f}", _interval(forecast.misses) if forecast.misses else NONE]


def _interval(interval: Interval) -> str:
    return f"{interval.expected:,.1f} ({interval.low:,.1f} to {interval.high:,.1f})"


def _line(points: Sequence[Point]) -> list[Place]:
    return [(point.escalations, point.misses.expected) for point in points]


def _place(forecast: LabelForecast) -> Place:
    return forecast.escalations, forecast.misses.expected if forecast.misses else 0.0


def _point(point: Point) -> dict[str, Any]:
    return {"at": point.at, "escalations": point.escalations, "misses": point.misses}


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {name: _rounded(value) for name, value in figures.items()}
    if isinstance(figures, list | tuple):
        return [_rounded(value) for value in figures]
    return round(figures, DIGITS) if isinstance(figures, float) else figures
