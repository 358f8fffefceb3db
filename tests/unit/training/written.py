"""Rows written for the tests."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from moderator.training.rows import Row


def row(text: str, source: str = "letters", sentiment: int | None = None, **labels: int) -> Row:
    """A row as the reader gives it."""
    return Row(text, labels, sentiment, source)


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    """A JSON Lines file, gzipped by its name; a record that is text already stays as it is."""
    content = "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
