"""The rows that calibration and thresholds are chosen on: held back from training, and the validation splits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from moderator.contracts.labels import LABELS
from moderator.inference.normalise import normalise
from moderator.training.heldout import HeldOutRow
from moderator.training.rows import Row, digest

# `sst2` dev is a reported figure, and `sst5` dev holds the same sentences: neither may choose anything. HatEval
# (`tweeteval_hate`) takes hate unlike all that was trained on: its validation split chooses its own threshold alone.
CHOOSING_SPLITS = frozenset(
    {
        ("convabuse", "val"),
        ("edos", "dev"),
        ("goemotions", "dev"),
        ("hatemojibuild", "val"),
        ("tweeteval_offensive", "val"),
        ("tweeteval_sentiment", "val"),
    }
)
ONE_SIDED = 0.98  # a source with more positives than this among a label's known rows tells nothing of its rate


def calibration_rows(held_back: Sequence[Row], held_out: Sequence[HeldOutRow]) -> list[Row]:
    """Rows to fit on; each text once, none that a reported split holds, no label where its source knows one side only.

    Names of labels beyond the vocabulary are left out.
    """
    chosen = [row for row in held_out if (row.set, row.split) in CHOOSING_SPLITS]
    reported = {digest(normalise(row.text)) for row in held_out if (row.set, row.split) not in CHOOSING_SPLITS}
    rows = [*held_back, *(as_row(row) for row in chosen)]
    unique = {key: row for row in rows if (key := digest(row.text)) not in reported}
    return drop_one_sided_labels(list(unique.values()))


def as_row(row: HeldOutRow) -> Row:
    """A held-out row in the form of a training row, its split as the source."""
    labels = {name: value for name, value in row.labels.items() if name in LABELS}
    return Row(normalise(row.text), labels, row.sentiment, f"{row.set}/{row.split}")


def drop_one_sided_labels(rows: Sequence[Row]) -> list[Row]:
    """Forget a label in the rows of each source that has collected almost nothing but its positives."""
    counts: Counter[tuple[str, str, int]] = Counter(
        (row.source, label, value) for row in rows for label, value in row.labels.items()
    )
    return [
        replace(
            row,
            labels={
                label: value
                for label, value in row.labels.items()
                if counts[row.source, label, 1]
                <= ONE_SIDED * (counts[row.source, label, 0] + counts[row.source, label, 1])
            },
        )
        for row in rows
    ]
