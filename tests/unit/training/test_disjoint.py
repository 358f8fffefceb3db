"""What is held out is not trained on, nor what says the same in other marks."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.disjoint import NearCopies, require_disjoint
from tests.unit.training.written import row


def test_a_held_out_text_among_the_training_rows_stops_the_run() -> None:
    """Case, masked handles and escapes do not hide that a text is held out; a line that is repeated is named once."""
    leaked = replace(row("@user THANKS & bye", "notes"), line=8)
    rows = [row("Nice weather"), leaked, row("Good night"), leaked, row("Good morning", "written_everyday")]
    with pytest.raises(ConfigError) as refusal:
        require_disjoint(rows, ["@anna thanks &amp; bye", "Good morning"], Path("rows.jsonl"))
    assert refusal.value.problems == (
        "2 training rows are held-out texts",
        "rows.jsonl:8: a held-out text (source notes)",
        "rows.jsonl: a held-out text (source written_everyday)",
    )


def test_a_bare_link_is_nobodys_text() -> None:
    """All links read the same once they are masked; a training row that is one betrays no held-out row."""
    require_disjoint([row("http"), row("@user http")], ["https://example.org/a", "@bob https://example.org/b"], Path())


def test_near_copies_are_left_out_and_told() -> None:
    """Other emoji, marks, spaces, case, links or handles make no other text; another word does."""
    near = NearCopies(["So glad \N{HEAVY BLACK HEART} you came!", "https://example.org/a", "\N{HEAVY BLACK HEART}"])
    copy, spaced = row("so glad you came \N{PILE OF POO}"), row("@user SO GLAD, YOU CAME http")
    kept = [row("so glad she came"), row("http"), row("\N{FIRE}")]
    assert near.leave_out([copy, *kept, copy, spaced]) == kept
    assert near.left_out == [copy, spaced]
