"""Every claim of docs/delivery.md names a test, and each of these is there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "delivery.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)?(?:::(\w+))?`")
TABLES = {"## Promises": 2, "## What each fault does": 3}


def named() -> list[tuple[str, str | None]]:
    """Test files with the tests named in them; a test without a file is of the file named before it."""
    found: list[tuple[str, str | None]] = []
    file = ""
    for match in NAMED.finditer(PAGE):
        if match[1] is None and match[2] is None:
            continue
        file = match[1] or file
        if file.startswith(("unit/", "integration/", "e2e/", "contract/")):
            found.append((file, match[2]))
    return found


@pytest.mark.parametrize(("file", "test"), named())
def test_a_named_test_is_there(file: str, test: str | None) -> None:
    """Under that name."""
    path = TESTS / file
    assert path.is_file()
    functions = {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert test is None or test in functions


@pytest.mark.parametrize(("heading", "columns"), TABLES.items())
def test_every_claim_names_a_test(heading: str, columns: int) -> None:
    """In the last column of its row."""
    section = PAGE.partition(heading)[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 5
    assert [row for row in rows if len(row) != columns or ".py" not in row[-1]] == []
