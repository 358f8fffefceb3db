"""The data step splits rows, refuses leaks between them and tells counts, not texts."""

import json
from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.dataset import count_sources, describe, load_dataset
from moderator.training.recipe import Recipe
from tests.unit.training.written import row, write_lines


def files(folder: Path, held_out_text: str) -> tuple[Path, Path]:
    """A training file of a hundred rows and a held-out file of one."""
    training = [{"text": f"Note number {n}", "sources": ["notes"], "labels": {"toxic": n % 2}} for n in range(100)]
    held_out: dict[str, object] = {
        "set": "letters",
        "split": "test",
        "text": held_out_text,
        "sentiment": None,
        "labels": {},
    }
    return write_lines(folder / "train.jsonl", training), write_lines(folder / "heldout.jsonl", [held_out])


def test_rows_are_trained_on_or_held_back(tmp_path: Path) -> None:
    """No row is in both parts, none is lost."""
    dataset = load_dataset(*files(tmp_path, "Another"), Recipe("test", held_back=0.1))
    assert len(dataset.training) + len(dataset.held_back) == 100
    assert not {r.text for r in dataset.training} & {r.text for r in dataset.held_back}


def test_a_held_out_text_in_training_stops(tmp_path: Path) -> None:
    """Even one that would have been held back for calibration."""
    with pytest.raises(ConfigError, match="training row 8"):
        load_dataset(*files(tmp_path, "note NUMBER 7"), Recipe("test"))


def test_the_description_holds_no_text(tmp_path: Path) -> None:
    """What the model card is made of are counts and checksums."""
    training, heldout = files(tmp_path, "Another")
    content = json.dumps(describe(load_dataset(training, heldout, Recipe("test")), training, heldout))
    assert "note" not in content.casefold().replace('"notes"', "")
    assert "Another" not in content


def test_counts_by_source() -> None:
    """Rows, moods and positives of each source, the largest source first."""
    counts = count_sources([row("a", "x", toxic=1), row("b", "y", 2), row("c", "y", 0, toxic=0)])
    assert list(counts) == ["y", "x"]
    assert (counts["y"].rows, counts["y"].sentiments, counts["y"].positives) == (2, 2, {})
    assert counts["x"].positives == {"toxic": 1}
