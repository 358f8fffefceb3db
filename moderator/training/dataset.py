"""The rows of a model, checked and split: to train on, held back, held out."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from moderator.contracts.labels import LABELS
from moderator.inference.manifest import sha256
from moderator.training.disjoint import NearCopies, require_disjoint
from moderator.training.heldout import HeldOutRow, load_heldout
from moderator.training.phrases import phrases
from moderator.training.recipe import Recipe
from moderator.training.rows import Row, hold_back, load_rows, mix
from moderator.training.swaps import swaps
from moderator.training.written.rows import written_rows


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """All rows but the held-out ones.

    Teachers learn from `collected`, the recipe's mix; the student also from `phrases`, which only teachers know, from
    `swaps`, collected rows that name other groups, and from `written` families. Nobody learns from `held_back` rows,
    nor from `kept_back`, whole written families.
    `malformed` is a line for each row that could not be read; `near_copies` of held-out texts were left out.
    """

    collected: list[Row]
    phrases: list[Row]
    swaps: list[Row]
    written: list[Row]
    held_back: list[Row]
    kept_back: list[Row]
    malformed: list[str]
    near_copies: list[Row]

    @property
    def labelled(self) -> list[Row]:
        """The rows that somebody labelled."""
        return [*self.collected, *self.swaps, *self.written]


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What one source gives to training: rows, rows with a sentiment, known positives by label."""

    tier: str
    rows: int
    sentiments: int
    positives: dict[str, int]


def load_dataset(training: Path, heldout: Path, recipe: Recipe) -> tuple[TrainingRows, list[HeldOutRow]]:
    """Read both files; write, mix and cut the training rows by the recipe.

    Raises ConfigError when a file cannot be used, or a held-out text is among the training rows.
    """
    rows, malformed = load_rows(training)
    held_out = load_heldout(heldout)
    texts = [row.text for row in held_out]
    rows = [row for row in rows if row.tier in recipe.tiers]
    require_disjoint(rows, texts, training)
    near = NearCopies(texts)
    kept, held_back = hold_back(near.leave_out(rows), recipe.held_back)
    collected = mix(kept, recipe)
    written, kept_back = written_rows(recipe.seed) if recipe.written else ([], [])
    swapped = swaps(collected, recipe) if recipe.swaps else []
    dataset = TrainingRows(
        collected,
        phrases=near.leave_out(phrases(kept, recipe)),
        swaps=near.leave_out(swapped),
        written=near.leave_out(mix(written, recipe)),
        held_back=held_back,
        kept_back=near.leave_out(kept_back),
        malformed=malformed,
        near_copies=near.left_out,
    )
    return dataset, held_out


def draw(rows: Sequence[Row], part: float, seed: int) -> list[Row]:
    """`part` of `rows`, drawn by `seed`; the order is kept."""
    chosen = random.Random(seed).sample(range(len(rows)), int(part * len(rows)))
    return [rows[index] for index in sorted(chosen)]


def count_sources(rows: Sequence[Row]) -> dict[str, SourceCounts]:
    """Counts by source, the largest first."""
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    return {
        name: SourceCounts(
            members[0].tier,
            len(members),
            sum(row.sentiment is not None for row in members),
            dict(Counter(label for row in members for label in LABELS if row.labels.get(label) == 1)),
        )
        for name, members in sorted(by_source.items(), key=lambda part: (-len(part[1]), part[0]))
    }


def describe(rows: TrainingRows, held_out: int, training: Path, heldout: Path) -> dict[str, object]:
    """What the model card says of the rows: counts and the files' checksums, no text."""
    return {
        "files": {"training": sha256(training), "heldout": sha256(heldout)},
        "training_rows": len(rows.labelled),
        "phrases": len(rows.phrases),
        "held_back_rows": len(rows.held_back),
        "kept_back_rows": len(rows.kept_back),
        "held_out_rows": held_out,
        "malformed_rows": len(rows.malformed),
        "near_copies": dict(Counter(row.source for row in rows.near_copies).most_common()),
        "sources": {name: asdict(counts) for name, counts in count_sources(rows.labelled).items()},
    }
