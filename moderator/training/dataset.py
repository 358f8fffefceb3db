"""The rows of a run, checked and split: to train on, held back, held out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from moderator.contracts.labels import LABELS
from moderator.inference.manifest import sha256
from moderator.training.heldout import HeldOutRow, load_heldout
from moderator.training.recipe import Recipe
from moderator.training.rows import Row, hold_back, load_rows, mix, require_disjoint


@dataclass(frozen=True, slots=True)
class Dataset:
    """`training` is the recipe's mix, `held_back` was never trained on, `malformed` is a line for each row left out."""

    training: list[Row]
    held_back: list[Row]
    held_out: list[HeldOutRow]
    malformed: list[str]


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What one source gives to training: rows, rows with a sentiment, known positives by label."""

    tier: str
    rows: int
    sentiments: int
    positives: dict[str, int]


def load_dataset(training: Path, heldout: Path, recipe: Recipe) -> Dataset:
    """Read both files. Raises ConfigError when one cannot be used, or a held-out text is among the training rows."""
    rows, malformed = load_rows(training)
    held_out = load_heldout(heldout)
    require_disjoint(rows, (row.text for row in held_out))
    kept, held_back = hold_back(rows, recipe.held_back)
    return Dataset(mix(kept, recipe), held_back, held_out, malformed)


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


def describe(dataset: Dataset, training: Path, heldout: Path) -> dict[str, object]:
    """What the model card says of the rows: counts and the files' checksums, no text."""
    return {
        "files": {"training": sha256(training), "heldout": sha256(heldout)},
        "training_rows": len(dataset.training),
        "held_back_rows": len(dataset.held_back),
        "held_out_rows": len(dataset.held_out),
        "malformed_rows": len(dataset.malformed),
        "sources": {name: asdict(counts) for name, counts in count_sources(dataset.training).items()},
    }
