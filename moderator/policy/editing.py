"""Thresholds changed in the text of a policy file, in place: its author's words and comments stay, but for what
changes.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.policy.thresholds import HASH_DIGITS, Policy, Threshold, parse_policy

HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")
VERSION = re.compile(r"version\s*=")
OWN_TABLE = re.compile(r"\s*(escalate_at|block_at)\s*=")
INLINE_TABLE = re.compile(r"\s*(\w+)\s*=\s*\{")


class End(StrEnum):
    """Of a label's band, as the file names it."""

    ESCALATE_AT = "escalate_at"
    BLOCK_AT = "block_at"


class Edit(NamedTuple):
    """A threshold's new value, with what is to stand behind it where there is room: a table of the label's own."""

    value: float
    comment: str = ""


Edits = Mapping[tuple[Label, End], Edit]


def edited(text: str, name: str, version: str, edits: Edits) -> str:
    """The `text` of the file `name` with the edits and this version. Overrides stay as they are.

    Raises ConfigError where the text is no policy, or its way of writing TOML is none that can be edited in place.
    """
    present = parsed(text, name)
    new = "".join(_edited(text.splitlines(keepends=True), version, edits))
    found, wanted = parsed(new, name), changed(present.thresholds, edits)
    if found != replace(present, version=version, hash=found.hash, thresholds=wanted):
        raise ConfigError([f"{name}: cannot be edited; write a table [labels.{LABELS[0]}] for each label"])
    return new


def changed(present: Sequence[Threshold], edits: Edits) -> tuple[Threshold, ...]:
    """The thresholds with the edits, in the order of LABELS."""
    new = [threshold.model_dump() for threshold in present]
    for (label, end), edit in edits.items():
        new[LABELS.index(label)][end] = edit.value
    return tuple(Threshold(**ends) for ends in new)


def parsed(text: str, name: str) -> Policy:
    """The policy that a file's text is. Raises ConfigError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{name}: not TOML: {error}"]) from None
    return parse_policy(raw, name, hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS])


def _edited(lines: Sequence[str], version: str, edits: Edits) -> Iterator[str]:
    table = ""
    for line in lines:
        if header := HEADER.match(line):
            table = header[1].replace('"', "")
        label = table.removeprefix("labels.")
        inline = INLINE_TABLE.match(line) if table == "labels" else None
        if not table and VERSION.match(line):
            yield f"version = {json.dumps(version, ensure_ascii=False)}\n"
        elif inline:
            yield _inline(line, {end: edit for (of, end), edit in edits.items() if of == inline[1]})
        elif table.startswith("labels.") and (own := OWN_TABLE.match(line)) and (label, own[1]) in edits:
            edit = edits[Label(label), End(own[1])]
            # A comment on the former threshold goes with it.
            yield f"{own[0]} {edit.value:g}{edit.comment and f'  # {edit.comment}'}\n"
        else:
            yield line


def _inline(line: str, edits: Mapping[End, Edit]) -> str:
    for end, edit in edits.items():
        line = re.sub(rf"(\b{end}\s*=\s*)[^\s,}}]+", rf"\g<1>{edit.value:g}", line, count=1)
    return line
