"""The results of a load as one page: no other file, no network. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from load.plots import Axis, Bar, Line, bar_plot, line_plot, linear_axis, log_axis, time_axis
from load.profiles import P99_MS

TEMPLATES = Path(__file__).parent
TOTAL = "total"  # the stage that the others add up to
RAREST = 1e-6
PERCENTILES = ((0.5, "50 %"), (0.1, "90 %"), (0.01, "99 %"), (1e-3, "99.9 %"), (1e-4, "99.99 %"), (1e-5, "99.999 %"))


def page(document: Mapping[str, Any]) -> str:
    """The HTML of what `load.load_report` has as JSON."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    missed = [row for row in document["table"] + document["baseline"] if row.get("met") is False]
    plots = {
        "percentiles": _percentiles(document),
        "rates": _rates(document),
        "latencies": _latencies(document),
        "stages": _stages(document["stages_ms"]),
        "peers": _peers(document),
    }
    drawn = {name: Markup(plot) for name, plot in plots.items()}  # noqa: S704  ours
    return environment.get_template("page.html").render(run=document, missed=missed, plots=drawn, p99_ms=P99_MS)


def _percentiles(document: Mapping[str, Any]) -> str:
    curve = [(part, value) for part, value in document["curve"] if part >= RAREST]
    rarest = min(part for part, _ in curve)
    ticks = tuple((1 / part, label) for part, label in PERCENTILES if part >= rarest)
    x = Axis(1.0, 1 / rarest, ticks, "percentile of messages", logarithmic=True)
    y = _latency_axis([value for _, value in curve])
    return line_plot(x, y, [Line("latency", "a", [(1 / part, value) for part, value in curve])], P99_MS)


def _rates(document: Mapping[str, Any]) -> str:
    seconds = document["seconds"]
    x = time_axis(len(seconds))
    y = linear_axis(max(max(due, answered) for _, due, answered, _, _ in seconds), "messages a second")
    return line_plot(
        x,
        y,
        [
            Line("due", "b", [(at + 0.5, due) for at, due, _, _, _ in seconds]),
            Line("answered", "a", [(at + 0.5, answered) for at, _, answered, _, _ in seconds]),
        ],
        document["capacity_per_s"],
    )


def _latencies(document: Mapping[str, Any]) -> str:
    """Empty where no two seconds that follow each other have latencies: nothing would be drawn."""
    seconds = [(at + 0.5, p50, p99) for at, _, _, p50, p99 in document["seconds"]]
    if all(None in (before[1], after[1]) for before, after in pairwise(seconds)):
        return ""
    known = [value for _, p50, p99 in seconds for value in (p50, p99) if value is not None]
    x = time_axis(len(seconds))
    return line_plot(
        x,
        _latency_axis(known),
        [
            Line("p50", "b", [(at, p50) for at, p50, _ in seconds]),
            Line("p99", "a", [(at, p99) for at, _, p99 in seconds]),
        ],
        P99_MS,
    )


def _latency_axis(values_ms: Sequence[float]) -> Axis:
    """It holds the goal too."""
    return log_axis(min(*values_ms, P99_MS), max(*values_ms, P99_MS), "latency, ms")


def _stages(stages_ms: Mapping[str, float]) -> str:
    parts = {stage: value for stage, value in stages_ms.items() if stage != TOTAL}
    if not parts:
        return ""
    whole = sum(parts.values())
    bars = [
        Bar(stage, value, f"{value:.1f} ms, {100 * value / whole if whole else 0:.0f} %")
        for stage, value in parts.items()
    ]
    return bar_plot(linear_axis(max(parts.values()), "ms"), bars, "where a message's time goes")


def _peers(document: Mapping[str, Any]) -> str:
    peers = document["peers"]
    if not peers:
        return ""
    bars = [
        Bar("classifier alone", document["classifier_per_s"], f"{document['classifier_per_s']:,.0f}/s", "b"),
        Bar("the agent, over Kafka", document["backlog_per_s"], f"{document['backlog_per_s']:,.0f}/s"),
        *(Bar(peer["name"], peer["rate"], _multiple(peer["rate"], peer["ratio"]), "b") for peer in peers),
    ]
    rates = [bar.value for bar in bars]
    return bar_plot(log_axis(min(rates), max(rates), "texts a second"), bars, "speed of the agent and of its peers")


def _multiple(rate: float, ratio: float) -> str:
    """How many times as fast the agent is, or how much slower."""
    return f"{rate:,.0f}/s: agent {ratio:.1f} x" if ratio >= 1 else f"{rate:,.0f}/s: {1 / ratio:.0f} x the agent"
