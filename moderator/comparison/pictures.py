"""A comparison as SVG: which outcomes flip, and where each label's scores go."""

from collections.abc import Iterator
from math import log

from moderator.comparison.comparison import BINS, OUTCOMES, Comparison, LabelShift, looser

COLUMNS = 4
CELL = 8  # pixels of a bin
PANEL = BINS * CELL
GAP = 56
BOX = 120  # pixels of an outcome's box
STYLE = (
    "text{font:12px sans-serif;fill:#333}.axis{fill:none;stroke:#999}.same{stroke:#999;stroke-dasharray:4 3}"
    ".number{font-size:16px;text-anchor:middle}.middle{text-anchor:middle}"
)
LEGEND = (
    "first score (right), the shadow's (up) · darker: more messages, by the logarithm · + gain the label, - lose it"
)
KEPT, STRICTER, LOOSER = "51,153,102", "204,153,51", "204,51,51"  # red, green and blue
FAINTEST = 0.12  # of a colour where there is one message


def flip_matrix(comparison: Comparison) -> str:
    """First outcomes downwards, the shadow's to the right; what is off the diagonal flips."""
    most = max(comparison.outcomes.values(), default=0)
    size = len(OUTCOMES) * BOX + 2 * GAP
    return _svg(size, size, _boxes(comparison, most))


def score_grids(comparison: Comparison) -> str:
    """A panel for each label: the first score to the right, the shadow's upwards; darker where more messages are."""
    rows = -(-len(comparison.labels) // COLUMNS)
    return _svg(COLUMNS * (PANEL + GAP) + GAP, rows * (PANEL + GAP) + GAP, _panels(comparison))


def _svg(width: int, height: int, parts: Iterator[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    paper = f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, paper, *parts, "</svg>\n"])


def _boxes(comparison: Comparison, most: int) -> Iterator[str]:
    middle = GAP + len(OUTCOMES) * BOX / 2
    yield f'<text class="middle" x="{middle}" y="20">the shadow would say</text>'
    yield f'<text class="middle" transform="translate(16 {middle}) rotate(-90)">first verdict</text>'
    for row, first in enumerate(OUTCOMES):
        at = GAP + row * BOX
        yield f'<text class="middle" x="{at + BOX / 2}" y="{GAP - 8}">{first}</text>'
        yield f'<text class="middle" transform="translate({GAP - 8} {at + BOX / 2}) rotate(-90)">{first}</text>'
        for column, shadow in enumerate(OUTCOMES):
            messages = comparison.outcomes.get((first, shadow), 0)
            colour = KEPT if first == shadow else LOOSER if looser(first, shadow) else STRICTER
            x = GAP + column * BOX
            yield (
                f'<rect class="axis" x="{x}" y="{at}" width="{BOX}" height="{BOX}"'
                f' style="fill:rgba({colour},{_shade(messages, most)})"/>'
            )
            yield f'<text class="number" x="{x + BOX / 2}" y="{at + BOX / 2}">{messages:,}</text>'
            share = f"{messages / comparison.compared:.3%}" if comparison.compared else ""
            yield f'<text class="middle" x="{x + BOX / 2}" y="{at + BOX / 2 + 20}">{share}</text>'


def _panels(comparison: Comparison) -> Iterator[str]:
    yield f'<text x="{GAP}" y="20">{LEGEND}</text>'
    for number, shift in enumerate(comparison.labels):
        x = GAP + number % COLUMNS * (PANEL + GAP)
        y = GAP + number // COLUMNS * (PANEL + GAP)
        yield f'<g transform="translate({x} {y})">'
        yield from _panel(shift)
        yield "</g>"


def _panel(shift: LabelShift) -> Iterator[str]:
    most = max(shift.grid.values(), default=0)
    yield f'<text y="-8">{shift.label}: +{shift.gained:,} -{shift.lost:,}</text>'
    for (first, shadow), messages in sorted(shift.grid.items()):
        yield (
            f'<rect x="{first * CELL}" y="{PANEL - (shadow + 1) * CELL}" width="{CELL}" height="{CELL}"'
            f' style="fill:rgba(51,102,204,{_shade(messages, most)})"/>'
        )
    yield f'<line class="same" x1="0" y1="{PANEL}" x2="{PANEL}" y2="0"/>'
    yield f'<path class="axis" d="M0 0V{PANEL}H{PANEL}"/>'
    yield f'<text x="-4" y="10" text-anchor="end">1</text><text x="{PANEL}" y="{PANEL + 16}" text-anchor="end">1</text>'


def _shade(messages: int, most: int) -> str:
    """By the logarithm: nearly all messages score near 0, and those that matter would not be seen beside them."""
    if not messages:
        return "0"
    part = log(messages) / log(most) if most > 1 else 1.0
    return f"{FAINTEST + (1 - FAINTEST) * part:.2f}"
