"""An import from its three inputs, a checkpoint, a label map and labelled rows, to a sealed model directory."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from moderator.errors import ConfigError
from moderator.inference.calibration import load_calibration
from moderator.inference.manifest import sha256
from moderator.policy.thresholds import load_policy
from moderator.training.importing.calibration import calibrate_checkpoint, usable_rows
from moderator.training.importing.checkpoint import TOKENIZER_FILE, load_checkpoint
from moderator.training.importing.graph import export_checkpoint
from moderator.training.importing.int8 import int8_variants
from moderator.training.importing.label_map import LabelMapFile, load_label_map, resolve
from moderator.training.importing.reading import reading_of
from moderator.training.importing.report import ImportReport
from moderator.training.label_figures import label_figures, sentiment_figures
from moderator.training.layout import CALIBRATION, FP32, POLICY, TOKENIZER, Reading
from moderator.training.package import VERSION_DIGITS, seal, unsealed
from moderator.training.recipe import Assumption
from moderator.training.rows import load_rows
from moderator.training.score import FP32_VARIANT, TextOutputs, classifier, draft, score, score_logits, uncalibrated
from moderator.training.thresholds import choose_policy, policy_text

REPORT = "REPORT.md"
SEALED = "sealed"


def import_checkpoint(directory: Path, labels: Path, rows_file: Path, out: Path, name: str) -> ImportReport:
    """Make `out`, a model directory called `name`, of the checkpoint in `directory`.

    `out` appears when all is done, or not at all. Raises ConfigError when `out`, the label map or the rows will not do,
    ModelError when the checkpoint cannot be served; both say why.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError([f"{out}: is there already; name another folder, or remove it"])
    map_file = load_label_map(labels)
    all_rows, malformed = load_rows(rows_file)
    checkpoint = load_checkpoint(directory)
    label_map = resolve(map_file, labels, checkpoint.names, checkpoint.problem_type)
    rows = usable_rows(all_rows, label_map, rows_file)
    texts = [row.text for row in rows]
    reading = reading_of(checkpoint)
    version = version_of(directory, labels)
    with _workplace(out.parent) as folder:
        run = Path(folder)
        shutil.copyfile(directory / TOKENIZER_FILE, run / TOKENIZER)
        graph_difference = export_checkpoint(checkpoint, label_map, reading, run / FP32)
        with uncalibrated(run, FP32_VARIANT, reading) as unscaled, classifier(unscaled, FP32_VARIANT.provider) as model:
            logits = score_logits(model, texts, "calibrate")
        calibration, errors = calibrate_checkpoint(rows, logits, label_map)
        (run / CALIBRATION).write_text(calibration.model_dump_json(indent=1, exclude_none=True) + "\n", "utf-8")
        pinned = [label for label, part in calibration.labels.items() if part.pinned is not None]
        label_scores = load_calibration(run / CALIBRATION).label_scores(logits.labels)
        choices = choose_policy(rows, label_scores, Assumption(), pinned)
        (run / POLICY).write_text(policy_text(choices, f"default-{version}"), encoding="utf-8")
        fp32 = _calibrated_scores(run, reading, texts)
        variants, left_out = int8_variants(run, texts, reading, fp32)
        manifest = unsealed(name, version, label_map.languages, tuple(part.variant for part in variants), reading)
        manifest = manifest.model_copy(
            update={"untrained_labels": tuple(pinned), "untrained_sentiment": not label_map.sentiment}
        )
        seal(run, run / SEALED, manifest)
        outputs = {"fp32": fp32, **{part.name: part.scores for part in variants}}
        policy = load_policy(run / POLICY)
        report = ImportReport(
            manifest,
            checkpoint.architecture,
            checkpoint.parameters,
            _sources(map_file),
            label_map.ignored,
            len(rows),
            len(all_rows) - len(rows),
            tuple(malformed),
            errors,
            {variant: label_figures(rows, scores, policy) for variant, scores in outputs.items()},
            {variant: sentiment_figures(rows, scores) for variant, scores in outputs.items()},
            graph_difference,
            (run / FP32).stat().st_size,
            variants,
            tuple(left_out),
        )
        (run / SEALED / REPORT).write_text(report.markdown(), encoding="utf-8")
        (run / SEALED).rename(out)
    return report


def _workplace(parent: Path) -> TemporaryDirectory[str]:
    """A folder beside the directory to be, so that the finished one is moved at once. Raises ConfigError."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        return TemporaryDirectory(dir=parent, prefix=".import-")
    except OSError as error:
        raise ConfigError([f"{parent}: cannot be written: {error.strerror}"]) from None


def version_of(directory: Path, labels: Path) -> str:
    """Of the model: changes with the checkpoint's weights and with the label map."""
    files = sorted(directory.glob("*.safetensors"))
    content = "".join(sha256(file) for file in [*files, labels])
    return hashlib.sha256(content.encode()).hexdigest()[:VERSION_DIGITS]


def _calibrated_scores(run: Path, reading: Reading, texts: Sequence[str]) -> TextOutputs:
    unsealed_model = draft(run, FP32_VARIANT, reading=reading, languages=())  # `texts` are in the model's languages
    with classifier(unsealed_model, FP32_VARIANT.provider) as model:
        return score(model, texts, "score fp32")


def _sources(file: LabelMapFile) -> dict[str, str]:
    return {label: ", ".join(names) for label, names in file.mapped_labels().items()} | {
        "sentiment": ", ".join(file.sentiment)
    }
