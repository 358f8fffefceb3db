"""The figures of any model directory on any labelled file: `moderator model evaluate`."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from moderator.config import load_settings
from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.golden import require_golden
from moderator.inference.language import LanguageCheck
from moderator.inference.manifest import Manifest, default_model_directory, load_model_directory
from moderator.policy.thresholds import load_policy
from moderator.training.label_figures import (
    AtThreshold,
    LabelFigures,
    SentimentFigures,
    label_figures,
    sentiment_figures,
)
from moderator.training.layout import POLICY
from moderator.training.rows import load_rows
from moderator.training.score import classifier, score

DIGITS = 5


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What a model, on `provider` and under a policy's thresholds, made of the rows of a file."""

    manifest: Manifest
    provider: str
    policy: str
    rows: int
    unsupported: int  # rows in a language that the model does not read, left out as the service leaves them out
    malformed: tuple[str, ...]
    labels: dict[Label, LabelFigures]
    sentiment: SentimentFigures | None

    @property
    def title(self) -> str:
        """Of the table."""
        return f"{self.manifest.name} {self.manifest.version} on {self.provider}, {self.rows:,} rows"

    def label_table(self) -> tuple[list[str], list[list[str]]]:
        """Columns and rows, a row a label that the file knows."""
        at = ["precision", "recall", "F1"]
        columns = ["label", "rows", "positive", "AP", "AUC", "error", "escalate_at", *at, "block_at", *at]
        cells = [
            [
                label,
                f"{part.rows:,}",
                f"{part.positives:,}",
                *_cells([part.average_precision, part.auc, part.calibration_error]),
                *_threshold_cells(part.escalate),
                *_threshold_cells(part.block),
            ]
            for label, part in self.labels.items()
        ]
        return columns, cells

    def sentiment_table(self) -> tuple[list[str], list[list[str]]]:
        """Columns and the one row of sentiment, which must be known."""
        part = self.sentiment
        columns = ["", "rows", "accuracy", "macro-recall", "error"]
        if part is None:
            return columns, []
        return columns, [
            ["sentiment", f"{part.rows:,}", *_cells([part.accuracy, part.macro_recall, part.calibration_error])]
        ]

    def remarks(self) -> list[str]:
        """What the tables do not show, a line each."""
        lines = [
            f"Thresholds of policy {self.policy}. AP: average precision; error: expected calibration error (15 bins)."
        ]
        fixed = [label for label in self.manifest.untrained_labels if label in self.labels]
        unknown = [label for label in LABELS if label not in self.labels]
        if fixed:
            lines.append(f"The model has not learnt {', '.join(fixed)}: the score is fixed.")
        if self.manifest.untrained_sentiment and self.sentiment is not None:
            lines.append("The model has not learnt sentiment: every text is neutral.")
        if unknown:
            lines.append(f"No row knows {', '.join(unknown)}.")
        if self.unsupported:
            lines.append(
                f"Rows in other languages than {', '.join(self.manifest.languages)}, left out: {self.unsupported}."
            )
        if self.malformed:
            lines.append(f"Malformed rows, left out: {len(self.malformed)}.")
        return lines

    def to_json(self) -> str:
        """Figures only, no text; null where a figure does not exist."""
        content: dict[str, Any] = {
            "model": {"name": self.manifest.name, "version": self.manifest.version, "provider": self.provider},
            "policy": self.policy,
            "rows": self.rows,
            "unsupported_language": self.unsupported,
            "malformed": len(self.malformed),
            "labels": {label: _rounded(asdict(part)) for label, part in self.labels.items()},
            "sentiment": None if self.sentiment is None else _rounded(asdict(self.sentiment)),
        }
        return json.dumps(content, indent=1) + "\n"


def scorecard(rows_file: Path, directory: Path | None, policy_file: Path | None, provider: str) -> Scorecard:
    """Score the rows of `rows_file` as the service would; the model is the one of the settings when None.

    Raises ConfigError when rows or policy will not do, ModelError when the model is not in order.
    """
    all_rows, malformed = load_rows(rows_file)
    chosen = directory or load_settings().model.directory or default_model_directory()
    sealed = load_model_directory(chosen)
    policy = load_policy(policy_file or chosen / POLICY)
    check = LanguageCheck(sealed.manifest.languages)
    rows = [row for row in all_rows if check.reads(row.text)]
    if not rows:
        raise ConfigError(
            [f"{rows_file}: no row is in a language of the model: {', '.join(sealed.manifest.languages)}"]
        )
    with classifier(sealed, provider) as model:
        require_golden(sealed, model)
        scores = score(model, [row.text for row in rows], "score")
        variant = model.variant
    return Scorecard(
        sealed.manifest,
        variant.provider,
        policy.version,
        len(rows),
        len(all_rows) - len(rows),
        tuple(malformed),
        label_figures(rows, scores, policy),
        sentiment_figures(rows, scores),
    )


def _threshold_cells(part: AtThreshold) -> list[str]:
    return [f"{part.threshold:.2f}", *_cells([part.precision, part.recall, part.f1])]


def _cells(values: Iterable[float | None]) -> list[str]:
    return ["-" if value is None else f"{value:.3f}" for value in values]


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _rounded(value)
        if isinstance(value, dict)
        else round(value, DIGITS)
        if isinstance(value, float)
        else value
        for name, value in figures.items()
    }
