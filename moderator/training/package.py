"""The parts of a run to a sealed model directory: manifest with checksums, golden scores recorded and reproduced."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from moderator.contracts.labels import LABELS, SENTIMENTS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import CalibrationFile
from moderator.inference.golden import GoldenSet, golden_scores, require_golden
from moderator.inference.manifest import (
    FORMAT,
    MANIFEST,
    FileEntry,
    Manifest,
    ModelDirectory,
    Variant,
    load_model_directory,
    sha256,
)
from moderator.training.layout import CALIBRATION, GOLDEN, POLICY, SHIPPED, TOKENIZER, WEIGHTS, Reading
from moderator.training.score import INT8_VARIANTS, classifier

GOLDEN_TEXTS = Path(__file__).parent / "golden_texts.json"
# Twice what a golden score moved by when OpenVINO was kept to other instruction sets (AVX2 .016, AVX2 with VNNI .019,
# AVX-512 without VNNI .004); sums that overflow, the fault to be found, moved scores by .10.
GOLDEN_TOLERANCE = 0.04
VERSION_DIGITS = 12


def package(run: Path, models: Path, name: str) -> float:
    """Assemble `models` from the files in `run`; return the largest difference when the golden set is scored again.

    Raises ConfigError when a part is missing, ModelError when the directory does not reproduce its own record.
    """
    variants = tuple(INT8_VARIANTS.values())
    require_parts(run, variants)
    manifest = unsealed(name, run_version(run), ("en",), variants)
    return seal(run, models, manifest)


def unsealed(
    name: str, version: str, languages: tuple[str, ...], variants: tuple[Variant, ...], reading: Reading = SHIPPED
) -> Manifest:
    """The manifest of a directory that is still to be assembled: it lists no files."""
    return Manifest(
        format=FORMAT,
        name=name,
        version=version,
        languages=languages,
        labels=LABELS,
        sentiments=SENTIMENTS,
        **asdict(reading),
        golden_tolerance=GOLDEN_TOLERANCE,
        variants=variants,
        files={},
    )


def seal(run: Path, models: Path, manifest: Manifest) -> float:
    """Assemble `models` from the files in `run` under `manifest`, with the checksums and the pinned labels entered;
    return the largest difference when the golden set is scored again.

    Raises ConfigError when a part is missing, ModelError when the directory does not reproduce its own record.
    """
    parts = require_parts(run, manifest.variants)
    models.mkdir(parents=True, exist_ok=True)
    (models / MANIFEST).unlink(missing_ok=True)  # a directory cut short in the making has none, so nothing serves it
    for part in parts:
        shutil.copyfile(run / part, models / part)
    golden = record_golden(ModelDirectory(models, manifest))
    (models / GOLDEN).write_text(golden.model_dump_json(indent=1) + "\n", encoding="utf-8")
    calibration = CalibrationFile.model_validate_json((models / CALIBRATION).read_bytes())
    sealed = manifest.model_copy(
        update={
            "untrained_labels": tuple(label for label in Label if calibration.labels[label].pinned is not None),
            "files": {
                part: FileEntry(sha256=sha256(models / part), bytes=(models / part).stat().st_size)
                for part in [*parts, GOLDEN]
            },
        }
    )
    (models / MANIFEST).write_text(sealed.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return verify(models)


def require_parts(run: Path, variants: tuple[Variant, ...]) -> list[str]:
    """The files that make a model directory. Raises ConfigError with all that `run` lacks."""
    parts = [TOKENIZER, CALIBRATION, POLICY, *(variant.file for variant in variants)]
    missing = [
        f"{run / part}: no such file; run the earlier steps first" for part in parts if not (run / part).is_file()
    ]
    if missing:
        raise ConfigError(missing)
    return parts


def run_version(run: Path) -> str:
    """The model's version: the beginning of its weights' checksum. Raises ConfigError when they are missing."""
    if not (run / WEIGHTS).is_file():
        raise ConfigError([f"{run / WEIGHTS}: no such file; run the train step first"])
    return sha256(run / WEIGHTS)[:VERSION_DIGITS]


def record_golden(model: ModelDirectory) -> GoldenSet:
    """Score the golden texts with every variant."""
    texts: list[str] = json.loads(GOLDEN_TEXTS.read_text(encoding="utf-8"))
    scores: dict[str, tuple[tuple[float, ...], ...]] = {}
    for variant in model.manifest.variants:
        with classifier(model, variant.provider) as opened:
            found = golden_scores(opened, texts)
        scores[variant.file] = tuple(
            tuple(round(score, 5) for score in (*scored.labels, *scored.sentiment)) for scored in found
        )
    return GoldenSet(texts=tuple(texts), scores=scores)


def verify(models: Path) -> float:
    """Load `models` as the service does, with each variant; return the largest difference from the golden scores."""
    sealed = load_model_directory(models)
    largest = 0.0
    for variant in sealed.manifest.variants:
        with classifier(sealed, variant.provider) as model:
            largest = max(largest, require_golden(sealed, model))
    return largest
