"""What each row of a run should be taken for, and how much each part of that counts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.training.recipe import Distillation, Recipe
from moderator.training.rows import Row

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SoftLabels:
    """What the teachers make of rows: labels [rows, 8] and sentiment [rows, 3], NaN where they do not say."""

    labels: Array
    sentiment: Array

    def padded(self, rows: int) -> "SoftLabels":
        """Followed by so many `rows` of which the teachers say nothing."""
        return SoftLabels(
            np.pad(self.labels, ((0, rows), (0, 0)), constant_values=np.nan),
            np.pad(self.sentiment, ((0, rows), (0, 0)), constant_values=np.nan),
        )


@dataclass(frozen=True, slots=True)
class Targets:
    """Rates to be learnt, labels [rows, 8] and sentiments [rows, 3], and weights of each; 0 where nothing is known.

    `assumed_weights` [rows, 8] are of labels that are assumed absent, and hold from a later part of the run on.
    """

    labels: Array
    label_weights: Array
    assumed_weights: Array
    sentiments: Array
    sentiment_weights: Array

    @classmethod
    def of(cls, rows: Sequence[Row], recipe: Recipe) -> "Targets":
        """As annotators gave them, each row weighing what its source does."""
        labels = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
        known = np.zeros_like(labels)
        assumed = np.zeros_like(labels)
        sentiments = np.zeros((len(rows), len(SENTIMENTS)), dtype=np.float32)
        moods = np.zeros(len(rows), dtype=np.float32)
        for index, row in enumerate(rows):
            weight = recipe.source(row.source).weight
            for column, label in enumerate(LABELS):
                if label in row.labels:
                    labels[index, column] = row.labels[label]
                    known[index, column] = weight
                elif label in recipe.assumption.labels(row.source):
                    assumed[index, column] = weight * recipe.assumption.weight
            if row.sentiment is not None:
                sentiments[index, row.sentiment] = 1.0
                moods[index] = weight
        return cls(labels, known, assumed, sentiments, moods)

    def softened(self, soft: SoftLabels, distillation: Distillation) -> "Targets":
        """With the teachers' share in what is known, and with what they say of the unknown, of which nothing is assumed
        any more.
        """
        labels, label_weights = _soften(self.labels, self.label_weights, soft.labels, distillation)
        sentiments, moods = _soften(self.sentiments, self.sentiment_weights[:, None], soft.sentiment, distillation)
        assumed = np.where(np.isnan(soft.labels), self.assumed_weights, np.float32(0))
        return Targets(labels, label_weights, assumed, sentiments, moods[:, 0])

    def rates(self) -> Array:
        """Mean rate of each label where it is known, .01 where it nowhere is."""
        weights = self.label_weights.sum(axis=0)
        sums = (self.labels * self.label_weights).sum(axis=0)
        rates: Array = np.divide(sums, weights, out=np.full_like(weights, 0.01), where=weights > 0)
        return rates

    def trained(self) -> Mask:
        """Which labels show both sides, so that something can be learnt of them."""
        known = self.label_weights > 0
        positive = (self.labels >= 0.5) & known
        both: Mask = np.logical_and(positive.any(axis=0), (known & ~positive).any(axis=0))
        return both

    def fingerprint(self, texts: Sequence[str]) -> str:
        """Changes with any text, target or weight: a run is not gone on with on others."""
        state = hashlib.sha256()
        for text in texts:
            state.update(text.encode("utf-8", "replace") + b"\n")
        for array in (self.labels, self.label_weights, self.assumed_weights, self.sentiments, self.sentiment_weights):
            state.update(array.tobytes())
        return state.hexdigest()[:16]


def _soften(wanted: Array, weights: Array, soft: Array, distillation: Distillation) -> tuple[Array, Array]:
    known, taught = weights > 0, ~np.isnan(soft)
    share = distillation.share
    rates = np.where(taught, np.where(known, (1 - share) * wanted + share * soft, soft), wanted)
    told = (taught & ~known)[:, : weights.shape[1]]
    return rates.astype(np.float32), np.where(told, np.float32(distillation.unknown_weight), weights)
