"""The held-out table: every figure by fp32 and by each int8 variant, and how far int8 is from fp32."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from moderator.errors import ConfigError
from moderator.inference.manifest import ModelDirectory, load_model_directory
from moderator.policy.thresholds import load_policy
from moderator.training.benchmarks import Figures, ScoredSplit, all_figures
from moderator.training.heldout import HeldOutRow
from moderator.training.layout import CALIBRATION, FP32, POLICY, TOKENIZER
from moderator.training.score import FP32_VARIANT, INT8_VARIANTS, TextOutputs, classifier, draft, score

DIGITS = 4

# What the figures need: each of these splits is scored, and all other rows of the file are left alone.
SPLITS = (
    ("convabuse", "test"),
    ("dynabench", "test"),
    ("edos", "test"),
    ("hatecheck", "test"),
    ("hatemojibuild", "test"),
    ("hatemojibuild", "val"),
    ("hatemojicheck", "test"),
    ("jigsaw_ibm_max", "test"),
    ("kaggle_insults", "test"),
    ("openai_mod", "test"),
    ("sms_spam", "test"),
    ("sst2", "dev"),
    ("tweeteval_hate", "test"),
    ("tweeteval_hate", "val"),
    ("tweeteval_offensive", "test"),
    ("tweeteval_offensive", "val"),
    ("tweeteval_sentiment", "test"),
    ("wiki_fuzzed", "test"),
    ("wiki_nonfuzzed", "test"),
    ("xstest", "test"),
    ("youtube_spam", "test"),
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by variant ("fp32", "openvino", "cpu"), and each int8 variant's mean and largest score difference."""

    figures: dict[str, Figures]
    score_differences: dict[str, tuple[float, float]]

    def to_json(self, model: ModelDirectory) -> dict[str, Any]:
        """evaluation.json: figures only, no text."""
        names = list(next(iter(self.figures.values())))
        return {
            "model": {"name": model.manifest.name, "version": model.manifest.version},
            "figures": {
                name: {variant: round(figures[name], DIGITS) for variant, figures in self.figures.items()}
                for name in names
            },
            "score_difference_from_fp32": {
                variant: {"mean": round(mean, 5), "max": round(largest, 4)}
                for variant, (mean, largest) in self.score_differences.items()
            },
        }


def evaluate(models: Path, rows: Sequence[HeldOutRow], fp32: Path | None) -> Evaluation:
    """Score `rows` with every variant of the sealed directory `models` that runs here, and with the graph `fp32`.

    Raises ConfigError when `rows` lack a split that a figure needs, ModelError when the directory is not in order.
    """
    sealed = load_model_directory(models)
    policy = load_policy(models / POLICY)
    chosen = by_split(rows)
    texts = [row.text for key in SPLITS for row in chosen[key]]
    outputs: dict[str, TextOutputs] = {}
    if fp32 is not None:
        with classifier(draft(fp32.parent, FP32_VARIANT), FP32_VARIANT.provider) as model:
            outputs["fp32"] = score(model, texts, "score fp32")
    installed = onnxruntime.get_available_providers()
    for name, variant in INT8_VARIANTS.items():
        if variant.provider in installed:
            with classifier(sealed, variant.provider) as model:
                outputs[name] = score(model, texts, f"score {name} int8")
    return Evaluation(
        {name: all_figures(join(chosen, output), policy) for name, output in outputs.items()},
        {name: difference(output, outputs["fp32"]) for name, output in outputs.items() if name != "fp32" and fp32},
    )


def by_split(rows: Sequence[HeldOutRow]) -> dict[tuple[str, str], list[HeldOutRow]]:
    """The rows of each split that is scored. Raises ConfigError that names those without rows."""
    found: dict[tuple[str, str], list[HeldOutRow]] = defaultdict(list)
    for row in rows:
        found[row.set, row.split].append(row)
    missing = [
        f"held-out set {name!r} has no rows in split {split!r}" for name, split in SPLITS if not found[name, split]
    ]
    if missing:
        raise ConfigError(missing)
    return {key: found[key] for key in SPLITS}


def join(splits: dict[tuple[str, str], list[HeldOutRow]], outputs: TextOutputs) -> dict[tuple[str, str], ScoredSplit]:
    """Give each split its part of `outputs`, which are of all splits in turn."""
    scored: dict[tuple[str, str], ScoredSplit] = {}
    first = 0
    for key, rows in splits.items():
        last = first + len(rows)
        scored[key] = ScoredSplit(rows, outputs.labels[first:last], outputs.sentiment[first:last])
        first = last
    return scored


def difference(outputs: TextOutputs, reference: TextOutputs) -> tuple[float, float]:
    """Mean and largest absolute difference of a score."""
    apart = np.abs(np.hstack([outputs.labels - reference.labels, outputs.sentiment - reference.sentiment]))
    return float(apart.mean()), float(apart.max())


def fp32_graph(run: Path, models: Path) -> Path | None:
    """The fp32 graph of `run` when it is there and of the same calibration and tokenizer as `models`, else None."""
    same = all(
        (run / name).is_file() and (run / name).read_bytes() == (models / name).read_bytes()
        for name in (CALIBRATION, TOKENIZER)
    )
    return run / FP32 if same and (run / FP32).is_file() else None


def write_evaluation(evaluation: Evaluation, models: Path, path: Path) -> None:
    """Write evaluation.json."""
    content = evaluation.to_json(load_model_directory(models))
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
