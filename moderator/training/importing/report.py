"""The report of an import: what was mapped, how good and how well calibrated it is, and what int8 costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderator.contracts.labels import LABELS, Label
from moderator.inference.language import LanguageCheck
from moderator.inference.manifest import Manifest
from moderator.training.calibrate import PINNED, CalibrationFigures
from moderator.training.importing.int8 import Measured
from moderator.training.label_figures import LabelFigures, SentimentFigures

Cells = list[list[str]]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `label_figures` and `moods` are by variant, "fp32" among them."""

    manifest: Manifest
    architecture: str
    parameters: int
    sources: dict[str, str]  # the checkpoint's names behind each label, and behind "sentiment"
    ignored: tuple[str, ...]
    rows: int
    unsupported: int  # rows in other languages, which the service would not score
    malformed: tuple[str, ...]
    calibration: dict[str, CalibrationFigures]
    label_figures: dict[str, dict[Label, LabelFigures]]
    moods: dict[str, SentimentFigures | None]
    graph_difference: float
    fp32_bytes: int
    variants: list[Measured]
    left_out: tuple[str, ...]

    def head_table(self) -> tuple[list[str], Cells]:
        """Columns and rows of the heads: calibration error before and after, AP or macro-recall by variant."""
        names = list(self.label_figures)
        columns = ["head", "from", "rows", "positive", "error before", "error after", *(f"AP {name}" for name in names)]
        cells = [
            [*self._calibrated(label), *(_figure(self.label_figures[name][label].average_precision) for name in names)]
            for label in LABELS
            if label in self.calibration
        ]
        if "sentiment" in self.calibration:
            recalls = (mood.macro_recall if mood else None for mood in self.moods.values())
            cells.append([*self._calibrated("sentiment"), *map(_figure, recalls)])
        return columns, cells

    def variant_table(self) -> tuple[list[str], Cells]:
        """Columns and rows of the files: size, and difference of a score from fp32."""
        cells = [["fp32 (not kept)", _megabytes(self.fp32_bytes), "", ""]]
        cells += [
            [part.variant.file, _megabytes(part.size), f"{part.mean:.4f}", f"{part.largest:.3f}"]
            for part in self.variants
        ]
        return ["file", "MB", "mean difference", "largest"], cells

    def remarks(self) -> list[str]:
        """What a user of the model should know, a line each."""
        pinned = ", ".join(self.manifest.untrained_labels)
        lines = [
            f"All figures are of the {self.rows:,} calibration rows.",
            "Errors after calibration are of rows that the curve was not fitted on (five folds).",
            "Thresholds were chosen on the same rows; measure on others with `moderator model evaluate`.",
            f"In fp32, a logit of the graph is at most {self.graph_difference:.1e} from what torch says.",
            "The golden texts are the program's own, in English: they prove the arithmetic of a machine, no quality.",
            f"Texts in other languages are told by: {LanguageCheck(self.manifest.languages).scope}.",
        ]
        if pinned:
            lines.append(f"Nothing is mapped to {pinned}: the score is fixed at {PINNED}, below every threshold.")
        if self.manifest.untrained_sentiment:
            lines.append("Nothing is mapped to sentiment: every text is neutral.")
        if self.ignored:
            lines.append(f"Ignored outputs of the checkpoint: {', '.join(self.ignored)}.")
        if self.unsupported:
            lines.append(f"Calibration rows in other languages, left out: {self.unsupported}.")
        if self.malformed:
            lines.append(f"Malformed calibration rows, left out: {len(self.malformed)}.")
        return lines + [f"Left out: {reason}." for reason in self.left_out]

    def markdown(self) -> str:
        """REPORT.md."""
        manifest = self.manifest
        head = (
            f"A `{self.architecture}` checkpoint of {self.parameters:,} parameters, for"
            f" {', '.join(manifest.languages)}, read in windows of {manifest.window_tokens} tokens. Written by"
            " `moderator model import`."
        )
        parts = [f"# {manifest.name} {manifest.version}", head, "## Heads", _table(*self.head_table())]
        if "sentiment" in self.calibration:
            parts.append("In the row of sentiment, positive counts positive texts, and macro-recall stands for AP.")
        remarks = "\n".join(f"- {line}" for line in self.remarks())
        return "\n\n".join([*parts, "## Files", _table(*self.variant_table()), "## Remarks", remarks]) + "\n"

    def _calibrated(self, head: str) -> list[str]:
        part = self.calibration[head]
        counts = [f"{part.rows:,}", f"{part.positives:,}"]
        return [head, self.sources[head], *counts, f"{part.before:.4f}", f"{part.after:.4f}"]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"


def _table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([cell.replace("|", "\\|") for cell in row] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
