"""The golden texts reach every part of the served path."""

import json

from moderator.inference.normalise import normalise
from moderator.training.package import GOLDEN_TEXTS

TEXTS: list[str] = json.loads(GOLDEN_TEXTS.read_text(encoding="utf-8"))


def test_lengths_from_one_word_to_several_windows() -> None:
    """A window holds 126 tokens, at most as many words."""
    words = [len(text.split()) for text in TEXTS]
    assert min(words) == 1
    assert max(words) > 3 * 94 + 32
    assert len(TEXTS) == len(set(TEXTS))


def test_scripts_emoji_and_masks_are_among_them() -> None:
    """What the clean-up changes and what the vocabulary does not hold."""
    assert any(normalise(text) != text for text in TEXTS)
    assert any("\u4e00" <= character <= "\u9fff" for text in TEXTS for character in text)
    assert any(character >= "\U0001f300" for text in TEXTS for character in text)
    assert any("https://" in text for text in TEXTS)
