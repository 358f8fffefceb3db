"""Written families as labelled rows: unfolded, varied as people write, normalised."""

import importlib
import random
from collections.abc import Iterator

from moderator.contracts.labels import LABELS
from moderator.inference.normalise import normalise
from moderator.training.rows import Row, digest
from moderator.training.written.grammar import Family, texts
from moderator.training.written.surface import capitalised, obfuscate, vary

MODULES = (
    "aversion",
    "blunt",
    "comment_spam",
    "comment_talk",
    "contrast",
    "counter_speech",
    "denials",
    "everyday_opinions",
    "everyday_registers",
    "hard_words_figurative",
    "hard_words_questions",
    "hard_words_technical",
    "harmful_requests",
    "hate",
    "hate_veiled",
    "identity_mentions",
    "insults",
    "insults_posts",
    "moods",
    "profanity",
    "quoting",
    "reclaimed",
    "reviews",
    "safe_requests",
    "self_harm",
    "self_harm_lookalikes",
    "self_harm_support",
    "sexual",
    "sexual_information",
    "sexual_lookalikes",
    "sexual_offers",
    "spam",
    "spam_lookalikes",
    "text_message_spam",
    "text_message_talk",
    "threat",
    "threat_lookalikes",
    "violence",
    "violence_lookalikes",
    "women",
)
CAPITALISED = 0.6  # part of the rows with capitals after full stops, which templates do not look after
VARIED = 0.25  # part of the rows written as people type
OBFUSCATED = 0.08  # part of the rows with words in disguise; more would teach that disguise is the normal case


def families() -> Iterator[Family]:
    """Every family of every module, in the order of `MODULES`."""
    for module in MODULES:
        yield from importlib.import_module(f"moderator.training.written.{module}").FAMILIES


def source(family: Family) -> str:
    """The name rows of `family` go by in the recipe: `written_` and what stands before the slash of its name."""
    return f"written_{family.name.partition('/')[0]}"


def written_rows(seed: int) -> tuple[list[Row], list[Row]]:
    """Unfold every family: rows to train on, and rows of the families kept back. The same for the same seed.

    No text occurs twice: the first family to write it keeps it, families kept back first, so that none of their texts
    is trained on.
    """
    training: list[Row] = []
    kept_back: list[Row] = []
    seen: set[bytes] = set()
    for family in sorted(families(), key=lambda family: not family.kept_back):
        draw = random.Random(f"{seed}/{family.name}/surface")
        labels = {str(label): int(label in family.positive) for label in LABELS if label not in family.unknown}
        for text in texts(family, seed):
            written = normalise(surface(text, draw))
            identity = digest(written)
            if not written or identity in seen:
                continue
            seen.add(identity)
            row = Row(written, dict(labels), family.sentiment, source(family))
            (kept_back if family.kept_back else training).append(row)
    return training, kept_back


def surface(text: str, draw: random.Random) -> str:
    """Capitalise, vary, obfuscate `text`, or leave it alone, with the stated probabilities."""
    if draw.random() < CAPITALISED:
        text = capitalised(text)
    fate = draw.random()
    if fate < VARIED:
        return vary(text, draw)
    if fate < VARIED + OBFUSCATED:
        return obfuscate(text, None, draw)
    return text
