"""ONNX Runtime with the model: which variant, on which cores, and what a call takes of them."""

import json
import os
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from moderator.errors import ModelError
from moderator.inference.batch import Feed
from moderator.inference.manifest import ModelDirectory, Variant
from moderator.inference.native_threads import NativeThreads, native_threads

OPENVINO = "OpenVINOExecutionProvider"
CPU = "CPUExecutionProvider"
CPU_LIMIT = Path("/sys/fs/cgroup/cpu.max")  # the kernel's: quota and period in microseconds, or "max" for no quota

# OpenVINO binds its threads to cores, counted from the first, and knows of no other process: two agents of one thread
# each would share the first core and leave the second idle.
UNPINNED = json.dumps({"CPU": {"ENABLE_CPU_PINNING": "NO"}})

Logits = npt.NDArray[np.float32]


def available_cores(limit: Path = CPU_LIMIT) -> int:
    """Cores that this process may use: its affinity, further bounded by the cgroup's CPU limit."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = limit.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return cores
    return cores if quota == "max" else max(1, min(cores, int(quota) // int(period)))


def choose_variant(model: ModelDirectory, provider: str) -> Variant:
    """The first variant whose provider is installed, or the one of `provider` unless that is "auto".

    Raises ModelError when there is none.
    """
    installed = onnxruntime.get_available_providers()
    for variant in model.manifest.variants:
        if variant.provider in installed and provider in ("auto", variant.provider):
            return variant
    offered = ", ".join(variant.provider for variant in model.manifest.variants)
    present = ", ".join(installed)
    raise ModelError([f"{model.path}: no variant for provider {provider!r}: it offers {offered}; installed: {present}"])


def open_session(model: ModelDirectory, variant: Variant, threads: int) -> onnxruntime.InferenceSession:
    """Load the variant. `threads` calls may run in it at once, each on one core. Raises ModelError on failure."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one core a call, several calls at once: measured faster than threads in a call
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    provider: str | tuple[str, dict[str, str]] = variant.provider
    if variant.provider == OPENVINO:
        options_of_provider = {"device_type": "CPU", "num_of_threads": str(threads), "num_streams": str(threads)}
        provider = (OPENVINO, options_of_provider | {"load_config": UNPINNED})
    try:
        session = onnxruntime.InferenceSession(str(model.file(variant.file)), options, providers=[provider])
    except Exception as error:  # noqa: BLE001  ONNX Runtime raises what it likes
        raise ModelError([f"{model.file(variant.file)}: cannot be loaded on {variant.provider}: {error}"]) from None
    if session.get_providers()[0] != variant.provider:
        raise ModelError([f"{model.file(variant.file)}: ONNX Runtime fell back from {variant.provider} in silence"])
    return session


class Session:
    """A variant, for calls that run at once, a core each. Safe to call from several threads."""

    def __init__(self, model: ModelDirectory, variant: Variant, threads: int) -> None:
        """So many `threads` call at once. Raises ModelError when the variant cannot be loaded."""
        others = native_threads()
        self._session = open_session(model, variant, threads)
        self._threads = NativeThreads(native_threads() - others)
        self.inputs = {given.name for given in self._session.get_inputs()}

    def run(self, feed: Feed) -> tuple[Logits, Logits, float]:
        """Label and sentiment logits, as the graph answers, and the seconds of processor time that were taken."""
        computed = time.thread_time()
        labels, sentiment = self._session.run(["labels", "sentiment"], feed)
        # The CPU provider computes in the calling thread, OpenVINO in its own.
        return labels, sentiment, time.thread_time() - computed + self._threads.gained()
