"""Reliability diagrams: the rate of positives against the score, before and after calibration."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from moderator.training.calibration_figures import SENTIMENT

COLUMNS = 3
FEWEST_ROWS = 10  # of a point: the rate of fewer rows is chance
PANEL = (3.6, 3.4)  # inches
DOTS_PER_INCH = 90
BEFORE, AFTER, COUNTS = "#b0b0b0", "#1f5fa8", "#d9e4f2"


def draw_reliability(heads: Mapping[str, Any], path: Path) -> None:
    """Write a PNG with a panel for each of `heads` (calibration figures by label, and of "sentiment")."""
    rows = -(-len(heads) // COLUMNS)
    figure = Figure(figsize=(PANEL[0] * COLUMNS, PANEL[1] * rows), layout="constrained")
    panels: list[Axes] = figure.subplots(rows, COLUMNS, squeeze=False).ravel().tolist()
    for axes, (name, head) in zip(panels, heads.items(), strict=False):
        draw_panel(axes, name, head)
    for axes in panels[len(heads) :]:
        axes.set_axis_off()
    figure.supxlabel("score")
    figure.supylabel("rate of positives (sentiment: of right answers)")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DOTS_PER_INCH)


def draw_panel(axes: Axes, name: str, head: Mapping[str, Any]) -> None:
    """The diagonal is what a score promises; bars show how many rows have it, on a logarithmic scale of their own.

    Scores that fewer than ten rows have get no point.
    """
    counts = axes.twinx()
    after = head["bins_after"]
    counts.bar([part["score"] for part in after], [part["rows"] for part in after], width=0.05, color=COUNTS)
    counts.set_yscale("log")
    counts.set_ylim(0.5, max(part["rows"] for part in after) * 30)  # the bars keep to the lower half
    counts.set_yticks([])
    counts.minorticks_off()
    axes.set_zorder(counts.get_zorder() + 1)
    axes.patch.set_visible(False)
    axes.plot([0, 1], [0, 1], color="black", linewidth=0.8, linestyle=":")
    for bins, colour, when in ((head["bins_before"], BEFORE, "before"), (after, AFTER, "after")):
        points = [(part["score"], part["rate"]) for part in bins if part["rows"] >= FEWEST_ROWS]
        label = f"{when}, error {head[when]:.3f}"
        axes.plot([score for score, _ in points], [rate for _, rate in points], "o-", color=colour, label=label, ms=4)
    positives = "" if name == SENTIMENT else f", {head['positives']:,} positive"
    axes.set_title(f"{name}: {head['rows']:,} rows{positives}", fontsize=10)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.legend(loc="lower right", fontsize=8, frameon=False)
