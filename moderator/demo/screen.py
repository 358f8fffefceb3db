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
from moderator.contracts.verdict import Verdict, VerdictSource
from moderator.demo.stub_model import NAME
from moderator.demo.tally import Answered, Final, Tally

MOST_ROWS = 20
FEWEST_ROWS = 3
KEPT_FINALS = 2  # of people and of the large model each; they are rare, and must not be carried off by the others
FRAME_LINES = 4  # of the table, and the line of the cursor
ROWS_BEFORE_STEPS = 8  # what to try next is shown at the end in any case
TEXT_WIDTH = 64  # of a text in a line of its own
COLOURS = {"allow": "green", "escalate": "yellow", "block": "red", "dead letter": "magenta"}
FINAL_COLOURS = {"final allow": "bold green", "final block": "bold red"}
# Headings and widths; the text gets what is left. The widest label cell names the stub as the one who decided.
COLUMNS = (("outcome", 11), ("message", None), ("label, or by whom", 20), ("sentiment", 9))
WIDE, MEDIUM = 80, 60  # all columns fit; all but the sentiment; on narrower terminals outcome and message alone

# What to put before the program, after it, and what that is for.
NEXT_STEPS = (
    ("""echo '{"id": "1", "text": "Have a nice day"}' | """, "classify", "verdicts without a broker"),
    ("", "config show", "every setting and its variable"),
    ("MODERATOR_KAFKA__BOOTSTRAP_SERVERS=localhost:9092 ", "check", "is my own Kafka ready?"),
    ("MODERATOR_KAFKA__BOOTSTRAP_SERVERS=localhost:9092 ", "agent", "moderate its topic"),
)


class Screen(Protocol):
    """Shows answers as they arrive."""

    def show(self, answered: Answered | Final) -> None:
        """One more answer, or final verdict."""

    def tell(self, line: str) -> None:
        """What a person should know while the demo runs."""

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


def _cells(answered: Answered | Final, texts: Mapping[bytes, str]) -> tuple[str, str, str, str]:
    """Outcome, text, deciding label or reviewer, sentiment."""
    text = texts.get(answered.key, "").replace("\u200b", "")
    if isinstance(answered, Final):
        return f"final {answered.verdict.outcome}", text, f"{answered.verdict.source} {answered.reviewer_id}", ""
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
    return (
        f"records in {tally.sent:,} = first verdicts {tally.verdicts:,} + dead letters {tally.dead_letters:,}{awaited}"
    )


def _reviewed(tally: Tally) -> list[str]:
    """What came of escalations, once a reviewer has said anything."""
    if not tally.finals and not tally.referrals:
        return []
    people, stub = tally.finals[VerdictSource.HUMAN], tally.finals[VerdictSource.LLM]
    left = ", ".join(f"{referral} {count:,}" for referral, count in sorted(tally.referrals.items()))
    return [
        f"final verdicts {people + stub:,} (people {people:,}, {NAME} {stub:,}), waiting for people {tally.waiting:,}",
        f"{NAME} left to people: {left or 'nothing'}",
    ]


def _next_steps(program: str, width: int) -> list[str]:
    """The commands, with what they are for where a terminal of `width` columns has room for that."""
    commands = [f"{before}{program} {after}" for before, after, _ in NEXT_STEPS]
    widest = max(map(len, commands))
    lines = [f"{command:<{widest}}    {step[2]}" for command, step in zip(commands, NEXT_STEPS, strict=True)]
    return lines if max(map(len, lines)) <= width else commands


class LiveScreen:
    """A table of the latest answers, and below them the latest final verdicts, that redraws itself, as high as the
    terminal allows.
    """

    def __init__(self, console: Console, texts: Mapping[bytes, str], program: str, address: str) -> None:
        self._console = console
        self._texts = texts
        self._program = program
        self._address = address
        self._rows: deque[tuple[str, str, str, str]] = deque(maxlen=MOST_ROWS)
        self._finals = {
            source: deque[tuple[str, str, str, str]](maxlen=KEPT_FINALS)
            for source in (VerdictSource.LLM, VerdictSource.HUMAN)
        }
        self._told: list[str] = []
        self._live = Live(Text("Loading the model ..."), console=console, auto_refresh=False, transient=True)
        self._live.start(refresh=True)

    def show(self, answered: Answered | Final) -> None:
        """Add a row."""
        rows = self._finals[answered.verdict.source] if isinstance(answered, Final) else self._rows
        rows.append(_cells(answered, self._texts))

    def tell(self, line: str) -> None:
        """Keep it below the rows, whole however narrow the terminal is."""
        self._told.append(line)

    def refresh(self, tally: Tally) -> None:
        """Draw."""
        self._live.update(self._running(tally), refresh=True)

    def close(self, tally: Tally) -> None:
        """Leave the last page on the terminal."""
        self._live.stop()
        self._console.print(self._page([*self._figures(tally), *self._steps()], "ended"))

    def _running(self, tally: Tally) -> Group:
        told = [Text(line, style="cyan", overflow="fold") for line in self._told]
        below, steps = [*told, *self._figures(tally)], self._steps()
        room = self._room([*below, *steps]) >= ROWS_BEFORE_STEPS
        return self._page([*below, *steps] if room else below, "Ctrl-C ends")

    def _room(self, below: list[Text]) -> int:
        """Rows that fit above these."""
        width, height = self._console.size
        return height - FRAME_LINES - sum(len(line.wrap(self._console, width)) for line in below)

    def _figures(self, tally: Tally) -> list[Text]:
        return [
            _one_line(_speed(tally), "bold"),
            _one_line(_counts(tally)),
            _one_line(_balance(tally), "yellow" if tally.awaited else "green"),
            *(_one_line(line) for line in _reviewed(tally)),
        ]

    def _steps(self) -> list[Text]:
        steps = _next_steps(self._program, self._console.width)
        return [_one_line(""), *(_one_line(line, "dim") for line in ("Try next:", *steps))]

    def _page(self, below: list[Text], state: str) -> Group:
        table = Table(expand=True, box=None, header_style="dim", pad_edge=False)
        width = self._console.width
        shown = 4 if width >= WIDE else 3 if width >= MEDIUM else 2
        for heading, columns in COLUMNS[:shown]:
            ratio = None if columns else 1
            table.add_column(heading, width=columns, ratio=ratio, no_wrap=True, overflow="ellipsis")
        finals = [row for rows in self._finals.values() for row in rows]
        fitting = max(FEWEST_ROWS, self._room(below) - len(finals))
        for outcome, text, label, mood in [*list(self._rows)[-fitting:], *finals]:
            style = (COLOURS | FINAL_COLOURS)[outcome]
            cells = Text(outcome, style=style), Text(text), Text(label), Text(mood, style="dim")
            table.add_row(*cells[:shown])
        where = f"Kafka protocol on {self._address}, in this process; {state}"
        return Group(Panel(table, title="moderator demo", subtitle=where), *below)


def _one_line(words: str, style: str = "") -> Text:
    return Text(words, style=style, no_wrap=True, overflow="ellipsis")


class PlainScreen:
    """A line an answer."""

    def __init__(self, console: Console, texts: Mapping[bytes, str], program: str) -> None:
        self._console = console
        self._texts = texts
        self._program = program

    def show(self, answered: Answered | Final) -> None:
        """Print it."""
        outcome, text, label, mood = _cells(answered, self._texts)
        text = text if len(text) <= TEXT_WIDTH else text[: TEXT_WIDTH - 1] + "…"
        self._print(f"{outcome:<11}  {label:<20}  {mood:<9}  {text}".rstrip())

    def tell(self, line: str) -> None:
        """Print it."""
        self._print(line)

    def refresh(self, tally: Tally) -> None:
        """Nothing: figures come at the end."""

    def close(self, tally: Tally) -> None:
        """Print the figures."""
        steps = _next_steps(self._program, sys.maxsize)
        self._print("", _speed(tally), _counts(tally), _balance(tally), *_reviewed(tally), "", "Try next:", *steps)

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
