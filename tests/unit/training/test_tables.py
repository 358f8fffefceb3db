"""Where the output is a file, tables are lines that other programs can read."""

import pytest

from moderator.training.tables import plain_lines, print_table


def test_columns_are_aligned() -> None:
    """The first to the left, numbers to the right."""
    assert plain_lines(["name", "n"], [["a", "10"], ["long name", "9"]]) == [
        "name        n",
        "a          10",
        "long name   9",
    ]


def test_no_terminal_no_drawing(capsys: pytest.CaptureFixture[str]) -> None:
    """No frames, no colours."""
    print_table("Title", ["a"], [["1"]])
    assert capsys.readouterr().out == "Title\na\n1\n"
