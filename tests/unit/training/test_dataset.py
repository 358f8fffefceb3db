"""The data step splits rows, refuses leaks between them and tells counts, not texts."""

import json
from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.dataset import count_sources, describe, load_dataset
from moderator.training.recipe import Distillation, Recipe, Training
from tests.unit.training.written import row, write_lines

RECIPE = Recipe(name="test", written=False, student=Training(encoder="none"))


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
    rows, held_out = load_dataset(*files(tmp_path, "Another"), RECIPE.model_copy(update={"held_back": 0.1}))
    assert len(rows.collected) + len(rows.held_back) == 100
    assert not {r.text for r in rows.collected} & {r.text for r in rows.held_back}
    assert len(held_out) == 1


def test_a_tier_is_left_out_whole(tmp_path: Path) -> None:
    """Also from the rows that calibration is chosen on."""
    lines = [{"text": f"Note {n}", "sources": ["notes"], "tier": "AB"[n % 2]} for n in range(60)]
    _, heldout = files(tmp_path, "Another")
    training = write_lines(tmp_path / "train.jsonl", lines)
    rows, _ = load_dataset(training, heldout, RECIPE.model_copy(update={"tiers": ("A",), "held_back": 0.2}))
    assert len(rows.collected) + len(rows.held_back) == 30
    assert {r.tier for r in [*rows.collected, *rows.held_back]} == {"A"}


def test_written_rows_are_for_the_student_and_a_phrase_is_a_part_of_its_row(tmp_path: Path) -> None:
    """Nobody labelled a phrase; families that are kept back stay apart."""
    lines = [{"text": f"One can hear rain fall on roof number {n}", "sources": ["notes"]} for n in range(40)]
    _, heldout = files(tmp_path, "Another")
    training = write_lines(tmp_path / "train.jsonl", lines)
    distillation = Distillation(phrase_sources=("notes",), phrases_per_row=1)
    recipe = RECIPE.model_copy(update={"written": True, "distillation": distillation})
    rows, _ = load_dataset(training, heldout, recipe)
    assert {r.source for r in rows.collected} == {"notes"}
    assert {r.source.partition("_")[0] for r in rows.written} == {"written"}
    assert not {r.text for r in rows.written} & {r.text for r in rows.kept_back}
    assert rows.phrases
    assert all(not r.labels and any(r.text in whole.text for whole in rows.collected) for r in rows.phrases)


def test_a_held_out_text_in_training_stops(tmp_path: Path) -> None:
    """Even one that would have been held back for calibration."""
    with pytest.raises(ConfigError, match=r"train\.jsonl:8: a held-out text"):
        load_dataset(*files(tmp_path, "note NUMBER 7"), RECIPE)


def test_near_copies_take_no_part_at_all(tmp_path: Path) -> None:
    """Neither in training nor in calibration; the description says how many of which source."""
    training, heldout = files(tmp_path, "NOTE number 7 !!")
    rows, held_out = load_dataset(training, heldout, RECIPE.model_copy(update={"held_back": 0.5}))
    assert "Note number 7" not in {r.text for r in [*rows.collected, *rows.held_back]}
    assert len(rows.collected) + len(rows.held_back) == 99
    assert describe(rows, len(held_out), training, heldout)["near_copies"] == {"notes": 1}


def test_the_description_holds_no_text(tmp_path: Path) -> None:
    """What the model card is made of are counts and checksums."""
    training, heldout = files(tmp_path, "Another")
    rows, held_out = load_dataset(training, heldout, RECIPE)
    content = json.dumps(describe(rows, len(held_out), training, heldout))
    assert "note" not in content.casefold().replace('"notes"', "")
    assert "Another" not in content


def test_counts_by_source() -> None:
    """Rows, moods and positives of each source, the largest source first."""
    counts = count_sources([row("a", "x", toxic=1), row("b", "y", 2), row("c", "y", 0, toxic=0)])
    assert list(counts) == ["y", "x"]
    assert (counts["y"].rows, counts["y"].sentiments, counts["y"].positives) == (2, 2, {})
    assert counts["x"].positives == {"toxic": 1}
