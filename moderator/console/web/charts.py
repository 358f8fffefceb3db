"""Figures as pictures: SVG for a page, without styles or scripts of its own.

Places along a picture are per cent of its width, heights are pixels, so that text keeps its size on a narrow screen.
Colours are classes of the stylesheet; where it is missing all is drawn in the text's colour. Each picture says in words
what it shows, and the page has the same figures in a table.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from moderator.policy.interval import Interval

TOP, BOTTOM = 18, 20  # for the words above and below what is drawn
HEIGHT = 120  # of what is drawn
GAP = 1  # between what is stacked
BASE = TOP + HEIGHT  # the line on which it stands
ROW = 40  # of one ratio: its words, and its whisker below
INSET = 1.5  # per cent kept free on both sides, so that a dot at 0 or 1 is whole
MOST_TICKS = 6  # as many as fit beside each other on a telephone
ROUND = (1, 2, 4, 5, 10)  # steps whose halves are whole numbers or easy to read

BAR = Markup('<rect class="{}" fill="currentColor" fill-opacity="{}" x="{}" width="{}" y="{:.1f}" height="{:.1f}"/>')
RULE = Markup(
    '<line class="gridline" stroke="currentColor" stroke-opacity="0.2" x1="0" x2="100%" y1="{0:.1f}" y2="{0:.1f}"/>'
)
UPRIGHT = Markup('<line class="{}" stroke="currentColor" stroke-opacity="{}" x1="{x}" x2="{x}" y1="{}" y2="{}"/>')
TEXT = Markup('<text class="{}" fill="currentColor" font-size="12" x="{}" y="{}" text-anchor="{}">{}</text>')
PART = Markup(
    '<span class="chart part"><svg aria-hidden="true" width="100%" height="8">'
    '<rect class="bar muted" fill="currentColor" fill-opacity="0.2" width="100%" height="8" rx="2"/>'
    '<rect class="bar" fill="currentColor" width="{:.1f}%" height="8" rx="2"/></svg></span>'
)
PICTURE = Markup(
    '<div class="chart"><svg role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height:.0f}">'
    '<title id="{id}-title">{title}</title><desc id="{id}-desc">{words}</desc>{drawn}</svg></div>'
)


LEGEND = Markup(
    '<div class="chart"><svg aria-hidden="true" width="100%" height="16"><rect class="bar" fill="currentColor" y="2"'
    ' width="12" height="12"/><text class="tick" x="18" y="12">{}</text><rect class="bar muted" fill="currentColor"'
    ' fill-opacity="0.7" x="168" y="2" width="12" height="12"/><text class="tick" x="186" y="12">{}</text></svg></div>'
)


class Column(NamedTuple):
    """One of a row in time."""

    name: str
    amount: int


class Ratio(NamedTuple):
    """A share with its interval, and in words what it is of."""

    name: str
    share: Interval
    words: str


class Stack(NamedTuple):
    """One part of a band: what starts at `name`, and how many of it were found and not found."""

    name: str
    found: int
    not_found: int


class Mark(NamedTuple):
    """A place in a band, of 1."""

    name: str
    at: float


def columns(id_: str, title: str, words: str, of: Sequence[Column]) -> Markup:
    """Counts in time, the earliest to the left."""
    top = _ceiling(max((column.amount for column in of), default=0))
    width = 100 / max(1, len(of))
    drawn = [_grid(top)]
    for number, column in enumerate(of):
        height = column.amount / top * HEIGHT
        x, wide = f"{number * width + 0.1 * width:.2f}%", f"{0.8 * width:.2f}%"
        bar = BAR.format("bar", 1, x, wide, BASE - height, height)
        drawn.append(Markup("<g><title>{}: {}</title>{}</g>").format(column.name, column.amount, bar))
    return _picture(id_, title, words, BASE + BOTTOM, [*drawn, *_ticks([column.name for column in of])])


def whiskers(id_: str, title: str, words: str, of: Sequence[Ratio], needed: float | None = None) -> Markup:
    """Shares as dots within their intervals, a row each; `needed`: what is asked of all of them."""
    bottom = ROW * len(of)
    drawn = [UPRIGHT.format("gridline", 0.2, 0, bottom, x=_along(share)) for share in (0, 0.25, 0.5, 0.75, 1)]
    if needed is not None:
        drawn.append(UPRIGHT.format("threshold", 1, 0, bottom, x=_along(needed)))
    for number, ratio in enumerate(of):
        drawn.append(_whisker(ratio, number * ROW))
    for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
        drawn.append(_text(_along(share), bottom + 14, anchor, f"{share * 100:.0f} %"))
    return _picture(id_, title, words, bottom + BOTTOM, drawn)


def band(id_: str, title: str, words: str, of: Sequence[Stack], marks: Sequence[Mark]) -> Markup:
    """A band's parts side by side, what was found below what was not; `marks` are lines across it."""
    top = _ceiling(max((part.found + part.not_found for part in of), default=0))
    width = 100 / max(1, len(of))
    drawn = [_grid(top)]
    for number, part in enumerate(of):
        found, not_found = part.found / top * HEIGHT, part.not_found / top * HEIGHT
        x, wide, top_of_found = f"{number * width + 0.05 * width:.2f}%", f"{0.9 * width:.2f}%", BASE - found
        bars = BAR.format("bar", 1, x, wide, top_of_found, found)
        bars += BAR.format("bar muted", 0.7, x, wide, top_of_found - not_found, max(0, not_found - GAP))
        words_of = Markup("<g><title>{}: {} found, {} not</title>{}</g>")
        drawn.append(words_of.format(part.name, part.found, part.not_found, bars))
    for mark in marks:
        anchor = "start" if mark.at < 0.5 else "end"
        drawn.append(UPRIGHT.format("threshold", 1, TOP - 4, BASE, x=f"{mark.at:.2%}"))
        drawn.append(_text(f"{mark.at:.2%}", TOP - 7, anchor, mark.name))
    return _picture(id_, title, words, BASE + BOTTOM, [*drawn, *_ticks([part.name for part in of])])


def legend(first: str, second: str) -> Markup:
    """What the two colours of `band` mean; some twenty characters each."""
    return LEGEND.format(first, second)


def part(of: float) -> Markup:
    """A bar of this part of its place, beside the number that says it."""
    return PART.format(of * 100)


def _whisker(ratio: Ratio, y: int) -> Markup:
    share = ratio.share
    wide = f"{(share.high - share.low) * (100 - 2 * INSET):.2f}%"
    drawn = [
        _text(_along(0), y + 14, "start", ratio.name, "value"),
        _text(_along(1), y + 14, "end", ratio.words),
        BAR.format("bar muted", 0.7, _along(share.low), wide, y + 25, 4),
        Markup('<circle class="dot" fill="currentColor" cx="{}" cy="{}" r="4.5"/>').format(
            _along(share.expected), y + 27
        ),
    ]
    return Markup("").join(drawn)


def _along(share: float) -> str:
    return f"{INSET + share * (100 - 2 * INSET):.2f}%"


def _grid(top: int) -> Markup:
    """The zero line, the highest and the one between, with what they stand for."""
    lines = [RULE.format(TOP + HEIGHT * part) for part in (0, 0.5, 1)]
    return Markup("").join([*lines, _text("0", TOP - 5, "start", f"{top:,}")])


def _ticks(names: Sequence[str]) -> Iterable[Markup]:
    """Some of the names, below what they name."""
    for number in range(0, len(names), max(1, -(-len(names) // MOST_TICKS))):
        yield _text(f"{number / len(names):.2%}", BASE + 15, "start", names[number])


def _text(x: str, y: float, anchor: str, words: str, kind: str = "tick") -> Markup:
    return TEXT.format(kind, x, y, anchor, words)


def _ceiling(count: int) -> int:
    """The next round number, at least 1."""
    power = 1
    while power * 10 < count:
        power *= 10
    return next((step * power for step in ROUND if step * power >= count), 1)


def _picture(id_: str, title: str, words: str, height: float, drawn: Iterable[Markup]) -> Markup:
    return PICTURE.format(id=id_, title=title, words=words, height=height, drawn=Markup("").join(drawn))
