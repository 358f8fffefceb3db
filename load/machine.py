"""Where and with what the figures were taken."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from moderator import __version__
from moderator.inference.manifest import Manifest
from moderator.inference.session import available_cores

CPU_INFO = Path("/proc/cpuinfo")
INT8_INSTRUCTIONS = ("amx_int8", "avx512_vnni", "avx_vnni", "i8mm", "asimddp")  # the fastest first
PACKAGES = (
    "onnxruntime",
    "onnxruntime-openvino",
    "tokenizers",
    "numpy",
    "pydantic",
    "faust-streaming",
    "aiokafka",
    "confluent-kafka",
    "torch",
    "transformers",
)


def describe_machine(manifest: Manifest, kafka: str) -> dict[str, object]:
    """Everything that the figures depend on, as JSON takes it. `kafka` is the broker's version."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": cpu_model(),
        "int8_instructions": int8_instructions(),
        "cores": available_cores(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "load_before": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "kafka": kafka,
        "packages": {name: found for name in PACKAGES if (found := _installed(name))},
        "moderator": __version__,
        "model": f"{manifest.name} {manifest.version}",
    }


def cpu_model(source: Path = CPU_INFO) -> str:
    """The processor's name, as the kernel has it where it does."""
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def int8_instructions(source: Path = CPU_INFO) -> str:
    """The instructions that multiply 8-bit numbers, of which the gain of int8 over fp32 depends."""
    try:
        words = set(source.read_text(encoding="utf-8").split())
    except OSError:
        words = set()
    return next((name for name in INT8_INSTRUCTIONS if name in words), "none known")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
