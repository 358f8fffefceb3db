"""Calibration of an imported checkpoint: enough rows of every head, or a refusal that says what is missing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from moderator.contracts.labels import LABELS, SENTIMENTS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import CalibrationFile, LabelCalibration, SentimentCalibration
from moderator.inference.language import LanguageCheck
from moderator.training.calibrate import (
    FOLDS,
    PINNED,
    UNKNOWN,
    CalibrationFigures,
    calibrate_label,
    calibrate_sentiment,
    targets,
)
from moderator.training.calibration_fits import platt
from moderator.training.calibration_rows import ONE_SIDED, drop_one_sided_labels
from moderator.training.importing.label_map import LabelMap
from moderator.training.rows import Row, digest
from moderator.training.score import TextOutputs

FEWEST = 20  # positives and negatives of a label, rows of a mood: fewer move a calibrated score by more than a tenth


def usable_rows(rows: Sequence[Row], label_map: LabelMap, source: Path) -> list[Row]:
    """The `rows` in the model's languages, with what they say of the mapped labels and moods alone; a label is also
    forgotten where its source has collected almost nothing but positives.

    Raises ConfigError that names every mapped label and mood with fewer than 20 rows of a side: its scores would mean
    nothing, and the policy's thresholds stand on them.
    """
    check = LanguageCheck(label_map.languages)
    mapped = [
        replace(
            row,
            labels={name: value for name, value in row.labels.items() if name in label_map.labels},
            sentiment=row.sentiment if label_map.sentiment else None,
        )
        for row in rows
        if check.reads(row.text)
    ]
    kept = drop_one_sided_labels(mapped)
    problems: list[str] = []
    for label in label_map.labels:
        wanted = targets(kept, label)
        positives, negatives = int((wanted == 1).sum()), int((wanted == 0).sum())
        if min(positives, negatives) < FEWEST:
            problems.append(
                f"label {label}: {positives} positive and {negatives} negative rows, {FEWEST} of each are needed to"
                f" calibrate it; add rows, or move what is mapped to it to `ignored`{_forgotten(mapped, kept, label)}"
            )
    moods = [row.sentiment for row in kept]
    problems += [
        f"sentiment {mood}: {moods.count(value)} rows, {FEWEST} are needed; add rows, or leave sentiment out of the map"
        for value, mood in enumerate(SENTIMENTS)
        if label_map.sentiment and moods.count(value) < FEWEST
    ]
    if problems:
        raise ConfigError([f"{source}: {problem}" for problem in problems])
    return kept


def _forgotten(mapped: Sequence[Row], kept: Sequence[Row], label: Label) -> str:
    """What to tell of the rows that know `label` and do not count."""
    count = sum(label in row.labels for row in mapped) - sum(label in row.labels for row in kept)
    return (
        f"; {count} more are from sources with over {ONE_SIDED:.0%} positives, which tell nothing of its rate"
        if count
        else ""
    )


def calibrate_checkpoint(
    rows: Sequence[Row], logits: TextOutputs, label_map: LabelMap
) -> tuple[CalibrationFile, dict[str, CalibrationFigures]]:
    """Fit every mapped head; all others are pinned. Raises ConfigError when a label's scores fall with its rate."""
    folds = np.array([digest(row.text)[-1] % FOLDS for row in rows], dtype=np.int64)
    labels: dict[Label, LabelCalibration] = {}
    figures: dict[str, CalibrationFigures] = {}
    for column, label in enumerate(LABELS):
        if label not in label_map.labels:
            labels[label] = LabelCalibration(pinned=PINNED)
            continue
        wanted = targets(rows, label)
        known = wanted != UNKNOWN
        wanted, values = wanted[known], logits.labels[known, column]
        if platt(values, wanted)[0] <= 0:
            raise ConfigError(
                [f"label {label}: the checkpoint's scores fall where the rows' rate rises; is the label map right?"]
            )
        labels[label], figures[label] = calibrate_label(values, wanted, folds[known])
    sentiment = SentimentCalibration(temperature=1.0)
    if label_map.sentiment:
        moods = np.array([UNKNOWN if row.sentiment is None else row.sentiment for row in rows], dtype=np.int64)
        known = moods != UNKNOWN
        sentiment, figures["sentiment"] = calibrate_sentiment(logits.sentiment[known], moods[known], folds[known])
    return CalibrationFile(labels=labels, sentiment=sentiment), figures
