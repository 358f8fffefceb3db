# noqa: INP001
"""`trim.py ENVIRONMENT VARIANT`: takes out of the image's environment what the service never reads."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

PROVIDERS = {"openvino": "OpenVINOExecutionProvider", "cpu": "CPUExecutionProvider"}

UNREAD = (
    "*/**/tests",  # of the packages themselves
    "onnxruntime/capi/libonnxruntime.so.*",  # for programs in C; the Python module holds it all once more
    "onnxruntime/capi/libopenvino_intel_[gn]pu_plugin.so",  # other devices than the CPU
    "onnxruntime/transformers",  # tools that rewrite models, like the next three
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/datasets",
    # Of SciPy, datasketch imports its integrals, and these are no part of them.
    *(f"scipy/{part}" for part in ("cluster", "datasets", "differentiate", "fftpack", "interpolate", "io", "misc")),
    *(f"scipy/{part}" for part in ("ndimage", "odr", "signal", "stats")),
)


def main() -> None:
    """Take it out, and tell how much that was."""
    environment, variant = Path(sys.argv[1]), sys.argv[2]
    before = size(environment)
    (packages,) = environment.glob("lib/python3*/site-packages")
    for pattern in UNREAD:
        for path in sorted(packages.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
    store_once(packages / "onnxruntime/capi")
    keep_variant(packages / "moderator/models", PROVIDERS[variant])
    print(f"{before >> 20} MiB, trimmed to {size(environment) >> 20} MiB")  # noqa: T201


def size(folder: Path) -> int:
    """Bytes of its files."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def store_once(libraries: Path) -> None:
    """A wheel cannot hold links: a library comes as often as it has names. All but one of them become links."""
    known: dict[bytes, Path] = {}
    for path in sorted(libraries.glob("*.so*")):
        first = known.setdefault(hashlib.sha256(path.read_bytes()).digest(), path)
        if first != path:
            path.unlink()
            path.symlink_to(first.name)


def keep_variant(models: Path, provider: str) -> None:
    """The manifest's variant of that provider, and no other: the others could not run, or would not."""
    manifest = json.loads((models / "manifest.json").read_text())
    for variant in manifest["variants"]:
        if variant["provider"] != provider:
            (models / variant["file"]).unlink()
            del manifest["files"][variant["file"]]
    manifest["variants"] = [variant for variant in manifest["variants"] if variant["provider"] == provider]
    (models / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
