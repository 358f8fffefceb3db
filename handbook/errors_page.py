"""docs/reference/errors.md: exit codes, exceptions, and every closed list of codes."""

import re
from enum import StrEnum

from handbook.links import ROOT
from handbook.tables import code, first_paragraph, page, table
from moderator import errors
from moderator.contracts.dead_letter import Stage
from moderator.contracts.review import Referral
from moderator.contracts.verdict import ReasonCode
from moderator.errors import DeadLetterCode, ModeratorError, PoisonRecord
from moderator.exit_codes import ExitCode, exit_code

CLOSED_LISTS: dict[str, tuple[type[StrEnum], str]] = {
    "Codes of dead letters": (DeadLetterCode, "What to do about each: [contracts](../contracts.md#dead-letter)."),
    "Stages of dead letters": (Stage, ""),
    "Codes of reasons": (ReasonCode, "In verdicts and escalations: [contracts](../contracts.md#verdict)."),
    "Codes of referrals": (Referral, "In decisions of the large model: [reviewing](../reviewing.md)."),
}


def errors_page() -> str:
    """The page."""
    tree = (errors.__doc__ or "").partition("\n\n")[2].strip()
    found = list(_descendants(ModeratorError))
    parts = [
        "## Exit codes",
        "Of every subcommand; what to do about each: [operations](../operations.md#exit-codes).",
        table(
            ("code", "name", "meaning", "raised as"),
            ((str(int(c)), f"`{c.name}`", _meanings()[int(c)], code(_raised(found, c))) for c in ExitCode),
        ),
        "## Exceptions",
        "What this program raises on purpose, and what it does on seeing each:",
        f"```text\n{tree}\n```",
        table(
            ("exception", "is a", "means"),
            ((f"`{e.__name__}`", f"`{e.__mro__[1].__name__}`", first_paragraph(e)) for e in found),
        ),
    ]
    for title, (codes, more) in CLOSED_LISTS.items():
        parts += [f"## {title}", " ".join(filter(None, (first_paragraph(codes), more))), _list(codes)]
    return page("Errors", *parts)


def _descendants(root: type[ModeratorError]) -> list[type[ModeratorError]]:
    """Depth first, as the tree is drawn."""
    below = [kind for kind in root.__subclasses__() if kind.__module__ == errors.__name__]
    return [found for kind in below for found in (kind, *_descendants(kind))]


def _meanings() -> dict[int, str]:
    """What each exit code means, as the table of operations has it, beside what to do."""
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return {int(status): meaning for status, meaning in re.findall(r"^\| (\d) \| (.+?) \|", operations, re.MULTILINE)}


def _raised(found: list[type[ModeratorError]], status: ExitCode) -> list[str]:
    """Exceptions that end the program with this status; a poison record ends nothing."""
    ends = [kind for kind in found if not issubclass(kind, PoisonRecord)]
    return [kind.__name__ for kind in ends if exit_code(kind.__new__(kind)) == status]


def _list(codes: type[StrEnum]) -> str:
    return "\n".join(f"- `{one}`" for one in codes)
