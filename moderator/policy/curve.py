"""Escalations an hour against misses an hour, as escalate_at moves."""

from typing import NamedTuple

from moderator.policy.escalate import Bands
from moderator.policy.interval import Interval
from moderator.policy.rehearsal import Rehearsal

RISKS = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
LABEL_STEPS = 50  # enough for a line that looks smooth


class Point(NamedTuple):
    """`at`: the risk that every band keeps to, or the escalate_at of one label's band. What follows from it, an hour:
    `escalations` and `misses`.
    """

    at: float
    escalations: float
    misses: Interval


def curve(bands: Bands) -> list[Point]:
    """All labels together, from the widest bands on: one risk for each of them, as low as the sample can promise."""
    risks = sorted({bands.lowest, *(risk for risk in RISKS if risk > bands.lowest)})
    starts = [(risk, bands.at(risk)) for risk in risks]
    return [Point(risk, bands.rehearsal.escalations(start), bands.rehearsal.misses(start)) for risk, start in starts]


def label_curve(rehearsal: Rehearsal, index: int) -> list[Point]:
    """The label at `index` in LABELS by itself, up to its block_at; empty where the sample does not know it."""
    block_at = rehearsal.block_at[index]
    forecasts = [rehearsal.label(index, block_at * step / LABEL_STEPS) for step in range(1, LABEL_STEPS + 1)]
    return [
        Point(forecast.escalate_at, forecast.escalations, forecast.misses)
        for forecast in forecasts
        if forecast.misses is not None
    ]
