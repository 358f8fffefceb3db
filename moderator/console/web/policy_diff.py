"""A suggested change of thresholds as a patch of the policy file, for its authors to review."""

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from moderator.console.web.suggestion import Change, End, changed
from moderator.contracts.labels import Label
from moderator.errors import ConfigError
from moderator.policy.thresholds import HASH_DIGITS, Policy, parse_policy

NAME = "policy.toml"
HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")
VERSION = re.compile(r"version\s*=")
OWN_TABLE = re.compile(r"\s*(escalate_at|block_at)\s*=")
INLINE_TABLE = re.compile(r"\s*(\w+)\s*=\s*\{")
DECIDED_VERSION = re.compile(r"-decided-[0-9-]+$")


def patch(text: str, changes: Sequence[Change], today: date) -> str:
    """From `text` to itself with the changes and another version; comments and overrides stay.

    Raises ConfigError where the file is no policy, or its way of writing TOML is none that can be edited in place.
    """
    present = parsed(text)
    version = f"{DECIDED_VERSION.sub('', present.version)}-decided-{today:%Y-%m-%d}"
    lines = text.splitlines(keepends=True)
    new = list(_edited(lines, version, changes))
    whole = "".join(new)
    wanted = changed(present.thresholds, changes)
    if parsed(whole) != replace(present, version=version, hash=_digest(whole), thresholds=wanted):
        raise ConfigError([f"{NAME}: cannot be edited; write a table for each label, [labels.toxic] and so on"])
    return "".join(difflib.unified_diff(lines, new, f"a/{NAME}", f"b/{NAME}", n=2))


def because(change: Change) -> str:
    """In a comment's words, what speaks for it."""
    share = change.share
    wrong = "were blocked" if change.end is End.ESCALATE_AT else "did not have it"
    where = "below" if change.end is End.ESCALATE_AT else "from here on"
    of = f"of {change.decided} decided {where}, {change.wrong} {wrong}"
    return f"was {change.present:g}: {of}, {share.expected:.1%} ({share.low:.1%} to {share.high:.1%})"


def _edited(lines: Sequence[str], version: str, changes: Iterable[Change]) -> Iterator[str]:
    wanted = {(change.label, change.end): change for change in changes}
    table = ""
    for line in lines:
        if header := HEADER.match(line):
            table = header[1].replace('"', "")
        label = table.removeprefix("labels.")
        inline = INLINE_TABLE.match(line) if table == "labels" else None
        if not table and VERSION.match(line):
            yield f"version = {json.dumps(version, ensure_ascii=False)}\n"
        elif inline and (these := [change for (of, _), change in wanted.items() if of == inline[1]]):
            yield _inline(line, these)
        elif table.startswith("labels.") and (own := OWN_TABLE.match(line)) and (label, own[1]) in wanted:
            change = wanted[Label(label), End(own[1])]
            # A comment on the former threshold goes with it.
            yield f"{own[0]} {change.suggested:g}  # {because(change)}\n"
        else:
            yield line


def _inline(line: str, changes: Iterable[Change]) -> str:
    for change in changes:
        line = re.sub(rf"(\b{change.end}\s*=\s*)[^\s,}}]+", rf"\g<1>{change.suggested:g}", line, count=1)
    return line


def parsed(text: str) -> Policy:
    """The policy that a file's text is. Raises ConfigError."""
    try:
        return parse_policy(tomllib.loads(text), NAME, _digest(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{NAME}: not TOML: {error}"]) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]
