"""The policy file with the planned bands."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from moderator.contracts.labels import LABELS
from moderator.policy.editing import Edit, End, edited
from moderator.policy.thresholds import load_policy

NOTE = "# escalate_at is that of `moderator policy plan`: "
PLANNED_VERSION = re.compile(r"-risk-[0-9.e-]+$")


def planned_policy(file: Path, escalate_at: Sequence[float], risk: float, note: str) -> str:
    """The text of `file` with these `escalate_at`, in the order of LABELS, a version that names the `risk`, and a
    `note` on where they are from.

    Raises ConfigError when the file's way of writing TOML is none that can be edited in place.
    """
    present = load_policy(file)
    edits = {
        (label, End.ESCALATE_AT): Edit(start)
        for label, threshold, start in zip(LABELS, present.thresholds, escalate_at, strict=True)
        if threshold.escalate_at != start
    }
    version = f"{PLANNED_VERSION.sub('', present.version)}-risk-{risk:.3g}"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith(NOTE))
    return f"{NOTE}{note}\n{edited(text, str(file), version, edits)}"


def difference(file: Path, text: str, target: Path) -> str:
    """From the present file to `text`, as a patch shows it."""
    present = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(difflib.unified_diff(present, text.splitlines(keepends=True), str(file), str(target), n=1))
