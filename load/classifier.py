"""The classifier alone: texts to scores, in calls as large as the agent's batches."""

import time
from collections.abc import Mapping, Sequence

import onnxruntime
from prometheus_client import CollectorRegistry

from load.rates import percentile
from load.report import Figure, variant_name
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory
from moderator.inference.tokens import Tokenizer
from moderator.telemetry.metrics import Metrics


def runnable_providers(model: ModelDirectory) -> list[str]:
    """Providers of the model's variants that are installed; the first is what `auto` takes."""
    installed = onnxruntime.get_available_providers()
    return [variant.provider for variant in model.manifest.variants if variant.provider in installed]


class ClassifierAlone:
    """One variant of the model, warmed up."""

    def __init__(self, model: ModelDirectory, provider: str, texts: Sequence[str], call_texts: int) -> None:
        self.variant = variant_name(provider)
        self._classifier = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=provider)
        self._classifier.warm_up()
        self._texts = texts
        self._call_texts = call_texts

    def measure(self) -> Mapping[Figure, float]:
        """Tokenize and classify every text once."""
        started = time.perf_counter()
        for first in range(0, len(self._texts), self._call_texts):
            self._classifier.classify(self._classifier.tokenize(self._texts[first : first + self._call_texts]))
        return {Figure.CLASSIFIER: len(self._texts) / (time.perf_counter() - started)}


def token_lengths(model: ModelDirectory, texts: Sequence[str]) -> dict[str, float]:
    """How long `texts` are, in tokens, start and end markers included."""
    manifest = model.manifest
    tokenizer = Tokenizer(
        model.file("tokenizer.json"), manifest.window_tokens, manifest.window_overlap, manifest.max_windows
    )
    counts = [tokens.count for tokens in tokenizer.encode(texts)]
    return {f"p{percent}_tokens": percentile(counts, percent) for percent in (50, 95, 99)}
