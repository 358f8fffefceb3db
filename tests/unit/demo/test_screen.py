"""What the demo shows: a line an answer, or a page that fits its terminal."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from moderator.demo.screen import MOST_ROWS, LiveScreen, PlainScreen, Screen
from moderator.demo.tally import Tally
from moderator.errors import DeadLetterCode
from tests.unit.demo.answered import SENT_MS, dead_letter, decided, escalation, verdict

KEY = b"k"
LONG = "A rather long sentence about the weather, the harvest and what the neighbours think of both of them, twice."
ADDRESS = "127.0.0.1:54321"
PROGRAM = "moderator"
SMALL, LARGE = (80, 24), (120, 40)
LINK = "http://127.0.0.1:54322/login?name=you&role=lead"


def played(screen: Screen, tally: Tally, answers: int) -> None:
    """That many verdicts, the third uncertain, and a dead letter; one record has no answer yet."""
    tally.sent = answers + 2
    for offset in range(answers):
        if answered := tally.verdict(verdict(offset, 0.7 if offset == 2 else 0.0, KEY)):
            screen.show(answered)
    if refused := tally.dead_letter(dead_letter(answers, DeadLetterCode.INVALID_CLOUDEVENT, KEY)):
        screen.show(refused)
    screen.refresh(tally)


@pytest.fixture
def tally() -> Tally:
    """Every answer takes 40 ms."""
    return Tally(lambda: 0.0, lambda: SENT_MS + 40.0)


@pytest.fixture(params=[SMALL, LARGE, (40, 10)], ids="{0[0]}x{0[1]}".format)
def console(request: pytest.FixtureRequest) -> Console:
    """A terminal of that size."""
    width, height = request.param
    return Console(file=io.StringIO(), force_terminal=True, width=width, height=height, legacy_windows=False)


def written(console: Console) -> list[str]:
    """Lines without colours and cursor movements."""
    assert isinstance(console.file, io.StringIO)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", console.file.getvalue()).replace("\r", "").splitlines()


def last_page(console: Console) -> list[str]:
    """What is left on the terminal."""
    lines = written(console)
    title, *rest = lines[max(place for place, line in enumerate(lines) if "moderator demo" in line) :]
    return [title[title.index("╭") :], *rest]  # drawn over what stood in its line


@pytest.mark.parametrize("answers", [0, 3, 4 * MOST_ROWS])
def test_a_page_fits_its_terminal(console: Console, tally: Tally, answers: int) -> None:
    """No line is wrapped, and the page is not higher than the terminal, however much has happened."""
    screen = LiveScreen(console, {KEY: LONG}, PROGRAM, ADDRESS)
    played(screen, tally, answers)
    screen.close(tally)
    page = last_page(console)
    assert max(map(cell_len, page)) <= console.width
    assert len(page) < max(console.height, 18)
    assert sum("Try next" in line for line in page) == 1


def test_a_page_shows_what_happens(tally: Tally) -> None:
    """Outcomes, texts, labels and moods; speed, latency, counts and the balance; where, and how to end it."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24, legacy_windows=False)
    screen = LiveScreen(console, {KEY: "It \u200bmay rain."}, PROGRAM, ADDRESS)
    played(screen, tally, 3)
    page = "\n".join(last_page(console))
    for seen in (
        "allow        It may rain.",
        "escalate     It may rain.",
        "toxic 0.70            positive",
        "dead letter  It may rain.",
        "invalid_cloudevent",
        "8 messages/s   latency p50 40 ms, p99 40 ms",
        "allow 2   escalate 1   block 0   dead letter 1",
        "records in 5 = first verdicts 3 + dead letters 1 + awaited 1",
        f"Kafka protocol on {ADDRESS}, in this process; Ctrl-C ends",
    ):
        assert seen in page
    screen.close(tally)
    ended = "\n".join(last_page(console))
    assert "; ended" in ended
    assert "| moderator classify" in ended


def reviewed(screen: Screen, tally: Tally) -> None:
    """A message that a large model left to people, and a person decided."""
    screen.tell(f"Decide yourself: {LINK}")
    screen.tell(LONG)
    screen.tell(LONG)
    tally.verdict(escalation(100, KEY)[0])
    referred = {"outcome": "escalate", "labels": (), "rules": (), "source": "llm", "referral": "probation"}
    tally.decision(decided(100, KEY, id="d-llm", reviewer_id="stub-large-model", **referred)[0])
    said, final = decided(100, KEY, reviewer_id="dev:you")
    tally.decision(said)
    if shown := tally.verdict(final):
        screen.show(shown)


@pytest.mark.parametrize("answers", [0, 4 * MOST_ROWS])
def test_a_page_with_reviews_fits_its_terminal(console: Console, tally: Tally, answers: int) -> None:
    """The link to the console is whole however narrow the terminal is: it is there to be clicked or copied."""
    screen = LiveScreen(console, {KEY: LONG}, PROGRAM, ADDRESS)
    reviewed(screen, tally)
    played(screen, tally, answers)
    page = last_page(console)
    assert max(map(cell_len, page)) <= console.width
    assert len(page) <= console.height
    if console.height > 10:
        assert LINK in "".join(page).replace(" ", "")
    screen.close(tally)
    assert "Try next:" in last_page(console)


def test_a_final_verdict_stays_on_the_page(tally: Tally) -> None:
    """Whoever comes back from the browser still finds it, with who decided, whatever has been answered since."""
    console = Console(file=io.StringIO(), force_terminal=True, width=100, height=24, legacy_windows=False)
    screen = LiveScreen(console, {KEY: "It may rain."}, PROGRAM, ADDRESS)
    reviewed(screen, tally)
    played(screen, tally, 4 * MOST_ROWS)
    page = "\n".join(last_page(console))
    assert re.search(r"final block  It may rain\. +human dev:you", page)
    assert "final verdicts 1 (people 1, stub-large-model 0), waiting for people 1" in page
    assert "stub-large-model left to people: probation 1" in page
    screen.close(tally)


def test_a_final_verdict_is_a_line_where_there_is_no_terminal(tally: Tally) -> None:
    """And so is the link."""
    console = Console(file=io.StringIO(), width=40)
    screen = PlainScreen(console, {KEY: "It may rain."}, PROGRAM)
    reviewed(screen, tally)
    screen.close(tally)
    lines = written(console)
    assert lines[0] == f"Decide yourself: {LINK}"
    assert "final block  human dev:you                    It may rain." in lines
    assert "final verdicts 1 (people 1, stub-large-model 0), waiting for people 0" in lines


def test_a_page_shows_something_at_once() -> None:
    """The model takes seconds to load."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24, legacy_windows=False)
    LiveScreen(console, {}, PROGRAM, ADDRESS)._live.stop()
    assert "Loading" in "\n".join(written(console))


def test_lines_where_there_is_no_terminal(tally: Tally) -> None:
    """One an answer, never wrapped or coloured; the figures and the next steps at the end."""
    console = Console(file=io.StringIO(), width=40)
    screen = PlainScreen(console, {KEY: LONG}, ".venv/bin/moderator")
    played(screen, tally, 3)
    assert len(written(console)) == 4
    screen.close(tally)
    lines = written(console)
    assert lines[0] == f"allow        toxic 0.00            positive   {LONG[:63]}…"
    assert lines[3].startswith("dead letter  invalid_cloudevent               A rather")
    assert "records in 5 = first verdicts 3 + dead letters 1 + awaited 1" in lines
    assert "\x1b" not in console.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO
    last = lines[-1]
    assert last.startswith("MODERATOR_KAFKA__BOOTSTRAP_SERVERS=localhost:9092 .venv/bin/moderator agent ")
    assert last.endswith("    moderate its topic")


def test_what_users_write_is_not_markup(tally: Tally) -> None:
    """Brackets are theirs."""
    texts = {KEY: "[red]really[/red] [bold"}
    plain = Console(file=io.StringIO(), width=80)
    played(PlainScreen(plain, texts, PROGRAM), tally, 1)
    assert "[red]really[/red] [bold" in written(plain)[0]


def test_the_balance_is_plain_when_all_is_answered(tally: Tally) -> None:
    """As the exit code says it."""
    console = Console(file=io.StringIO(), width=80)
    screen = PlainScreen(console, {}, PROGRAM)
    played(screen, tally, 2)
    tally.sent -= 1
    screen.close(tally)
    assert "records in 3 = first verdicts 2 + dead letters 1" in written(console)
