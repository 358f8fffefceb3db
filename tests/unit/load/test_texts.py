"""The texts of the benchmark."""

from pathlib import Path
from statistics import median

import pytest

from load.profiles import Texts
from load.texts import generated_texts, near_duplicates, read_texts, repeated, repeating_texts
from load.texts_of import texts_of


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


def test_half_of_a_stream_with_repetition_was_written_before() -> None:
    """As in a chat: the others are new."""
    texts = repeating_texts(2_000)
    assert texts == repeating_texts(2_000)
    assert 0.45 < len(set(texts)) / len(texts) < 0.55


def test_a_flood_of_near_duplicates_is_a_few_texts_each_a_little_different() -> None:
    """Most are unlike every other, and like one of twenty by their words."""
    texts = near_duplicates(400)
    assert len(set(texts)) > 200
    words = [set(text.lower().split()) for text in texts]
    alike = sum(any(len(one & other) >= len(one) - 2 for other in words[:number]) for number, one in enumerate(words))
    assert alike > 360


def test_long_texts_have_several_windows() -> None:
    """Four hundred tokens in the median are more than three windows of 128."""
    words = sorted(len(text.split()) for text in texts_of(Texts.LONG, 200))
    assert 250 <= median(words) <= 400


@pytest.mark.parametrize("kind", Texts)
def test_there_are_as_many_texts_of_each_kind_as_asked(kind: Texts) -> None:
    """The same in every run, none of them empty, which no model would be asked about."""
    texts = texts_of(kind, 100)
    assert len(texts) == 100
    assert texts == texts_of(kind, 100)
    assert all(text.strip() for text in texts)
