"""Size, speed and quality of int8 beside what else could be run in its place, on the same rows in one process."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from moderator.contracts.labels import LABELS
from moderator.inference.manifest import load_model_directory
from moderator.policy.thresholds import load_policy
from moderator.training import evaluation_file
from moderator.training.benchmarks import all_figures
from moderator.training.dataset import load_dataset
from moderator.training.evaluate import by_split, join
from moderator.training.heldout import HeldOutRow
from moderator.training.layout import EVALUATION, FP32, PEERS, POLICY
from moderator.training.linear import LinearModel
from moderator.training.peers_table import peers_table
from moderator.training.rows import Row
from moderator.training.score import FP32_VARIANT, TextOutputs, classifier, draft, score, served_variant
from moderator.training.steps import Steps
from moderator.training.tables import print_table

TIMED_TEXTS = 2000  # taken evenly from the held-out texts, so of all lengths
ROUNDS = 3  # the fastest counts: whatever else runs only ever slows
NEUTRAL = 0.05  # VADER's own bound: a compound score nearer to 0 is neutral

Score = Callable[[Sequence[str]], TextOutputs]
FIGURES = (
    "TweetEval offensive, macro-F1",
    "TweetEval hate, macro-F1",
    "TweetEval sentiment, macro-recall",
    "SST-2 dev, accuracy",
    "Wikipedia, toxic AUC",
    "EDOS threat, AP",
    "SMS spam, macro-F1",
    "OpenAI-1680, any flag, AUPRC",
)
SENTIMENT_FIGURES = ("TweetEval sentiment, macro-recall", "SST-2 dev, accuracy")


def record_peers(steps: Steps) -> None:
    """Measure what else could be run here on the same rows, one after the other, and write peers.json.

    The fp32 graph of the run may have other weights than the model: they cost the same, and its figures are recorded.
    """
    rows, held_out = load_dataset(steps.training, steps.heldout, steps.recipe)
    fp32 = steps.run / FP32 if (steps.run / FP32).is_file() else None
    evaluation = evaluation_file.read(steps.models / EVALUATION)
    content = compare_peers(steps.models, evaluation, fp32, rows.collected, held_out)
    evaluation_file.write(content, steps.models / PEERS)
    print_table("Beside others", *peers_table(content))


def compare_peers(
    models: Path, evaluation: Mapping[str, Any], fp32: Path | None, rows: Sequence[Row], held_out: Sequence[HeldOutRow]
) -> dict[str, Any]:
    """peers.json: of int8, the fp32 graph (if it is there), a linear model trained on `rows`, and VADER, each one's
    figures on `held_out` (those of int8 and fp32 from `evaluation`), texts a second and megabytes.
    """
    splits = by_split(held_out)
    texts = [row.text for part in splits.values() for row in part]
    timed = texts[:: max(1, len(texts) // TIMED_TEXTS)]
    policy = load_policy(models / POLICY)
    linear = LinearModel(rows)
    recorded: Mapping[str, Mapping[str, float]] = evaluation["figures"]
    name, variant = served_variant()
    with classifier(load_model_directory(models), variant.provider) as model:
        int8 = fastest(lambda part: score(model, part, "int8"), timed)
    measured: dict[str, dict[str, Any]] = {
        "int8": {"figures": {figure: recorded[figure][name] for figure in FIGURES}, "seconds": int8}
    }
    measured["int8"]["megabytes"] = megabytes(models / variant.file)
    if fp32 is not None:
        with classifier(draft(fp32.parent, FP32_VARIANT), FP32_VARIANT.provider) as model:
            exact = fastest(lambda part: score(model, part, "fp32"), timed)
        figures = {figure: recorded[figure]["fp32"] for figure in FIGURES}
        measured["fp32"] = {"figures": figures, "seconds": exact, "megabytes": megabytes(fp32)}
    for peer, scorer, size, told in (
        ("TF-IDF, linear", linear.score, linear.megabytes(), FIGURES),
        ("VADER", vader_scores, len(SentimentIntensityAnalyzer().lexicon_full_filepath) / 1e6, SENTIMENT_FIGURES),
    ):
        found = all_figures(join(splits, scorer(texts)), policy)
        figures = {figure: round(found[figure], 4) for figure in told}
        measured[peer] = {"figures": figures, "seconds": fastest(scorer, timed), "megabytes": size}
    return {
        "timed_texts": len(timed),
        "int8_provider": variant.provider,
        "models": {
            peer: {
                "figures": part["figures"],
                "texts_per_second": round(len(timed) / part["seconds"], 1),
                "megabytes": round(part["megabytes"], 1),
            }
            for peer, part in measured.items()
        },
    }


def fastest(scorer: Score, texts: Sequence[str]) -> float:
    """Seconds of the fastest of three rounds."""
    seconds: list[float] = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        scorer(texts)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def vader_scores(texts: Sequence[str]) -> TextOutputs:
    """Hutto and Gilbert 2014; the side that the compound score is on, neutral within its bound. No labels."""
    analyzer = SentimentIntensityAnalyzer()
    compound = np.array([analyzer.polarity_scores(text)["compound"] for text in texts])
    sentiment = np.column_stack([np.maximum(-compound, 0), np.full(len(texts), NEUTRAL), np.maximum(compound, 0)])
    return TextOutputs(np.zeros((len(texts), len(LABELS))), sentiment)


def megabytes(path: Path) -> float:
    """The size of a file."""
    return path.stat().st_size / 1e6
