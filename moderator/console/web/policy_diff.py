"""A suggested change of thresholds as a patch of the policy file, for its authors to review."""

import difflib
import re
from collections.abc import Sequence
from datetime import date

from moderator.console.web.suggestion import Change
from moderator.policy.editing import Edit, Edits, End, edited, parsed

NAME = "policy.toml"
DECIDED_VERSION = re.compile(r"-decided-[0-9-]+$")


def patch(text: str, changes: Sequence[Change], today: date) -> str:
    """From `text` to itself with the changes and another version; comments and overrides stay.

    Raises ConfigError where the file is no policy, or its way of writing TOML is none that can be edited in place.
    """
    version = f"{DECIDED_VERSION.sub('', parsed(text, NAME).version)}-decided-{today:%Y-%m-%d}"
    new = edited(text, NAME, version, edits(changes))
    before, after = text.splitlines(keepends=True), new.splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, after, f"a/{NAME}", f"b/{NAME}", n=2))


def edits(changes: Sequence[Change]) -> Edits:
    """Each with what speaks for it."""
    return {(change.label, change.end): Edit(change.suggested, because(change)) for change in changes}


def because(change: Change) -> str:
    """In a comment's words, what speaks for it."""
    share = change.share
    wrong = "were blocked" if change.end is End.ESCALATE_AT else "did not have it"
    where = "below" if change.end is End.ESCALATE_AT else "from here on"
    of = f"of {change.decided} decided {where}, {change.wrong} {wrong}"
    return f"was {change.present:g}: {of}, {share.expected:.1%} ({share.low:.1%} to {share.high:.1%})"
