"""One tiny encoder, one short run of it, and what the later steps make of it."""

from pathlib import Path

import pytest
import torch

from moderator.contracts.labels import LABELS
from moderator.training.export import export
from moderator.training.layout import CALIBRATION, FP32, POLICY, TOKENIZER
from moderator.training.package import package
from moderator.training.quantize import quantize
from moderator.training.recipe import Recipe, Training
from moderator.training.score import FP32_VARIANT, uncalibrated
from moderator.training.targets import Targets
from moderator.training.thresholds import Choice, policy_text
from moderator.training.train import train
from tests.training.tiny import write_encoder, written_rows

TRAINING = Training(
    encoder="tiny", epochs=14, batch_tokens=256, learning_rate=3e-3, average_decay=0.9, checkpoint_steps=2
)
RECIPE = Recipe(name="tiny", written=False, student=TRAINING)


torch.set_num_threads(1)  # threads that wait for each other cost more than so small a model


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The encoder's directory."""
    return write_encoder(tmp_path_factory.mktemp("tiny") / "encoder")


@pytest.fixture(scope="session")
def trained(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run's folder with trained weights."""
    folder = tmp_path_factory.mktemp("run")
    rows = written_rows(120)
    train([row.text for row in rows], Targets.of(rows, RECIPE), TRAINING, encoder, folder)
    return folder


@pytest.fixture(scope="session")
def exported(trained: Path, encoder: Path) -> Path:
    """The same folder with the fp32 graph and the tokenizer."""
    export(trained / "model.safetensors", encoder, trained / FP32)
    (trained / TOKENIZER).write_bytes((encoder / "tokenizer.json").read_bytes())
    return trained


@pytest.fixture(scope="session")
def quantized(exported: Path) -> Path:
    """The same folder with both int8 variants, an untrained calibration and a policy."""
    quantize(exported, [row.text for row in written_rows(200)])
    with uncalibrated(exported, FP32_VARIANT) as draft:
        (exported / CALIBRATION).write_bytes(draft.file(CALIBRATION).read_bytes())
    choices = dict.fromkeys(LABELS, Choice(0.5, 0.9))
    (exported / POLICY).write_text(policy_text(choices, "test"), encoding="utf-8")
    return exported


@pytest.fixture(scope="session")
def models(quantized: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed model directory."""
    folder = tmp_path_factory.mktemp("sealed") / "models"
    package(quantized, folder, "tiny")
    return folder
