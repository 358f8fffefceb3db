"""The golden set: texts whose recorded scores this machine must reproduce before it may decide anything."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.scores import Scores
from moderator.errors import ModelError
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory

REPORTED = 10


class GoldenSet(BaseModel):
    """golden.json: texts, and for each variant's file a row of scores a text, labels then sentiment."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    texts: tuple[str, ...] = Field(min_length=1)
    scores: dict[str, tuple[tuple[float, ...], ...]]


def load_golden(path: Path) -> GoldenSet:
    """Read a verified golden set. Raises ModelError."""
    try:
        return GoldenSet.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ModelError(
            [f"{path}: {'.'.join(map(str, e['loc'])) or 'golden set'}: {e['msg']}" for e in error.errors()]
        ) from None


def golden_scores(classifier: OnnxClassifier, texts: Sequence[str]) -> list[Scores]:
    """Scores of `texts` whatever their language: they prove the arithmetic of a machine, in a model of any language.
    Nothing of it is remembered, since outside of the golden set their language counts.
    """
    tokens = [replace(read, unsupported_language=False, key=None) for read in classifier.tokenize(texts)]
    return classifier.classify(tokens)


def require_golden(model: ModelDirectory, classifier: OnnxClassifier) -> float:
    """Score the golden set and return the largest difference from the record.

    Raises ModelError that names each score beyond the manifest's tolerance: int8 arithmetic differs between processors,
    and scores that drift silently would make the policy's thresholds mean something else.
    """
    source = model.file("golden.json")
    golden = load_golden(source)
    names = (*LABELS, *SENTIMENTS)
    recorded = golden.scores.get(classifier.variant.file, ())
    if len(recorded) != len(golden.texts) or any(len(row) != len(names) for row in recorded):
        raise ModelError([f"{source}: no complete record for {classifier.variant.file}"])
    largest = 0.0
    problems: list[str] = []
    found = golden_scores(classifier, golden.texts)
    for number, (scores, expected) in enumerate(zip(found, recorded, strict=True), start=1):
        for name, score, wanted in zip(names, (*scores.labels, *scores.sentiment), expected, strict=True):
            difference = abs(score - wanted)
            largest = max(largest, difference)
            if not difference <= model.manifest.golden_tolerance:
                problems.append(f"{source}: text {number}, {name}: {score:.4f}, recorded {wanted:.4f}")
    if problems:
        tolerance = model.manifest.golden_tolerance
        where = f"{classifier.variant.file} on {classifier.variant.provider}"
        head = f"{model.path}: {where}: {len(problems)} golden scores differ by more than {tolerance}"
        raise ModelError([head, *problems[:REPORTED]])
    return largest
