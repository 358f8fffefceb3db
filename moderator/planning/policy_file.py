"""The policy file with the planned bands: its author's text and comments, but for what changes."""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.policy.thresholds import HASH_DIGITS, Policy, Threshold, load_policy, parse_policy

NOTE = "# escalate_at is that of `moderator policy plan`: "
HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")
VERSION = re.compile(r"version\s*=")
OF_A_TABLE = re.compile(r"(\s*escalate_at\s*=\s*)[^\s#]+")
INLINE = re.compile(r"(\s*(\w+)\s*=\s*\{.*?\bescalate_at\s*=\s*)[^\s,}]+(.*)", re.DOTALL)
PLANNED_VERSION = re.compile(r"-risk-[0-9.e-]+$")


def planned_policy(file: Path, escalate_at: Sequence[float], risk: float, note: str) -> str:
    """The text of `file` with these `escalate_at`, in the order of LABELS, a version that names the `risk`, and a
    `note` on where they are from. Overrides stay as they are.

    Raises ConfigError when the file's way of writing TOML is none that can be edited in place.
    """
    present = load_policy(file)
    starts = dict(zip(LABELS, escalate_at, strict=True))
    changed = {
        label: starts[label]
        for label, threshold in zip(LABELS, present.thresholds, strict=True)
        if threshold.escalate_at != starts[label]
    }
    version = f"{PLANNED_VERSION.sub('', present.version)}-risk-{risk:.3g}"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    text = f"{NOTE}{note}\n" + "".join(_edited(lines, version, changed))
    thresholds = tuple(
        Threshold(escalate_at=start, block_at=threshold.block_at)
        for start, threshold in zip(escalate_at, present.thresholds, strict=True)
    )
    if _parsed(text, file) != replace(present, version=version, hash=_digest(text), thresholds=thresholds):
        raise ConfigError([f"{file}: cannot be edited; write a table [labels.{LABELS[0]}] for each label"])
    return text


def difference(file: Path, text: str, target: Path) -> str:
    """From the present file to `text`, as a patch shows it."""
    present = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(difflib.unified_diff(present, text.splitlines(keepends=True), str(file), str(target), n=1))


def _edited(lines: Sequence[str], version: str, changed: dict[Label, float]) -> Iterator[str]:
    table = ""
    for line in lines:
        if header := HEADER.match(line):
            table = header[1].replace('"', "")
        if line.startswith(NOTE):
            continue
        if not table and VERSION.match(line):
            yield f"version = {json.dumps(version, ensure_ascii=False)}\n"
        elif table == "labels" and (inline := INLINE.fullmatch(line)) and inline[2] in changed:
            yield f"{inline[1]}{changed[Label(inline[2])]:g}{inline[3]}"
        elif (label := table.removeprefix("labels.")) in changed and (own := OF_A_TABLE.match(line)):
            yield f"{own[1]}{changed[Label(label)]:g}\n"  # a comment on the former threshold goes with it
        else:
            yield line


def _parsed(text: str, file: Path) -> Policy:
    try:
        return parse_policy(tomllib.loads(text), str(file), _digest(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{file}: cannot be edited: {error}"]) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]
