"""A policy document as the page shows it: its rules to choose from, and the rest of its words."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from moderator.contracts.labels import Label
from moderator.review.documents import RULE_ID, PolicyText, Severity

RULES = "VIOLATES"
KEYS = "123456789"  # for the first nine rules, in the document's order: fingers learn it

_STATED = re.compile(rf"({RULE_ID}): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule, in the document's words."""

    id: str
    words: str
    label: Label
    severe: bool
    matched: bool  # of a label for which the message was escalated
    key: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Of a section; a `listed` one was an item of a list."""

    words: str
    listed: bool


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The document with its sections but the rules', by their names."""

    id: str
    version: str
    hash: str
    rules: list[RuleView]
    sections: dict[str, list[Paragraph]]


def policy_view(policy: PolicyText, escalated_for: Collection[Label]) -> PolicyView:
    """The document beside a message that was escalated for these labels."""
    reference, words = policy.reference, _stated(policy.sections[RULES])
    keys = dict(zip((rule.id for rule in policy.rules), KEYS, strict=False))
    rules = [
        RuleView(
            rule.id,
            words[rule.id],
            rule.label,
            severe=rule.severity is Severity.SEVERE,
            matched=rule.label in escalated_for,
            key=keys.get(rule.id),
        )
        for rule in policy.rules
    ]
    others = {name: paragraphs(text) for name, text in policy.sections.items() if name != RULES}
    return PolicyView(reference.id, reference.version, reference.hash, rules, others)


def paragraphs(text: str) -> list[Paragraph]:
    """Blocks between empty lines, and items of lists, each on one line."""
    blocks = re.split(r"\n\s*\n|\n(?=- )", text.strip())
    return [Paragraph(" ".join(block.removeprefix("- ").split()), block.startswith("- ")) for block in blocks]


def _stated(text: str) -> dict[str, str]:
    """Words of the rules by their ids; the document was checked to state each one."""
    stated = (_STATED.fullmatch(each.words) for each in paragraphs(text) if each.listed)
    return {match[1]: match[2] for match in stated if match}
