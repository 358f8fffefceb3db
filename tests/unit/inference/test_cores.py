"""Agents that share a machine share its cores."""

import os
import threading
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.scores import Tokens
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory, default_model_directory, load_model_directory
from moderator.inference.session import CPU, OPENVINO
from moderator.telemetry.metrics import Metrics


@pytest.fixture(scope="module")
def model() -> ModelDirectory:
    """The shipped one."""
    return load_model_directory(default_model_directory())


@pytest.mark.parametrize("provider", [OPENVINO, CPU])
def test_no_thread_is_bound_to_a_core(model: ModelDirectory, provider: str) -> None:
    """While the model runs: it would stay there when another agent's is bound to the same core and others are idle."""
    may_use = os.sched_getaffinity(0)
    classifier = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=provider, threads=1)
    texts = [Tokens(([101, *[2204] * 62, 102],)) for _ in range(64)]
    ended = threading.Event()
    seen: set[frozenset[int]] = set()

    def look() -> None:
        while not ended.is_set():
            for thread in Path("/proc/self/task").iterdir():
                try:
                    seen.add(frozenset(os.sched_getaffinity(int(thread.name))))
                except ProcessLookupError:
                    continue

    watching = threading.Thread(target=look)
    watching.start()
    try:
        classifier.classify(texts)
    finally:
        ended.set()
        watching.join()
        classifier.close()
    assert seen == {frozenset(may_use)}
