"""Variations keep a text readable; disguises that hide a word from software are undone by normalisation."""

import random
from collections.abc import Callable

import pytest

from moderator.inference.normalise import normalise
from moderator.training.written import surface

TEXT = "Please don't water the garden tonight, it's raining so hard."
DRAWS = 200


@pytest.mark.parametrize("change", [surface.vary, lambda text, draw: surface.obfuscate(text, None, draw)])
def test_the_same_generator_writes_the_same_text(change: Callable[[str, random.Random], str]) -> None:
    """Rows must be the same from run to run."""
    once, again = random.Random(7), random.Random(7)
    assert [change(TEXT, once) for _ in range(DRAWS)] == [change(TEXT, again) for _ in range(DRAWS)]


def test_variations_differ_and_hold_most_of_the_text() -> None:
    """A typo here, a missing comma there: never another text."""
    draw = random.Random(1)
    varied = {surface.vary(TEXT, draw) for _ in range(DRAWS)}
    assert len(varied) > DRAWS // 4
    assert all(0.7 * len(TEXT) < len(text) < 1.4 * len(TEXT) for text in varied)


@pytest.mark.parametrize("text", ["", "ok", "http", "@user 12", "…", "日本語", "a b c", "Is it?"])
def test_texts_with_nothing_to_vary_are_taken(text: str) -> None:
    """Every change meets texts without words, or with short ones alone."""
    draw = random.Random(2)
    for _ in range(DRAWS):
        surface.vary(text, draw)
        assert surface.obfuscate(text, None, draw) == text


@pytest.mark.parametrize("disguise", [surface.zero_width, surface.homoglyphs])
@pytest.mark.parametrize("word", ["garden", "Tonight", "PEACE", "hop", "expect"])
def test_invisible_and_look_alike_disguises_are_undone(disguise: surface.Change, word: str) -> None:
    """What a reader cannot see must not change what the model reads."""
    draw = random.Random(3)
    disguised = {disguise(word, draw) for _ in range(DRAWS)}
    assert disguised - {word}
    assert {normalise(text) for text in disguised} == {word}


@pytest.mark.parametrize(
    "disguise", [surface.leet, surface.spaced, surface.starred, surface.stretched, surface.emoji_between]
)
def test_visible_disguises_survive_normalisation(disguise: surface.Change) -> None:
    """They are for the model to learn: the clean-up leaves them as they are."""
    draw = random.Random(4)
    for _ in range(DRAWS):
        written = disguise("garden", draw)
        assert written != "garden"
        assert normalise(written) == written


def test_only_wanted_words_are_disguised() -> None:
    """Other words stay as they were, whatever the case of the wanted one."""
    draw = random.Random(5)
    written = {surface.obfuscate("The Garden is wet", {"garden"}, draw) for _ in range(DRAWS)}
    assert len(written) > len(surface.DISGUISES)
    assert all(text.startswith("The ") and text.endswith(" is wet") for text in written)


def test_sentences_begin_with_capitals_but_for_links() -> None:
    """A mask in capitals would be another token."""
    assert surface.capitalised("so it was. no! http. ok") == "So it was. No! http. Ok"
