"""Texts to logits and scores by the path that serves: its clean-up, tokenizer, batches and session, nothing rebuilt."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from onnxruntime import get_available_providers
from prometheus_client import CollectorRegistry

from moderator.contracts.labels import LABELS, SENTIMENTS, Label
from moderator.inference.calibration import CalibrationFile, LabelCalibration, SentimentCalibration
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import FORMAT, Manifest, ModelDirectory, Variant
from moderator.inference.session import CPU, OPENVINO
from moderator.telemetry.metrics import Metrics
from moderator.training.layout import (
    CALIBRATION,
    CPU_INT8,
    FP32,
    OPENVINO_INT8,
    SHIPPED,
    TOKENIZER,
    Reading,
)
from moderator.training.progress import track

CHUNK = 1024  # texts a call: enough for full batches of every length
FP32_VARIANT = Variant(provider=CPU, file=FP32)
INT8_VARIANTS = {
    "openvino": Variant(provider=OPENVINO, file=OPENVINO_INT8),
    "cpu": Variant(provider=CPU, file=CPU_INT8),
}  # in the order of preference: OpenVINO is faster and nearer to fp32 where it is installed

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TextOutputs:
    """What the model says of texts: labels [texts, 8] and sentiment [texts, 3], logits or scores."""

    labels: Array
    sentiment: Array


def draft(
    directory: Path, *variants: Variant, reading: Reading = SHIPPED, languages: tuple[str, ...] = ("en",)
) -> ModelDirectory:
    """The files in `directory` as a model directory whose files were just made and are not yet sealed by checksums.
    Texts in other `languages` are not scored; without any, all are.
    """
    manifest = Manifest(
        format=FORMAT,
        name="draft",
        version="draft",
        languages=languages,
        labels=LABELS,
        sentiments=SENTIMENTS,
        **asdict(reading),
        golden_tolerance=0.5,
        variants=variants,
        files={},
    )
    return ModelDirectory(directory, manifest)


def served_variant() -> tuple[str, Variant]:
    """Name and entry of the int8 variant that agents here would serve."""
    available = get_available_providers()
    return next(part for part in INT8_VARIANTS.items() if part[1].provider in available)


@contextmanager
def classifier(model: ModelDirectory, provider: str, token_budget: int = 1024) -> Iterator[OnnxClassifier]:
    """An OnnxClassifier on `model`, closed at the end. Raises ModelError when it cannot be loaded."""
    opened = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=provider, token_budget=token_budget)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def uncalibrated(run: Path, variant: Variant, reading: Reading = SHIPPED) -> Iterator[ModelDirectory]:
    """A graph of `run` as a model directory whose scores are plain logistic functions of its logits."""
    identity = CalibrationFile(
        labels=dict.fromkeys(Label, LabelCalibration(slope=1.0, intercept=0.0)),
        sentiment=SentimentCalibration(temperature=1.0),
    )
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        for name in (variant.file, TOKENIZER):
            (directory / name).symlink_to((run / name).resolve())
        (directory / CALIBRATION).write_text(identity.model_dump_json(exclude_none=True), encoding="utf-8")
        yield draft(directory, variant, reading=reading)


def score_logits(model: OnnxClassifier, texts: Sequence[str], what: str) -> TextOutputs:
    """Logits of each text: labels the maximum over its windows, sentiment their length-weighted mean."""
    labels = np.empty((len(texts), len(LABELS)))
    sentiment = np.empty((len(texts), len(SENTIMENTS)))
    for first in track(range(0, len(texts), CHUNK), what):
        tokens = model.tokenize(texts[first : first + CHUNK])
        window_labels, window_sentiments = model.logits(tokens)
        start = 0
        for index, text in enumerate(tokens, start=first):
            end = start + len(text.windows)
            labels[index] = window_labels[start:end].max(axis=0)
            weights = [len(window) for window in text.windows]
            sentiment[index] = np.average(window_sentiments[start:end], axis=0, weights=weights)
            start = end
    return TextOutputs(labels, sentiment)


def score(model: OnnxClassifier, texts: Sequence[str], what: str) -> TextOutputs:
    """Calibrated scores of each text, as verdicts carry them."""
    labels = np.empty((len(texts), len(LABELS)))
    sentiment = np.empty((len(texts), len(SENTIMENTS)))
    for first in track(range(0, len(texts), CHUNK), what):
        for index, scores in enumerate(model.classify(model.tokenize(texts[first : first + CHUNK])), start=first):
            labels[index], sentiment[index] = scores.labels, scores.sentiment
    return TextOutputs(labels, sentiment)
