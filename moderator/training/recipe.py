"""The recipe: everything a model depends on beside the rows, read from one TOML file."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from moderator.contracts.labels import Label
from moderator.errors import ConfigError

Tier = Literal["A", "B"]
Pooling = Literal["mean", "cls"]


class Part(BaseModel):
    """A table of the recipe: fixed once read, and without a key that nothing reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Part):
    """How one source of training rows takes part."""

    rows: int | None = None  # at most this many, drawn by the seed; None: all
    weight: float = 1.0  # of each row's loss: below 1 for noisy labels
    repeats: int = 1  # times an epoch that each row is seen: above 1 for what is rare and clean


class Assumption(Part):
    """Labels that some sources' texts almost never carry: there, unknown counts as a light negative.

    Few rows say what is *not* sexual, hateful or spam, and a head that has seen little else but its own kind fires on
    anything lively.
    """

    weight: float = 0.3  # beside a label that an annotator gave
    absent: dict[str, tuple[Label, ...]] = {}  # by source

    def labels(self, source: str) -> tuple[Label, ...]:
        """What is assumed absent from the rows of `source`."""
        return self.absent.get(source, ())


class Distillation(Part):
    """How the teachers' soft labels reach the student."""

    share: float = 0.5  # of a known label: the rest is what its annotator said
    unknown_weight: float = 0.5  # of a label that only teachers tell, beside one that an annotator gave
    phrase_sources: tuple[str, ...] = ()  # whose rows are also cut into phrases, known by the teachers alone
    phrases_per_row: int = 2


class Training(Part):
    """Settings of one network's training. Equal settings on equal rows give equal batches."""

    encoder: str
    pooling: Pooling = "mean"
    seed: int = 7
    part: float = 1.0  # of the collected rows, drawn by the seed
    epochs: int = 1
    max_tokens: int = 96  # of a training text; serving reads windows of 128
    batch_tokens: int = 4096  # padded tokens a batch
    learning_rate: float = 1e-4
    layer_decay: float = 0.9  # learning rate of each layer relative to the one above it
    weight_decay: float = 0.01
    dropout: float = 0.0  # drawing its masks takes a third of a step on CPU, and two passes do not overfit
    warmup: float = 0.06  # part of all steps
    assume_from: float = 0.75  # part of the run after which the recipe's assumption holds: positives are learnt first
    average_decay: float = 0.999  # of the moving average of weights, which is what gets exported
    sentiment_weight: float = 0.7  # of the sentiment loss beside the label loss
    checkpoint_steps: int = 200


class Recipe(Part):
    """One student, the teachers it learns from, and how the rows are mixed for all of them."""

    name: str
    seed: int = 7  # of the rows drawn, cut and written
    tiers: tuple[Tier, ...] = ("A", "B")
    held_back: float = 0.03  # part of the rows that is never trained on: calibration and thresholds are chosen there
    written: bool = True  # whether the student also learns from the written families
    swaps: bool = True  # whether the student also learns from collected rows that name other groups
    student: Training
    teachers: dict[str, Training] = {}
    distillation: Distillation = Distillation()
    sources: dict[str, Source] = {}
    assumption: Assumption = Assumption()

    def source(self, name: str) -> Source:
        """The part that `name` plays: all its rows, once, when the recipe does not name it."""
        return self.sources.get(name, Source())


def load_recipe(path: Path) -> Recipe:
    """Read a recipe file. Raises ConfigError when it cannot be read, or with every wrong key in it."""
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from None
    except ValidationError as error:
        raise ConfigError(
            [f"{path}: {'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors()]
        ) from None
