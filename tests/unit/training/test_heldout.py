"""The held-out file is read whole or not at all: a figure over part of a benchmark is another figure."""

from pathlib import Path
from typing import Any

import pytest

from moderator.errors import ConfigError
from moderator.training.heldout import load_heldout
from tests.unit.training.written import write_lines

SOUND: dict[str, Any] = {"set": "letters", "split": "test", "text": "Dear all", "sentiment": 1, "labels": {"oa_S": 0}}


def test_labels_beyond_the_vocabulary_are_kept(tmp_path: Path) -> None:
    """Benchmarks have names of their own for what they mark."""
    (row,) = load_heldout(write_lines(tmp_path / "heldout.jsonl.gz", [SOUND]))
    assert (row.set, row.split, row.text, row.labels, row.sentiment) == ("letters", "test", "Dear all", {"oa_S": 0}, 1)


def test_every_malformed_row_is_named_by_its_line(tmp_path: Path) -> None:
    """None is left out, unlike in training."""
    bad = ["{", "[]", SOUND | {"split": ""}, SOUND | {"labels": {"toxic": 2}}, SOUND | {"sentiment": "good"}]
    path = write_lines(tmp_path / "heldout.jsonl", [SOUND, *bad])
    with pytest.raises(ConfigError) as refusal:
        load_heldout(path)
    assert refusal.value.problems == (
        f"{path}:2: not JSON",
        f"{path}:3: not an object",
        f"{path}:4: no split",
        f"{path}:5: a label is neither 0 nor 1",
        f"{path}:6: sentiment is none of 0, 1, 2, null",
    )


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    """An empty file would give figures of nothing."""
    with pytest.raises(ConfigError, match="holds no rows"):
        load_heldout(write_lines(tmp_path / "heldout.jsonl", []))
