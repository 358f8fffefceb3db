"""The recipe: everything a training run depends on, read from one TOML file."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from moderator.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """How one source of training rows takes part."""

    rows: int | None = None  # at most this many, drawn by the seed; None: all
    weight: float = 1.0  # of each row's loss: below 1 for noisy labels


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
    dropout: float = 0.0  # drawing its masks takes a third of a step on CPU, and one pass over the rows does not overfit
    warmup: float = 0.06  # part of all steps
    average_decay: float = 0.999  # of the moving average of weights, which is what gets exported
    sentiment_weight: float = 0.7  # of the sentiment loss beside the label loss
    checkpoint_steps: int = 200
    held_back: float = 0.03  # part of the rows that is never trained on: calibration and thresholds are chosen there
    default_source: Source = Source()
    sources: dict[str, Source] = field(default_factory=dict)

    def source(self, name: str) -> Source:
        """The part that `name` plays."""
        return self.sources.get(name, self.default_source)


def load_recipe(path: Path) -> Recipe:
    """Read a recipe file. Raises ConfigError that lists every unknown key."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = table.pop("sources", {})
    known = {f.name for f in fields(Recipe)} - {"sources", "default_source"}
    problems = [f"{path}: unknown key {key!r}" for key in table if key not in known]
    parts = {f.name for f in fields(Source)}
    problems += [f"{path}: unknown key sources.{name}.{key}" for name, s in sources.items() for key in s if key not in parts]
    if problems:
        raise ConfigError(problems)
    return Recipe(**table, sources={name: Source(**s) for name, s in sources.items()})
