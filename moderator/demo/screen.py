"""The demo's faces: a live table where a terminal is, a line an answer where not."""

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

ROWS = 14
TEXT_WIDTH = 64
COLOURS = {"allow": "green", "escalate": "yellow", "block": "red", "dead letter": "magenta"}

NEXT_STEPS = """\
echo '{"id": "1", "text": "Have a nice day"}' | moderator classify    verdicts without a broker
moderator config show                                                 every setting and its variable
MODERATOR_KAFKA__BOOTSTRAP_SERVERS=host:9092 moderator check          is my own Kafka ready?
MODERATOR_KAFKA__BOOTSTRAP_SERVERS=host:9092 moderator agent          moderate its topic"""


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
    text = text if len(text) <= TEXT_WIDTH else text[: TEXT_WIDTH - 1] + "…"
    if answered.verdict is None:
        return "dead letter", text, answered.code or "", ""
    return answered.verdict.outcome.value, text, gravest(answered.verdict), answered.verdict.sentiment.label.value


def _figures(tally: Tally) -> str:
    counts = "   ".join(f"{name} {tally.outcomes[name]:,}" for name in COLOURS)
    latency = f"latency p50 {tally.latency_ms(0.5):.0f} ms, p99 {tally.latency_ms(0.99):.0f} ms"
    return f"{tally.throughput():,.0f} messages/s   {latency}   {counts}"


def _balance(tally: Tally) -> str:
    sign = "=" if tally.complete else "!="
    return f"records in {tally.sent:,} {sign} verdicts {tally.verdicts:,} + dead letters {tally.dead_letters:,}"


class LiveScreen:
    """A table of the latest answers that redraws itself."""

    def __init__(self, console: Console, texts: Mapping[bytes, str], address: str) -> None:
        self._console = console
        self._texts = texts
        self._address = address
        self._rows: deque[tuple[str, str, str, str]] = deque(maxlen=ROWS)
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._live.start()

    def show(self, answered: Answered) -> None:
        """Add a row."""
        self._rows.append(_cells(answered, self._texts))

    def refresh(self, tally: Tally) -> None:
        """Draw."""
        self._live.update(self._page(tally), refresh=True)

    def close(self, tally: Tally) -> None:
        """Leave the last page on the terminal."""
        self._live.stop()
        self._console.print(self._page(tally))

    def _page(self, tally: Tally) -> Group:
        table = Table(expand=True, box=None, header_style="dim", pad_edge=False)
        for heading, width in (("outcome", 12), ("message", None), ("decided by", 24), ("sentiment", 10)):
            table.add_column(heading, width=width, no_wrap=True, overflow="ellipsis")
        for outcome, text, label, mood in self._rows:
            table.add_row(Text(outcome, style=COLOURS[outcome]), Text(text), Text(label), Text(mood, style="dim"))
        return Group(
            Panel(table, title="moderator demo", subtitle=f"Kafka protocol on {self._address}, in this process"),
            Text(_figures(tally), style="bold"),
            Text(_balance(tally), style="green" if tally.complete else "yellow"),
            Text("\nTry next (Ctrl-C ends):\n" + NEXT_STEPS, style="dim"),
        )


class PlainScreen:
    """A line an answer."""

    def __init__(self, console: Console, texts: Mapping[bytes, str]) -> None:
        self._console = console
        self._texts = texts

    def show(self, answered: Answered) -> None:
        """Print it."""
        outcome, text, label, mood = _cells(answered, self._texts)
        self._print(f"{outcome:<12} {label:<24} {mood:<9} {text}")

    def refresh(self, tally: Tally) -> None:
        """Nothing: figures come at the end."""

    def close(self, tally: Tally) -> None:
        """Print the figures."""
        self._print("", _figures(tally), _balance(tally), "", "Try next:", NEXT_STEPS)

    def _print(self, *lines: str) -> None:
        for line in lines:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
