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
WRITTEN = "written"
ONE_SIDED = 0.98  # a source with more positives than this among a label's known rows tells nothing of its rate


def calibration_rows(
    held_back: Sequence[Row], held_out: Sequence[HeldOutRow], written: Sequence[Row] = ()
) -> list[Row]:
    """Rows to choose on; each text once, none that a reported split holds. Names beyond the vocabulary are left out.

    Of `written` rows, those of `written_halves` that choose; a label of theirs is forgotten beyond the number of other
    rows that tell it, so that what people wrote keeps at least half the say.
    """
    chosen = [row for row in held_out if (row.set, row.split) in CHOOSING_SPLITS]
    reported = {digest(normalise(row.text)) for row in held_out if (row.set, row.split) not in CHOOSING_SPLITS}
    rows = [*held_back, *(as_row(row) for row in chosen)]
    rows += outweighed(written_halves(written)[0], rows)
    unique = {key: row for row in rows if (key := digest(row.text)) not in reported}
    return list(unique.values())


def written_halves(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Written rows kept back: those that choose, and those that are reported; a row's text alone decides."""
    choosing: list[Row] = []
    reported: list[Row] = []
    for row in rows:
        (choosing if digest(row.text)[0] % 2 else reported).append(row)
    return choosing, reported


def outweighed(written: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """`written`, each label known in no more of them than in `others`, if those show both its values."""
    values: dict[str, Counter[int]] = {label: Counter() for label in LABELS}
    for row in others:
        for label, value in row.labels.items():
            values[label][value] += 1
    left = {label: counts.total() if len(counts) == 2 else len(written) for label, counts in values.items()}
    kept: list[Row] = []
    for row in sorted(written, key=lambda row: digest(row.text)):
        labels = {label: value for label, value in row.labels.items() if left[label] > 0}
        for label in labels:
            left[label] -= 1
        kept.append(replace(row, labels=labels))
    return kept


def as_row(row: HeldOutRow) -> Row:
    """A held-out row in the form of a training row, its split as the source."""
    labels = {name: value for name, value in row.labels.items() if name in LABELS}
    return Row(normalise(row.text), labels, row.sentiment, f"{row.set}/{row.split}")


def origin(row: Row) -> str:
    """The source of `row`; all written ones are one, since each holds the negatives of another's positives."""
    return WRITTEN if row.source.startswith(f"{WRITTEN}_") else row.source


def drop_one_sided_labels(rows: Sequence[Row]) -> list[Row]:
    """Forget a label in the rows of each source that has collected almost nothing but its positives."""
    counts: Counter[tuple[str, str, int]] = Counter(
        (origin(row), label, value) for row in rows for label, value in row.labels.items()
    )
    return [
        replace(
            row,
            labels={
                label: value
                for label, value in row.labels.items()
                if counts[origin(row), label, 1]
                <= ONE_SIDED * (counts[origin(row), label, 0] + counts[origin(row), label, 1])
            },
        )
        for row in rows
    ]
