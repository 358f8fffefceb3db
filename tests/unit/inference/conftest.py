"""The shipped model, loaded once for all tests of inference."""

from collections.abc import Iterator

import onnxruntime
import pytest
from prometheus_client import CollectorRegistry

from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory, default_model_directory, load_model_directory
from moderator.inference.session import CPU, OPENVINO
from moderator.telemetry.metrics import Metrics

INSTALLED = [provider for provider in (OPENVINO, CPU) if provider in onnxruntime.get_available_providers()]


@pytest.fixture(scope="session")
def model() -> ModelDirectory:
    """The shipped model, verified."""
    return load_model_directory(default_model_directory())


@pytest.fixture(scope="session", params=INSTALLED)
def classifier(request: pytest.FixtureRequest, model: ModelDirectory) -> Iterator[OnnxClassifier]:
    """On each provider that is installed here."""
    loaded = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=request.param, threads=2)
    yield loaded
    loaded.close()
