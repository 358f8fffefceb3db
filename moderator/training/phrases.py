"""Sentences cut into phrases that nobody labelled: teachers say what a part of a sentence is worth."""

import random
from collections.abc import Sequence

from moderator.training.recipe import Recipe
from moderator.training.rows import Row, digest

PHRASES = "phrases"  # their source name
FEWEST_WORDS = 4  # fewer carry too little to tell
LONGEST_PART = 0.75  # of a sentence: a longer piece is nearly the sentence itself


def phrases(rows: Sequence[Row], recipe: Recipe) -> list[Row]:
    """Random runs of words from the rows of the recipe's phrase sources, each phrase once, by the recipe's seed."""
    draw = random.Random(f"{recipe.seed}/{PHRASES}")
    found: dict[bytes, Row] = {}
    for row in rows:
        words = row.text.split()
        longest = int(len(words) * LONGEST_PART)
        if row.source not in recipe.distillation.phrase_sources or longest < FEWEST_WORDS:
            continue
        for _ in range(recipe.distillation.phrases_per_row):
            size = draw.randint(FEWEST_WORDS, longest)
            start = draw.randint(0, len(words) - size)
            text = " ".join(words[start : start + size])
            found.setdefault(digest(text), Row(text, {}, None, PHRASES, row.tier, row.line))
    return list(found.values())
