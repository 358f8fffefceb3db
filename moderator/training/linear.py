"""A linear model on TF-IDF features for every label and for sentiment: the peer that costs nothing."""

import pickle
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.inference.normalise import normalise
from moderator.training.calibrate import UNKNOWN, targets
from moderator.training.rows import Row
from moderator.training.score import TextOutputs

MOST_ROWS = 30_000  # of each head, drawn by the seed: minutes on one core
FEATURES = 100_000
SEED = 7

Targets = npt.NDArray[np.int64]


class LinearModel:
    """Words and pairs of words, weighted by TF-IDF; logistic regression for each head, classes weighing the same."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Train on `rows`; a head whose rows all say the same scores 0."""
        sentiments = np.array([UNKNOWN if row.sentiment is None else row.sentiment for row in rows], dtype=np.int64)
        self._features = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, max_features=FEATURES, sublinear_tf=True, dtype=np.float32
        )
        features = self._features.fit_transform([row.text for row in rows])
        self._labels = [self._fit(features, targets(rows, label)) for label in LABELS]
        self._sentiment = self._fit(features, sentiments)

    @staticmethod
    def _fit(features: Any, wanted: Targets) -> Any:
        known = np.flatnonzero(wanted != UNKNOWN).tolist()
        if len(set(wanted[known].tolist())) < 2:
            return None
        chosen = random.Random(SEED).sample(known, min(MOST_ROWS, len(known)))
        return LogisticRegression(C=4.0, class_weight="balanced", max_iter=200).fit(features[chosen], wanted[chosen])

    def score(self, texts: Sequence[str]) -> TextOutputs:
        """Probabilities of each label and of each sentiment."""
        features = self._features.transform(map(normalise, texts))
        labels = np.zeros((len(texts), len(LABELS)))
        for column, head in enumerate(self._labels):
            if head is not None:
                labels[:, column] = head.predict_proba(features)[:, 1]
        sentiment = np.zeros((len(texts), len(SENTIMENTS)))
        if self._sentiment is not None:
            sentiment[:, self._sentiment.classes_] = self._sentiment.predict_proba(features)
        return TextOutputs(labels, sentiment)

    def megabytes(self) -> float:
        """Of all its heads as they would be stored."""
        return len(pickle.dumps((self._features, self._labels, self._sentiment))) / 1e6
