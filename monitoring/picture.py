"""A picture of the on-call dashboard, drawn from its own panels, places and queries and a running Prometheus:
`python -m monitoring.picture http://127.0.0.1:9090 --out FILE`. It needs matplotlib (extra `train`).
"""

import argparse
import json
import re
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from PIL import Image

from monitoring.__main__ import FOLDER
from monitoring.queries import Document, as_grafana_would, filled_in

BACKGROUND, PANEL, INK, FAINT = "#111217", "#181b1f", "#ccccdc", "#8e8e9a"
COLOURS = ("#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#b877d9", "#8ab8ff", "#96d98d", "#ffb357", "#3274d9")
NAMED = {"green": "#299c46", "orange": "#ed8128", "red": "#d44a3a"}
COLUMNS = 24
CELL = 0.58, 0.34  # inches of a grid's cell
POINTS = 120  # of a line
SHADES = 160  # enough for letters to stay smooth, in a third of the bytes
LEGENDS = 8  # entries that fit below a panel
UNITS: Mapping[str, Sequence[tuple[float, str]]] = {
    "s": ((1, " s"), (1e-3, " ms"), (1e-6, " µs")),
    "bytes": ((2**30, " GiB"), (2**20, " MiB"), (2**10, " KiB")),
    "ops": ((1e3, "k/s"), (1, "/s")),
    "percentunit": ((1e-2, " %"),),
    "short": ((1e6, "M"), (1e3, "k"), (1, "")),
}

Series = tuple[str, Sequence[float], Sequence[float]]


def in_words(value: float, unit: str) -> str:
    """As Grafana writes it."""
    for size, name in UNITS[unit]:
        if abs(value) >= size:
            return f"{value / size:.3g}{name}"
    size, name = UNITS[unit][-1]
    return f"{value / size:.2g}{name}"


class Picture:
    """One dashboard, asked of one Prometheus over the last `minutes`."""

    def __init__(self, prometheus: str, board: Document, minutes: float, sections: int) -> None:
        """The first `sections` of its rows."""
        self._prometheus = prometheus
        self._title = board["title"]
        ends = [panel["gridPos"]["y"] for panel in board["panels"] if panel["type"] == "row"][sections:]
        self._panels = [panel for panel in board["panels"] if not ends or panel["gridPos"]["y"] < ends[0]]
        self._end = time.time()
        self._start = self._end - minutes * 60
        self._step = max(1.0, minutes * 60 / POINTS)
        self._values = as_grafana_would(board, "30s", f"{minutes * 60:.0f}s")

    def draw(self, out: Path) -> None:
        """Into a PNG."""
        rows = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in self._panels)
        self._height = rows * CELL[1] + 0.6
        figure = plt.figure(figsize=(COLUMNS * CELL[0], self._height), facecolor=BACKGROUND)
        self._figure = figure
        figure.text(0.008, 1 - 0.34 / self._height, self._title, color=INK, size=13, weight="bold")
        for panel in self._panels:
            if panel["type"] == "row":
                self._row(panel)
            elif panel["type"] == "stat":
                self._stat(panel)
            else:
                self._lines(panel)
        drawn = BytesIO()
        figure.savefig(drawn, dpi=100, facecolor=BACKGROUND)
        Image.open(drawn).convert("RGB").quantize(SHADES).save(out, optimize=True)

    def _box(self, panel: Document) -> tuple[float, float, float, float]:
        place = panel["gridPos"]
        left, width = place["x"] / COLUMNS, place["w"] / COLUMNS
        height = place["h"] * CELL[1] / self._height
        top = 1 - (0.6 + place["y"] * CELL[1]) / self._height
        gap_x, gap_y = 0.003, 0.03 / self._height
        return left + gap_x, top - height + gap_y, width - 2 * gap_x, height - 2 * gap_y

    def _row(self, panel: Document) -> None:
        left, bottom, _width, _height = self._box(panel)
        self._figure.text(left + 0.004, bottom + 0.1 / self._height, f"⌄  {panel['title']}", color=INK, size=10.5)

    def _frame(self, panel: Document, colour: str = PANEL) -> tuple[float, float, float, float]:
        left, bottom, width, height = box = self._box(panel)
        frame = Rectangle((left, bottom), width, height, transform=self._figure.transFigure, color=colour, zorder=-1)
        self._figure.add_artist(frame)
        top = bottom + height - 0.2 / self._height
        self._figure.text(
            left + 0.005,
            top,
            panel["title"],
            color=INK,
            size=8.5,
        )
        return box

    def _stat(self, panel: Document) -> None:
        series = [one for target in panel["targets"] for one in self._asked(target)]
        defaults = panel["fieldConfig"]["defaults"]
        names = panel["options"].get("textMode") == "name"
        last = series[0][2][-1] if series else float("nan")
        steps = defaults["thresholds"]["steps"]
        colour = next(step["color"] for step in reversed(steps) if step.get("value") is None or last >= step["value"])
        filled = panel["options"]["colorMode"] == "background"
        left, bottom, width, height = self._frame(panel, NAMED[colour] if filled else PANEL)
        words = {
            key: each["text"] for mapping in defaults.get("mappings", ()) for key, each in mapping["options"].items()
        }
        said = words.get(f"{last:.0f}", in_words(last, defaults.get("unit", "short")))
        lines = [re.sub(r" · ", "\n", name) for name, _, _ in series] if names else [said]
        self._figure.text(
            left + width / 2,
            bottom + height / 2 - 0.08 / self._height,
            "\n\n".join(lines),
            color="white" if filled else NAMED["green"],
            size=11 if names else 17,
            ha="center",
            va="center",
            weight="bold",
        )

    def _lines(self, panel: Document) -> None:
        left, bottom, width, height = self._frame(panel)
        unit = panel["fieldConfig"]["defaults"].get("unit", "short")
        series = [one for target in panel["targets"] for one in self._asked(target)]
        below = 0.16 * (min(len(series), LEGENDS) + 1) + 0.2
        axes = self._figure.add_axes(
            (
                left + 0.036,
                bottom + below / self._height,
                width - 0.044,
                height - (below + 0.3) / self._height,
            ),
            facecolor=PANEL,
        )
        self._plot(axes, panel, series)
        self._style(axes, unit)
        self._legend(left, bottom, width, series, unit)

    def _plot(self, axes: Axes, panel: Document, series: Sequence[Series]) -> None:
        stacked = panel["fieldConfig"]["defaults"]["custom"].get("stacking", {}).get("mode") == "normal"
        if stacked and series:
            moments = sorted({moment for _, times, _ in series for moment in times})
            at = [dict(zip(of_one, values, strict=True)) for _, of_one, values in series]
            heights = [[each.get(moment, 0.0) for moment in moments] for each in at]
            axes.stackplot(
                moments, heights, colors=[to_rgba(COLOURS[n % len(COLOURS)], 0.8) for n in range(len(series))]
            )
        else:
            for number, (_, times, values) in enumerate(series):
                axes.plot(times, values, color=COLOURS[number % len(COLOURS)], linewidth=1.1)
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(bottom=0)

    def _style(self, axes: Axes, unit: str) -> None:
        axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4))
        axes.yaxis.set_major_formatter(lambda value, _position: in_words(value, unit) if value else "0")
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(5))
        axes.xaxis.set_major_formatter(lambda at, _position: time.strftime("%H:%M:%S", time.gmtime(at)))
        axes.tick_params(colors=FAINT, labelsize=7, length=0)
        axes.grid(color="#2c3235", linewidth=0.6)
        for spine in axes.spines.values():
            spine.set_visible(False)

    def _legend(self, left: float, bottom: float, width: float, series: Sequence[Series], unit: str) -> None:
        shown = sorted(enumerate(series), key=lambda each: -each[1][2][-1])[:LEGENDS]
        first = bottom + (0.16 * len(shown) + 0.04) / self._height
        columns = (left + width * 0.78, left + width - 0.006)
        for x, word in zip(columns, ("last", "max"), strict=True):
            self._figure.text(x, first, word, color="#6e9fff", size=7, ha="right")
        for line, (number, (name, _, values)) in enumerate(shown, start=1):
            y = first - 0.16 * line / self._height
            self._figure.text(left + 0.006, y, "▬", color=COLOURS[number % len(COLOURS)], size=8)
            self._figure.text(left + 0.018, y, name[:44], color=INK, size=7.5)
            for x, value in zip(columns, (values[-1], max(values)), strict=True):
                self._figure.text(x, y, in_words(value, unit), color=INK, size=7.5, ha="right")

    def _asked(self, target: Document) -> list[Series]:
        parameters = {
            "query": filled_in(target["expr"], self._values),
            "start": f"{self._start}",
            "end": f"{self._end}",
            "step": f"{self._step}",
        }
        url = f"{self._prometheus}/api/v1/query_range?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url) as answer:  # noqa: S310  the address that was given
            found: list[Mapping[str, Any]] = json.load(answer)["data"]["result"]
        return [
            (
                self._named(target["legendFormat"], each["metric"]),
                [float(at) for at, _ in each["values"]],
                [float(value) for _, value in each["values"]],
            )
            for each in found
        ]

    @staticmethod
    def _named(legend: str, labels: Mapping[str, str]) -> str:
        return re.sub(r"\{\{(\w+)\}\}", lambda found: labels.get(found[1], ""), legend).strip()


def main(arguments: list[str]) -> int:
    """Draw it."""
    parser = argparse.ArgumentParser(prog="python -m monitoring.picture", description=__doc__)
    parser.add_argument("prometheus", help="its address")
    parser.add_argument("--dashboard", type=Path, default=FOLDER / "dashboards" / "on-call.json")
    parser.add_argument("--minutes", type=float, default=5.0, help="how far back")
    parser.add_argument("--sections", type=int, default=100, help="how many of its rows, from the top")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    mpl.use("agg")
    board = json.loads(chosen.dashboard.read_text("utf-8"))
    Picture(chosen.prometheus, board, chosen.minutes, chosen.sections).draw(chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
