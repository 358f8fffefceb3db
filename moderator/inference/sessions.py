"""ONNX Runtime with the model: which variant, on which cores, and what its calls take of them."""

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
LONE_CORES = 2  # two take 0.6 of the time that one takes for a window of 128 tokens; more were not measured

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


def open_session(model: ModelDirectory, variant: Variant, *, calls: int, cores: int) -> onnxruntime.InferenceSession:
    """Load the variant for so many `calls` at once, each on so many `cores`. Raises ModelError on failure."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.force_spinning_stop", "1")  # threads wait busily only while a call runs
    provider: str | tuple[str, dict[str, str]] = variant.provider
    if variant.provider == OPENVINO:
        options_of_provider = {"device_type": "CPU", "num_of_threads": str(calls * cores), "num_streams": str(calls)}
        provider = (OPENVINO, options_of_provider | {"load_config": UNPINNED})
    try:
        session = onnxruntime.InferenceSession(str(model.file(variant.file)), options, providers=[provider])
    except Exception as error:  # noqa: BLE001  ONNX Runtime raises what it likes
        raise ModelError([f"{model.file(variant.file)}: cannot be loaded on {variant.provider}: {error}"]) from None
    if session.get_providers()[0] != variant.provider:
        raise ModelError([f"{model.file(variant.file)}: ONNX Runtime fell back from {variant.provider} in silence"])
    return session


class Sessions:
    """A variant, loaded twice where there are cores enough: for calls that run at once, a core each, which is the
    fastest for many; and for a call that runs alone, whose message waits for it. Both say the same to the last bit.
    Safe to call from several threads.
    """

    def __init__(self, model: ModelDirectory, variant: Variant, threads: int) -> None:
        """So many `threads` call at once. Raises ModelError when the variant cannot be loaded."""
        self._others = native_threads()
        self._many = open_session(model, variant, calls=threads, cores=1)
        self._lone = open_session(model, variant, calls=1, cores=LONE_CORES) if threads >= LONE_CORES else self._many
        self.inputs = {given.name for given in self._many.get_inputs()}
        self.settle()

    def settle(self) -> None:
        """All threads have been started by now, and what they have computed so far was for no message."""
        self._threads = NativeThreads(native_threads() - self._others)

    def run(self, feed: Feed, *, alone: bool) -> tuple[Logits, Logits, float]:
        """Label and sentiment logits, as the graph answers, and the seconds of processor time that were taken.
        `alone`: no other call runs meanwhile.
        """
        computed = time.thread_time()
        labels, sentiment = (self._lone if alone else self._many).run(["labels", "sentiment"], feed)
        # The CPU provider computes in the calling thread and its own, OpenVINO in its own.
        return labels, sentiment, time.thread_time() - computed + self._threads.gained()
