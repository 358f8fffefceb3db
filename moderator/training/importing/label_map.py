"""The label map: which of a checkpoint's outputs are which of ours, read from a TOML file."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from moderator.contracts.labels import LABELS, SENTIMENTS, Label, SentimentLabel
from moderator.errors import ConfigError

SINGLE, MULTI = "single_label", "multi_label"
PROBLEM_TYPES = {f"{SINGLE}_classification": SINGLE, f"{MULTI}_classification": MULTI}  # transformers' words for them

Columns = tuple[int, ...]


def _several(value: object) -> object:
    return value if isinstance(value, list) else [value]


class LabelMapFile(BaseModel):
    """The file's form; keys under labels and sentiment, and what is ignored, are the checkpoint's own names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    languages: tuple[Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]+)*$")], ...] = Field(min_length=1)
    problem_type: Literal["single_label", "multi_label"] | None = None
    labels: dict[str, Annotated[tuple[Label, ...], Field(min_length=1), BeforeValidator(_several)]] = Field(
        min_length=1
    )
    sentiment: dict[str, SentimentLabel] = {}
    ignored: tuple[str, ...] = ()

    def mapped_labels(self) -> dict[Label, list[str]]:
        """The checkpoint's names behind each label that has any."""
        found = {label: [name for name, ours in self.labels.items() if label in ours] for label in LABELS}
        return {label: names for label, names in found.items() if names}

    def mapped_moods(self) -> dict[SentimentLabel, list[str]]:
        """The checkpoint's names behind each mood that has any."""
        found = {mood: [name for name, ours in self.sentiment.items() if ours == mood] for mood in SENTIMENTS}
        return {mood: names for mood, names in found.items() if names}


@dataclass(frozen=True, slots=True)
class LabelMap:
    """The columns of a checkpoint's logits behind each label and mood; a label that is absent has none.

    `exclusive`: exactly one of the checkpoint's classes holds (softmax); otherwise each holds by itself (sigmoid).
    """

    languages: tuple[str, ...]
    exclusive: bool
    outputs: int
    labels: dict[Label, Columns]
    sentiment: dict[SentimentLabel, Columns]  # all three, or empty
    ignored: tuple[str, ...]


def load_label_map(path: Path) -> LabelMapFile:
    """Read the file. Raises ConfigError with every problem of its form."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from None
    try:
        return LabelMapFile.model_validate(table)
    except ValidationError as error:
        raise ConfigError(
            [f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)]
        ) from None


def resolve(file: LabelMapFile, source: Path, names: Sequence[str], problem_type: str | None) -> LabelMap:
    """Find the file's names among the checkpoint's output `names`; `problem_type` is the checkpoint's own word.

    Raises ConfigError with every problem: names that the checkpoint does not have or has twice, outputs that are
    neither mapped nor ignored, a mood left out, classes of a softmax that leave nothing to tell a label from.
    """
    kind = file.problem_type or PROBLEM_TYPES.get(problem_type or "")
    problems = [*_wrong_names(file, names), *_wrong_meaning(file, names, kind)]
    if kind is None:
        problems.append(
            f"the checkpoint's problem_type is {problem_type!r}: state problem_type = {SINGLE!r} (one class holds:"
            f" softmax) or {MULTI!r} (each holds by itself: sigmoid)"
        )
    if problems:
        raise ConfigError([f"{source}: {problem}" for problem in problems])
    return LabelMap(
        file.languages,
        kind == SINGLE,
        len(names),
        {label: tuple(map(names.index, mapped)) for label, mapped in file.mapped_labels().items()},
        {mood: tuple(map(names.index, mapped)) for mood, mapped in file.mapped_moods().items()},
        file.ignored,
    )


def _wrong_names(file: LabelMapFile, names: Sequence[str]) -> list[str]:
    mapped = [*file.labels, *file.sentiment]
    mentioned = [*mapped, *file.ignored]
    has = f"it has {', '.join(names)}"
    problems = [f"the checkpoint has no label {name!r}; {has}" for name in mentioned if name not in names]
    problems += [f"the checkpoint has {count} labels {name!r}" for name, count in Counter(names).items() if count > 1]
    problems += [
        f"label {name!r} of the checkpoint is neither mapped nor listed under ignored"
        for name in names
        if name not in mentioned
    ]
    return problems + [f"{name!r} is both mapped and ignored" for name in file.ignored if name in mapped]


def _wrong_meaning(file: LabelMapFile, names: Sequence[str], kind: str | None) -> list[str]:
    problems = [
        f"labels: every class of the checkpoint is mapped to {label}: nothing is left to tell it from"
        for label, mapped in file.mapped_labels().items()
        if kind == SINGLE and len(mapped) >= len(names)
    ]
    missing = [mood for mood in SENTIMENTS if mood not in file.mapped_moods()]
    if file.sentiment and missing:
        problems.append(f"sentiment: nothing is mapped to {', '.join(missing)}; map all three or leave the table out")
    return problems
