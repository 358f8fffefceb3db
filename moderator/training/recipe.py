"""The recipe: everything a training run depends on, read from one TOML file."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """How one source of training rows takes part."""

    rows: int | None = None  # at most this many, drawn by the seed; None: all
    weight: float = 1.0  # of each row's loss: below 1 for noisy labels


@dataclass(frozen=True, slots=True)
class Assumption:
    """Labels that some sources' texts almost never carry: there, unknown counts as a light negative.

    Few rows say what is *not* sexual, hateful or spam, and a head that has seen little else but its own kind fires on
    anything lively. `from_part` of the run on, when the heads have learnt their positives.
    """

    weight: float = 0.3  # beside a label that an annotator gave
    from_part: float = 0.75
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by source

    def labels(self, source: str) -> tuple[str, ...]:
        """What is assumed absent from the rows of `source`."""
        return self.absent.get(source, ())


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one run. Equal recipes on equal data give equal batches."""

    name: str
    seed: int = 7
    epochs: int = 1
    max_tokens: int = 64  # of a training text; serving reads windows of 128
    batch_tokens: int = 2048  # padded tokens a batch
    learning_rate: float = 1e-4
    layer_decay: float = 0.9  # learning rate of each layer relative to the one above it
    weight_decay: float = 0.01
    dropout: float = 0.0  # drawing its masks takes a third of a step on CPU, and two passes do not overfit
    warmup: float = 0.06  # part of all steps
    average_decay: float = 0.999  # of the moving average of weights, which is what gets exported
    sentiment_weight: float = 0.7  # of the sentiment loss beside the label loss
    checkpoint_steps: int = 200
    held_back: float = 0.03  # part of the rows that is never trained on: calibration and thresholds are chosen there
    default_source: Source = Source()
    sources: dict[str, Source] = field(default_factory=dict)
    assumption: Assumption = Assumption()

    def source(self, name: str) -> Source:
        """The part that `name` plays."""
        return self.sources.get(name, self.default_source)


def load_recipe(path: Path) -> Recipe:
    """Read a recipe file. Raises ConfigError when it cannot be read, or with every unknown key in it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from None
    sources = table.pop("sources", {})
    assumption = table.pop("assumption", {})
    known = {f.name for f in fields(Recipe)} - {"sources", "default_source", "assumption"}
    problems = [f"{path}: unknown key {key!r}" for key in table if key not in known]
    parts = {f.name for f in fields(Source)}
    problems += [
        f"{path}: unknown key sources.{name}.{key}" for name, s in sources.items() for key in s if key not in parts
    ]
    assumed = {f.name for f in fields(Assumption)}
    problems += [f"{path}: unknown key assumption.{key}" for key in assumption if key not in assumed]
    absent = {source: tuple(labels) for source, labels in assumption.get("absent", {}).items()}
    problems += [
        f"{path}: assumption.absent.{source}: {label!r} is not in the vocabulary"
        for source, labels in absent.items()
        for label in labels
        if label not in LABELS
    ]
    if problems:
        raise ConfigError(problems)
    return Recipe(
        **table,
        sources={name: Source(**s) for name, s in sources.items()},
        assumption=Assumption(**{**assumption, "absent": absent}),
    )
