"""A model directory is sealed only when it is whole and reproduces its own record."""

import json
from pathlib import Path

import pytest

from moderator.errors import ConfigError, ModelError
from moderator.inference.manifest import load_model_directory
from moderator.training.layout import CPU_INT8, GOLDEN, OPENVINO_INT8
from moderator.training.package import package, verify


def test_the_sealed_directory_is_what_the_service_loads(models: Path) -> None:
    """Preferred variant first, every file under a checksum, both variants reproduce the golden scores."""
    manifest = load_model_directory(models).manifest
    assert [variant.file for variant in manifest.variants] == [OPENVINO_INT8, CPU_INT8]
    assert set(manifest.files) == {path.name for path in models.iterdir()} - {"manifest.json"}
    assert manifest.name == "tiny"
    assert verify(models) < 1e-4


def test_a_golden_score_that_is_not_reproduced_is_told(quantized: Path, tmp_path: Path) -> None:
    """The seal is a check, not a stamp."""
    assert 0 < package(quantized, tmp_path, "tiny") < 1e-4
    golden = json.loads((tmp_path / GOLDEN).read_text())
    golden["scores"][CPU_INT8][0][0] += 0.1
    (tmp_path / GOLDEN).write_text(json.dumps(golden))
    with pytest.raises(ModelError, match="golden"):
        verify(tmp_path)


def test_parts_that_are_missing_are_all_named(trained: Path, tmp_path: Path) -> None:
    """Nothing is sealed without them."""
    with pytest.raises(ConfigError) as refusal:
        package(tmp_path / "nothing", tmp_path / "models", "tiny")
    assert len(refusal.value.problems) == 5
    assert not (tmp_path / "models").exists()
