"""The demo's faces: a live table where a terminal is, a line an answer where not. Both show `texts` by their keys, and
what to try next with `program`, which is how this program is called.
"""

import sys
from collections import deque
from collections.abc import Mapping
from typing import Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from moderator.contracts.labels import LABELS
from moderator.contracts.verdict import Verdict
from moderator.demo.tally import Answered, Tally

MOST_ROWS = 20
FEWEST_ROWS = 3
OTHER_LINES = 13  # what the page holds beside the rows, and the line of the cursor
TEXT_WIDTH = 64  # of a text in a line of its own
COLOURS = {"allow": "green", "escalate": "yellow", "block": "red", "dead letter": "magenta"}
# Headings and widths; the text gets what is left. The widest label cell is a dead letter's code.
COLUMNS = (("outcome", 11), ("message", None), ("label", 18), ("sentiment", 9))

# What to put before the program, after it, and what that is for.
NEXT_STEPS = (
    ("""echo '{"id": "1", "text": "Have a nice day"}' | """, "classify", "verdicts without a broker"),
    ("", "config show", "every setting and its variable"),
    ("MODERATOR_KAFKA__BOOTSTRAP_SERVERS=localhost:9092 ", "check", "is my own Kafka ready?"),
    ("MODERATOR_KAFKA__BOOTSTRAP_SERVERS=localhost:9092 ", "agent", "moderate its topic"),
)


class Screen(Protocol):
    """Shows answers as they arrive."""

    def show(self, answered: Answered) -> None:
        """One more answer."""

    def refresh(self, tally: Tally) -> None:
        """The figures have moved."""

    def close(self, tally: Tally) -> None:
        """The last figures, and what to try next."""


def gravest(verdict: Verdict) -> str:
    """The highest-scored label and its score; for an outcome that is not allow, of the label that decided."""
    reason = verdict.reasons[0] if verdict.reasons else None
    if reason and reason.label:
        return f"{reason.label.value} {reason.score:.2f}"
    if reason:
        return reason.code.value
    score, label = max((getattr(verdict.scores, label.value), label.value) for label in LABELS)
    return f"{label} {score:.2f}"


def _cells(answered: Answered, texts: Mapping[bytes, str]) -> tuple[str, str, str, str]:
    """Outcome, text, deciding label, sentiment."""
    text = texts.get(answered.key, "").replace("\u200b", "")
    if answered.verdict is None:
        return "dead letter", text, answered.code or "", ""
    return answered.verdict.outcome.value, text, gravest(answered.verdict), answered.verdict.sentiment.label.value


def _speed(tally: Tally) -> str:
    p50, p99 = tally.latency_ms(0.5), tally.latency_ms(0.99)
    return f"{tally.throughput():,.0f} messages/s   latency p50 {p50:,.0f} ms, p99 {p99:,.0f} ms"


def _counts(tally: Tally) -> str:
    return "   ".join(f"{name} {tally.outcomes[name]:,}" for name in COLOURS)


def _balance(tally: Tally) -> str:
    awaited = f" + awaited {tally.awaited:,}" if tally.awaited else ""
    return f"records in {tally.sent:,} = verdicts {tally.verdicts:,} + dead letters {tally.dead_letters:,}{awaited}"


def _next_steps(program: str, width: int) -> list[str]:
    """The commands, with what they are for where a terminal of `width` columns has room for that."""
    commands = [f"{before}{program} {after}" for before, after, _ in NEXT_STEPS]
    widest = max(map(len, commands))
    lines = [f"{command:<{widest}}    {step[2]}" for command, step in zip(commands, NEXT_STEPS, strict=True)]
    return lines if max(map(len, lines)) <= width else commands


class LiveScreen:
    """A table of the latest answers that redraws itself, as high as the terminal allows."""

    def __init__(self, console: Console, texts: Mapping[bytes, str], program: str, address: str) -> None:
        self._console = console
        self._texts = texts
        self._program = program
        self._address = address
        self._rows: deque[tuple[str, str, str, str]] = deque(maxlen=MOST_ROWS)
        self._live = Live(Text("Loading the model ..."), console=console, auto_refresh=False, transient=True)
        self._live.start(refresh=True)

    def show(self, answered: Answered) -> None:
        """Add a row."""
        self._rows.append(_cells(answered, self._texts))

    def refresh(self, tally: Tally) -> None:
        """Draw."""
        self._live.update(self._page(tally, "Ctrl-C ends"), refresh=True)

    def close(self, tally: Tally) -> None:
        """Leave the last page on the terminal."""
        self._live.stop()
        self._console.print(self._page(tally, "ended"))

    def _page(self, tally: Tally, state: str) -> Group:
        width, height = self._console.size
        table = Table(expand=True, box=None, header_style="dim", pad_edge=False)
        for heading, columns in COLUMNS:
            ratio = None if columns else 1
            table.add_column(heading, width=columns, ratio=ratio, no_wrap=True, overflow="ellipsis")
        fitting = max(FEWEST_ROWS, height - OTHER_LINES)
        for outcome, text, label, mood in list(self._rows)[-fitting:]:
            table.add_row(Text(outcome, style=COLOURS[outcome]), Text(text), Text(label), Text(mood, style="dim"))
        where = f"Kafka protocol on {self._address}, in this process; {state}"
        lines = [
            Text(_speed(tally), style="bold"),
            Text(_counts(tally)),
            Text(_balance(tally), style="yellow" if tally.awaited else "green"),
            Text(""),
            Text("Try next:", style="dim"),
            *(Text(line, style="dim") for line in _next_steps(self._program, width)),
        ]
        for line in lines:
            line.no_wrap, line.overflow = True, "ellipsis"
        return Group(Panel(table, title="moderator demo", subtitle=where), *lines)


class PlainScreen:
    """A line an answer."""

    def __init__(self, console: Console, texts: Mapping[bytes, str], program: str) -> None:
        self._console = console
        self._texts = texts
        self._program = program

    def show(self, answered: Answered) -> None:
        """Print it."""
        outcome, text, label, mood = _cells(answered, self._texts)
        text = text if len(text) <= TEXT_WIDTH else text[: TEXT_WIDTH - 1] + "…"
        self._print(f"{outcome:<11}  {label:<18}  {mood:<9}  {text}".rstrip())

    def refresh(self, tally: Tally) -> None:
        """Nothing: figures come at the end."""

    def close(self, tally: Tally) -> None:
        """Print the figures."""
        steps = _next_steps(self._program, sys.maxsize)
        self._print("", _speed(tally), _counts(tally), _balance(tally), "", "Try next:", *steps)

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
