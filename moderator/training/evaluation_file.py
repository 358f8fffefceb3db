"""evaluation.json: written from an evaluation, and held against a later one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from moderator.errors import ConfigError, ModelError
from moderator.inference.manifest import ModelDirectory
from moderator.training.calibration_figures import worst_error
from moderator.training.evaluate import Evaluation

DIGITS = 4
# Int8 arithmetic differs between processors: a score by some hundredths, so a few rows fall on the other side.
TOLERANCE = 0.015
ROWS_APART = 2  # of a small part, where one row weighs more than the tolerance


def to_json(evaluation: Evaluation, model: ModelDirectory, calibration: Mapping[str, Any]) -> dict[str, Any]:
    """The file's content: figures only, no text. `calibration` is the figures of the calibrate step, {} without."""
    results = evaluation.results
    every = next(reversed(results.values()))  # int8 has all that fp32 has
    return {
        "model": {"name": model.manifest.name, "version": model.manifest.version},
        "figures": {
            name: {
                variant: round(result.figures[name], DIGITS)
                for variant, result in results.items()
                if name in result.figures
            }
            for name in every.figures
        }
        | worst_error(calibration),
        "breakdowns": {
            title: {
                name: {"rows": part.rows}
                | {variant: round(result.breakdowns[title][name].figure, DIGITS) for variant, result in results.items()}
                for name, part in parts.items()
            }
            for title, parts in every.breakdowns.items()
        },
        "int8_loss_in_points": {
            variant: {
                label: {
                    "rows": loss.rows,
                    "positives": loss.positives,
                    "f1": round(loss.f1, 2),
                    "average_precision": round(loss.average_precision, 2),
                }
                for label, loss in losses.items()
            }
            for variant, losses in evaluation.losses.items()
        },
        "score_difference_from_fp32": {
            variant: {"mean": round(mean, 5), "max": round(largest, 4)}
            for variant, (mean, largest) in evaluation.score_differences.items()
        },
        "calibration": dict(calibration),
    }


def read(path: Path) -> dict[str, Any]:
    """The file's content. Raises ConfigError when it is missing."""
    if not path.is_file():
        raise ConfigError([f"{path}: no such file; run the evaluate step first"])
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def read_if_there(path: Path) -> dict[str, Any] | None:
    """The content of a file that need not be there."""
    return read(path) if path.is_file() else None


def write(content: Mapping[str, Any], path: Path) -> None:
    """Write the file."""
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def completed(measured: Mapping[str, Any], recorded: Mapping[str, Any]) -> dict[str, Any]:
    """`measured`, with what only the recorded evaluation holds: variants and figures that cannot be measured here."""
    figures = {name: values | measured["figures"].get(name, {}) for name, values in recorded["figures"].items()}
    return {**recorded, **measured, "figures": measured["figures"] | figures}


def require_reproduced(recorded: Mapping[str, Any], measured: Mapping[str, Any], path: Path) -> None:
    """Raise ModelError that lists every figure of `measured` that is further from the one recorded at `path` than
    arithmetic explains, or not recorded. What was not measured here (fp32, a provider that is not installed) is let be.
    """
    if recorded["model"] != measured["model"]:
        raise ModelError([f"{path}: is of model {recorded['model']}, the directory holds {measured['model']}"])
    problems = _differences(f"{path}: figures", recorded["figures"], measured["figures"])
    for title, parts in measured["breakdowns"].items():
        problems += _differences(f"{path}: {title}", recorded["breakdowns"].get(title, {}), parts)
    if problems:
        raise ModelError(problems)


def _differences(where: str, recorded: Mapping[str, Any], measured: Mapping[str, Any]) -> list[str]:
    problems: list[str] = []
    for name, values in measured.items():
        allowed = max(TOLERANCE, ROWS_APART / values["rows"]) if "rows" in values else TOLERANCE
        for variant, value in values.items():
            before = recorded.get(name, {}).get(variant)
            if before is None:
                problems.append(f"{where}: {name}, {variant}: not recorded")
            elif abs(value - before) > allowed:
                problems.append(f"{where}: {name}, {variant}: recorded {before}, measured {value}")
    return problems
