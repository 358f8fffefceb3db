"""Agents that share a machine share its cores."""

import os
import threading
import time
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.scores import Tokens
from moderator.inference.batch import Feed, blank
from moderator.inference.batcher import Batcher
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory, default_model_directory, load_model_directory
from moderator.inference.native_threads import computed
from moderator.inference.packer import Packer
from moderator.inference.sessions import CPU, OPENVINO, Sessions, choose_variant
from moderator.telemetry.metrics import Metrics

DEADLINE_S = 60
A_FAIR_PART = 0.25


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


def part_of_the_second(sessions: Sessions, feed: Feed, *, alone: bool) -> float:
    """Of what a call computes, how much the thread does that does the second most."""
    threads = [int(thread.name) for thread in Path("/proc/self/task").iterdir()]
    before = [computed(thread) for thread in threads]
    sessions.run(feed, alone=alone)
    gained = sorted(computed(thread) - then for thread, then in zip(threads, before, strict=True))
    return gained[-2] / sum(gained)


@pytest.mark.parametrize("provider", [OPENVINO, CPU])
def test_a_call_that_runs_alone_is_spread_over_two_cores(model: ModelDirectory, provider: str) -> None:
    """Its message waits for it, and the other core has nothing else to do; where calls run at once, each has one."""
    sessions = Sessions(model, choose_variant(model, provider), threads=2)
    batching = Packer(256, 128, 2) if provider == OPENVINO else Batcher(256, 128)
    feed = batching.feed(*blank(32, 128))  # so much that the second core is in time for its part even when it is busy
    deadline = time.monotonic() + DEADLINE_S
    while part_of_the_second(sessions, feed, alone=True) < A_FAIR_PART:
        assert time.monotonic() < deadline  # other programs may have the second core for a while
    assert all(part_of_the_second(sessions, feed, alone=False) < A_FAIR_PART for _ in range(3))
