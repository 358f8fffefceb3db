"""Labelled rows to scored texts, by the path that serves."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from moderator.contracts.labels import LABELS
from moderator.pipeline.ports import Classifier
from moderator.policy.traffic import ScoredText

CHUNK = 1024  # texts a call: enough for full batches of every length


class Scored(NamedTuple):
    """What became of the rows. `left_out`: texts that the policy judges by more than their scores, since they were not
    read, or not to their end.
    """

    texts: list[ScoredText]
    left_out: int


def score_rows(
    classifier: Classifier, rows: Sequence[tuple[str, Mapping[str, int]]], on_done: Callable[[int], object]
) -> Scored:
    """Score texts, each with 0 or 1 for the labels of which it is known; `on_done` is told how many were done since."""
    texts: list[ScoredText] = []
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        tokens = classifier.tokenize([text for text, _ in chunk])
        for (_, known), read, scores in zip(chunk, tokens, classifier.classify(tokens), strict=True):
            if read.truncated or read.unreadable or read.unsupported_language:
                continue
            carries = tuple(bool(known[label]) if label in known else None for label in LABELS)
            texts.append(ScoredText(scores.labels, carries))
        on_done(len(chunk))
    return Scored(texts, len(rows) - len(texts))
