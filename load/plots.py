"""Plots as inline SVG: lines over an axis, bars with their values. Colours are the page's, by class. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 12, 34
TICKS = 5  # about so many on a linear axis
ROW = 26  # pixels of one bar with its gap
NAMES = 220  # pixels for the names of bars
NOTES = 170  # and for what stands behind them
CHARACTER = 6.9  # pixels, about, of the plots' font


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`; `ticks` are values and what is written at them."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    title: str
    logarithmic: bool = False

    def part(self, value: float) -> float:
        """Where `value` is, 0 to 1; what lies outside is drawn at the edge."""
        low, high = (math.log(self.low), math.log(self.high)) if self.logarithmic else (self.low, self.high)
        place = math.log(max(value, self.low)) if self.logarithmic else value
        return min(1.0, max(0.0, (place - low) / (high - low)))


@dataclass(frozen=True, slots=True)
class Line:
    """Points that belong together, in the order of x; None for y leaves a gap. `shade` is its class: a or b."""

    name: str
    shade: str
    points: Sequence[tuple[float, float | None]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its name in front and a note behind; `shade` as a line's."""

    name: str
    value: float
    note: str
    shade: str = "a"


def time_axis(seconds: float) -> Axis:
    """From the start of the load to its end."""
    rounded = linear_axis(seconds, "seconds from the start")
    return replace(rounded, high=seconds, ticks=tuple(tick for tick in rounded.ticks if tick[0] <= seconds))


def linear_axis(high: float, title: str) -> Axis:
    """From 0 to a round number at or above `high`."""
    rough = max(high, 1e-9) / TICKS
    decade = 10.0 ** math.floor(math.log10(rough))
    step = decade * next(factor for factor in (1, 2, 5, 10) if factor * decade >= rough)
    count = math.ceil(high / step) or 1
    ticks = tuple((step * number, f"{step * number:,.10g}") for number in range(count + 1))
    return Axis(0, step * count, ticks, title)


def log_axis(low: float, high: float, title: str) -> Axis:
    """Decades around both; ticks at 1, 2 and 5 of each where that leaves room, else at 1."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    last = max(last, first + 1)
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    values = [factor * 10.0**decade for decade in range(first, last) for factor in factors] + [10.0**last]
    return Axis(10.0**first, 10.0**last, tuple((value, f"{value:,.10g}") for value in values), title, logarithmic=True)


def line_plot(x: Axis, y: Axis, lines: Sequence[Line], bound: float | None = None) -> str:
    """Lines with a legend; `bound` is drawn as the goal."""
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(x_value: float, y_value: float) -> tuple[float, float]:
        return LEFT + across * x.part(x_value), TOP + down * (1 - y.part(y_value))

    parts: list[str] = []
    for value, label in y.ticks:
        _, height = at(x.low, value)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{escape(label)}</text>')
    for value, label in x.ticks:
        place, _ = at(value, y.low)
        parts.append(f'<text x="{place:.1f}" y="{TOP + down + 16}" text-anchor="middle">{escape(label)}</text>')
    parts.append(f'<text x="{LEFT + across / 2}" y="{HEIGHT - 3}" text-anchor="middle">{escape(x.title)}</text>')
    if bound is not None:
        _, height = at(x.low, bound)
        parts.append(f'<line class="goal" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}"/>')
    for line in lines:
        parts.extend(
            f'<polyline class="{line.shade}" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in stretch)}"/>'
            for stretch in _stretches([None if b is None else at(a, b) for a, b in line.points])
        )
    return _svg(WIDTH, HEIGHT, f"{y.title} by {x.title}", parts)


def bar_plot(axis: Axis, bars: Sequence[Bar], title: str) -> str:
    """A row each. On a logarithmic axis a length means nothing, so there a dot stands at the value."""
    height = ROW * len(bars) + (20 if axis.logarithmic else 0)
    across = WIDTH - NAMES - NOTES
    parts: list[str] = []
    if axis.logarithmic:
        for value, label in axis.ticks:
            place = NAMES + across * axis.part(value)
            parts.append(f'<line class="grid" x1="{place:.1f}" x2="{place:.1f}" y1="0" y2="{height - 18}"/>')
            parts.append(f'<text x="{place:.1f}" y="{height - 4}" text-anchor="middle">{escape(label)}</text>')
    for number, bar in enumerate(bars):
        middle = ROW * number + ROW / 2
        end = NAMES + across * axis.part(bar.value)
        parts.append(f'<text class="name" x="{NAMES - 8}" y="{middle + 4}" text-anchor="end">{escape(bar.name)}</text>')
        if axis.logarithmic:
            parts.append(f'<circle class="{bar.shade}" cx="{end:.1f}" cy="{middle}" r="6"/>')
        else:
            parts.append(
                f'<rect class="{bar.shade}" x="{NAMES}" y="{middle - 8}" width="{max(1.0, end - NAMES):.1f}"'
                ' height="16"/>'
            )
        after = min(end + 12, WIDTH - CHARACTER * len(bar.note))
        parts.append(f'<text class="value" x="{after:.1f}" y="{middle + 4}">{escape(bar.note)}</text>')
    return _svg(WIDTH, height, title, parts)


def _stretches(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points between gaps."""
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [stretch for stretch in found if stretch]


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    body = "".join(parts)
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title, quote=True)}">{body}</svg>'
