"""The curves as SVG: escalations an hour to the right, misses an hour upwards; a panel for each label, one for all."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Place = tuple[float, float]  # escalations and misses an hour

COLUMNS = 3
WIDTH, HEIGHT, GAP = 260, 180, 60
HEAD = 40  # for the legend
IN_VIEW = 3.0  # times the farthest of what is marked: the curve's far end, where all is escalated, would hide the rest
STYLE = (
    "text{font:12px sans-serif;fill:#333}.line{fill:none;stroke:#36c;stroke-width:2}"
    ".axis{fill:none;stroke:#999}.present{fill:#fff;stroke:#c33;stroke-width:2}.planned{fill:#393}"
    ".capacity{stroke:#c93;stroke-dasharray:4 3}"
)
LEGEND = "escalations an hour (right), misses an hour (up) · ○ present band · ● planned band · dashed: capacity"


class Panel(NamedTuple):
    """A curve with what is marked on it."""

    title: str
    line: Sequence[Place]
    present: Place
    planned: Place
    capacity: float | None = None


def svg(panels: Sequence[Panel]) -> str:
    """The whole picture."""
    rows = -(-len(panels) // COLUMNS)
    width, height = COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + HEAD + GAP / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}">',
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{GAP}" y="24">{LEGEND}</text>',
    ]
    for number, panel in enumerate(panels):
        x = GAP + number % COLUMNS * (WIDTH + GAP)
        y = HEAD + GAP / 2 + number // COLUMNS * (HEIGHT + GAP)
        parts += [f'<g transform="translate({x} {y:g})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


def _panel(panel: Panel) -> Iterator[str]:
    marked = max(panel.present[0], panel.planned[0], panel.capacity or 0)
    right = min(IN_VIEW * marked, max(x for x, _ in panel.line)) or 1
    up = max(y for _, y in (*panel.line, panel.present, panel.planned)) or 1

    def place(x: float, y: float) -> Place:
        return x / right * WIDTH, HEIGHT - y / up * HEIGHT

    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*each) for each in panel.line))
    yield f'<text y="-8">{panel.title}</text>'
    # An inner svg cuts off what lies outside it.
    yield f'<svg width="{WIDTH}" height="{HEIGHT}"><polyline class="line" points="{points}"/></svg>'
    yield f'<path class="axis" d="M0 0V{HEIGHT}H{WIDTH}"/>'
    yield f'<text x="-4" y="10" text-anchor="end">{up:,.0f}</text>'
    yield f'<text x="{WIDTH}" y="{HEIGHT + 16}" text-anchor="end">{right:,.0f}</text>'
    if panel.capacity is not None:
        x, _ = place(panel.capacity, 0)
        yield f'<line class="capacity" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}"/>'
    for name, mark in (("planned", panel.planned), ("present", panel.present)):
        x, y = place(*mark)
        yield f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
