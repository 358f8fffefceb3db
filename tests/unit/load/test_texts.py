"""The texts of the benchmark."""

from pathlib import Path
from statistics import median

import pytest

from load.texts import generated_texts, read_texts, repeated


def test_generated_texts_are_the_same_in_every_run() -> None:
    """Two runs compare the program, not their texts; another seed gives others."""
    assert generated_texts(50) == generated_texts(50)
    assert generated_texts(50) != generated_texts(50, seed=1)


def test_generated_texts_are_as_long_as_those_on_platforms() -> None:
    """Speed depends on lengths: most texts are short, few fill a window of 128 tokens, none is empty."""
    words = sorted(len(text.split()) for text in generated_texts(4_000))
    assert 13 <= median(words) <= 18
    assert 55 <= words[3_800] <= 70
    assert words[0] >= 1
    assert 20 <= sum(count > 105 for count in words) <= 80


def test_texts_are_read_up_to_the_count(tmp_path: Path) -> None:
    """Other fields are ignored."""
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": "1", "text": "one"}\n{"text": "two"}\n{"text": "three"}\n')
    assert read_texts(file, 2) == ["one", "two"]
    assert read_texts(file, 10) == ["one", "two", "three"]


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"id": "1"}', '{"text": 3}', '{"text": "  "}'])
def test_a_line_without_a_text_is_named(tmp_path: Path, line: str) -> None:
    """A file of another shape is refused, not measured in part."""
    file = tmp_path / "texts.jsonl"
    file.write_text(f'{{"text": "one"}}\n{line}\n')
    with pytest.raises(ValueError, match="line 2 is no JSON object with a text"):
        read_texts(file, 10)


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    """Nothing cannot be measured."""
    file = tmp_path / "texts.jsonl"
    file.touch()
    with pytest.raises(ValueError, match="no texts"):
        read_texts(file, 10)


def test_texts_repeat_in_order() -> None:
    """A longer run has the same mixture."""
    assert repeated(["a", "b", "c"], 7) == ["a", "b", "c", "a", "b", "c", "a"]
