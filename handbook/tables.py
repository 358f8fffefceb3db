"""Tables in Markdown."""

from collections.abc import Iterable, Sequence
from inspect import getdoc

GENERATED = "<!-- Written by `python -m handbook` (make reference): change what it is made of. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows under their head; what would end a cell is escaped."""
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def code(words: Iterable[object]) -> str:
    """Words as code, after commas."""
    return ", ".join(f"`{word}`" for word in words)


def first_paragraph(documented: object) -> str:
    """Of its docstring, on one line."""
    return " ".join((getdoc(documented) or "").partition("\n\n")[0].split())


def page(title: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([f"# {title}", GENERATED, *parts]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
