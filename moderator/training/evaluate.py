"""Held-out text scored with every variant, and all that is told of it: figures, breakdowns, int8 against fp32."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from moderator.errors import ConfigError
from moderator.inference.manifest import load_model_directory
from moderator.policy.thresholds import Policy, load_policy
from moderator.training.benchmarks import Figures, ScoredSplit, Splits, all_figures
from moderator.training.breakdown import Breakdown, gap
from moderator.training.figure_names import (
    FOUND,
    FUNCTIONALITIES,
    GAPS,
    GROUPS,
    TAKEN,
    TERMS,
    TERMS_AUC,
    TERMS_FUZZED,
    WORST_LABEL,
)
from moderator.training.hatecheck_cases import Case, by_functionality, flagged_by_group, load_cases
from moderator.training.heldout import HeldOutRow
from moderator.training.identity_terms import auc_by_term, flagged_by_term
from moderator.training.int8_loss import Loss, int8_loss, worst
from moderator.training.kept_back import KEPT_BACK, found_by_family, taken_by_family
from moderator.training.layout import CALIBRATION, FP32, POLICY, TOKENIZER
from moderator.training.score import FP32_VARIANT, INT8_VARIANTS, TextOutputs, classifier, draft, score

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
class Result:
    """What one variant reached."""

    figures: Figures
    breakdowns: dict[str, Breakdown]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Results by variant ("fp32", "openvino", "cpu"); of each int8 variant, where fp32 was scored too, what each label
    lost and the mean and largest difference of a score.
    """

    results: dict[str, Result]
    losses: dict[str, dict[str, Loss]]
    score_differences: dict[str, tuple[float, float]]


def evaluate(
    models: Path,
    rows: Sequence[HeldOutRow],
    fp32: Path | None,
    hatecheck: Path | None = None,
    written: Sequence[HeldOutRow] = (),
) -> Evaluation:
    """Score `rows` with every variant of the sealed directory `models` that runs here, and with the graph `fp32`.

    `hatecheck` is the file of HateCheck's cases, without which there is no breakdown of it; `written` are rows of
    families kept back. Raises ConfigError when `rows` lack a split that a figure needs, ModelError when the directory
    is not in order.
    """
    sealed = load_model_directory(models)
    policy = load_policy(models / POLICY)
    chosen = by_split(rows)
    cases = load_cases(hatecheck, chosen["hatecheck", "test"]) if hatecheck else []
    if written:
        chosen[KEPT_BACK] = list(written)
    texts = [row.text for part in chosen.values() for row in part]
    outputs: dict[str, TextOutputs] = {}
    if fp32 is not None:
        with classifier(draft(fp32.parent, FP32_VARIANT), FP32_VARIANT.provider) as model:
            outputs["fp32"] = score(model, texts, "score fp32")
    installed = onnxruntime.get_available_providers()
    for name, variant in INT8_VARIANTS.items():
        if variant.provider in installed:
            with classifier(sealed, variant.provider) as model:
                outputs[name] = score(model, texts, f"score {name} int8")
    return compare({name: join(chosen, output) for name, output in outputs.items()}, outputs, policy, cases)


def compare(
    splits: Mapping[str, Splits], outputs: Mapping[str, TextOutputs], policy: Policy, cases: Sequence[Case]
) -> Evaluation:
    """What the scored splits of every variant say, each by itself and int8 beside fp32 if that is among them."""
    results = {name: measure(scored, policy, cases) for name, scored in splits.items()}
    int8 = [name for name in splits if name != "fp32"] if "fp32" in splits else []
    losses = {name: int8_loss(splits["fp32"], splits[name]) for name in int8}
    for name, parts in losses.items():
        results[name].figures[WORST_LABEL] = worst(parts)
    return Evaluation(results, losses, {name: difference(outputs[name], outputs["fp32"]) for name in int8})


def measure(splits: Splits, policy: Policy, cases: Sequence[Case]) -> Result:
    """Every figure and breakdown of one variant's scores."""
    plain, fuzzed = splits["wiki_nonfuzzed", "test"], splits["wiki_fuzzed", "test"]
    breakdowns = {
        TERMS: flagged_by_term(plain, policy),
        TERMS_FUZZED: flagged_by_term(fuzzed, policy),
        TERMS_AUC: auc_by_term(fuzzed),
    }
    if cases:
        breakdowns[FUNCTIONALITIES] = by_functionality(splits["hatecheck", "test"], cases, policy)
        breakdowns[GROUPS] = flagged_by_group(splits["hatecheck", "test"], cases, policy)
    if KEPT_BACK in splits:
        breakdowns[FOUND] = found_by_family(splits[KEPT_BACK], policy)
        breakdowns[TAKEN] = taken_by_family(splits[KEPT_BACK], policy)
    gaps = {figure: gap(breakdowns[title]) for title, figure in GAPS.items() if title in breakdowns}
    return Result(all_figures(splits, policy) | gaps, breakdowns)


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


def join(
    splits: Mapping[tuple[str, str], list[HeldOutRow]], outputs: TextOutputs
) -> dict[tuple[str, str], ScoredSplit]:
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
