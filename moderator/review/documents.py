"""Policy documents: what reviewers go by, a folder each, read and checked together."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from moderator.contracts.labels import Label
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Outcome, PolicyDocument
from moderator.errors import ConfigError
from moderator.review.audit_sample import audited_outcome

SHIPPED = Path(__file__).parents[1] / "policies"
FILE = "policy.md"
FENCE = "+++"
SECTIONS = ("INSTRUCTIONS", "DEFINITIONS", "VIOLATES", "SAFE", "EXAMPLES")
HASH_DIGITS = 16
RULE_ID = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"

_HEADING = re.compile(r"^##[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_STATED_RULE = re.compile(rf"^- ({RULE_ID}): ", re.MULTILINE)


class Severity(StrEnum):
    """How grave it is to break a rule."""

    NORMAL = "normal"
    SEVERE = "severe"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Part):
    """What a text can break; the words stand in the document's VIOLATES, under the same id."""

    id: str = Field(pattern=f"^{RULE_ID}$")
    label: Label
    severity: Severity = Severity.NORMAL


class FrontMatter(_Part):
    """The form of what stands between the fences."""

    id: str = Field(min_length=1)
    version: str = Field(min_length=1)
    labels: tuple[Label, ...] = Field(min_length=1)
    precedence: StrictInt
    default: StrictBool = False
    rules: tuple[Rule, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A checked policy document. Of several that cover a text, the highest precedence is applied."""

    reference: PolicyDocument
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...]
    precedence: int
    default: bool
    sections: Mapping[str, str]  # by the names in SECTIONS, in that order

    @property
    def text(self) -> str:
        """What its author wrote for reviewers, without the front matter."""
        return "\n\n".join(f"## {name}\n{words}" for name, words in self.sections.items())


@dataclass(frozen=True, slots=True)
class Policies:
    """All policy documents."""

    documents: tuple[PolicyText, ...]  # highest precedence first

    def covering(self, escalation: Escalation) -> PolicyText | None:
        """The document to apply: the first that covers a label which the reasons name. Where they name none, as for a
        text that was truncated, unreadable or in another language, the first that is a default; None if there is none.
        """
        labels = _at_issue(escalation)
        if labels:
            return next((document for document in self.documents if labels & set(document.labels)), None)
        return next((document for document in self.documents if document.default), None)


def _at_issue(escalation: Escalation) -> set[Label]:
    """The labels that the reasons name. Of those that a checked verdict blocked for, the one that it was surest of: its
    rules find the block right, if any do.
    """
    scores = {reason.label: reason.score or 0.0 for reason in escalation.reasons if reason.label}
    if scores and audited_outcome(escalation) is Outcome.BLOCK:
        return {max(scores, key=scores.__getitem__)}
    return set(scores)


@dataclass(slots=True)
class _Draft:
    """A document while it is checked."""

    path: Path
    digest: str = ""
    table: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def problem(self, place: str, what: str) -> None:
        self.problems.append(f"{self.path}: {place}: {what}")

    def words(self, name: str) -> list[str]:
        """The strings of a list in the front matter, which may still be anything."""
        listed = self.table.get(name)
        return [word for word in listed if isinstance(word, str)] if isinstance(listed, list) else []

    def rules(self, key: str) -> list[str]:
        """A field of every rule, likewise."""
        listed = self.table.get("rules")
        rules = listed if isinstance(listed, list) else []
        return [rule[key] for rule in rules if isinstance(rule, dict) and isinstance(rule.get(key), str)]


def load_policies(directory: Path = SHIPPED) -> Policies:
    """Read the policy document in every folder of `directory`. Raises ConfigError with every problem of all of them."""
    try:
        # Hidden folders are no documents: Kubernetes keeps the versions of a mounted volume in them.
        folders = sorted(path for path in directory.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as error:
        raise ConfigError([f"{directory}: cannot be read: {error.strerror}"]) from None
    if not folders:
        raise ConfigError([f"{directory}: no policy documents: none has a folder"])
    drafts = [_read(folder / FILE) for folder in folders]
    documents = [_check(draft) for draft in drafts]
    problems = [problem for draft in drafts for problem in draft.problems]
    problems += _clashes(drafts)
    sound = [document for document in documents if document is not None]
    if problems:
        raise ConfigError(problems)
    return Policies(tuple(sorted(sound, key=lambda document: -document.precedence)))


def _read(path: Path) -> _Draft:
    draft = _Draft(path)
    try:
        content = path.read_bytes()
        text = content.decode().replace("\r\n", "\n")
    except OSError as error:
        draft.problems.append(f"{path}: cannot be read: {error.strerror}")
        return draft
    except UnicodeDecodeError:
        draft.problems.append(f"{path}: not UTF-8")
        return draft
    draft.digest = hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
    if not text.startswith(f"{FENCE}\n"):
        draft.problem("front matter", f"must begin on the first line, which is {FENCE}")
        return draft
    front, closed, body = text.removeprefix(FENCE).partition(f"\n{FENCE}\n")
    if not closed:
        draft.problem("front matter", f"has no end: a line that is {FENCE}")
        return draft
    try:
        draft.table = tomllib.loads(f"{front}\n")  # begins with a newline, so the lines in problems are the file's
    except ValueError as error:
        draft.problem("front matter", f"not TOML: {error}")
    except RecursionError:
        draft.problem("front matter", "nested too deeply")
    else:
        draft.sections = _sections(draft, body)
    return draft


def _sections(draft: _Draft, body: str) -> dict[str, str]:
    before, *parts = _HEADING.split(body)
    names, texts = parts[::2], [text.strip() for text in parts[1::2]]
    if before.strip():
        draft.problem("text", "before the first section")
    for name, count in Counter(names).items():
        if name not in SECTIONS:
            draft.problem(f"section {name}", f"unknown; there are {', '.join(SECTIONS)}")
        if count > 1:
            draft.problem(f"section {name}", f"there {count} times")
    found = dict(zip(names, texts, strict=True))
    for name in SECTIONS:
        if not found.get(name):
            draft.problem(f"section {name}", "empty" if name in found else "missing")
    return {name: found[name] for name in SECTIONS if name in found}


def _check(draft: _Draft) -> PolicyText | None:
    """The document, unless its form is wrong; adds what is wrong with it to the draft's problems."""
    if draft.problems and not draft.table:
        return None
    for place, what in _contradictions(draft):
        draft.problem(place, what)
    try:
        front = FrontMatter.model_validate(draft.table)
    except ValidationError as error:
        for e in error.errors(include_input=False, include_url=False):
            draft.problem(".".join(str(part) for part in e["loc"]), e["msg"])
        return None
    reference = PolicyDocument(id=front.id, version=front.version, hash=draft.digest)
    return PolicyText(reference, front.labels, front.rules, front.precedence, front.default, draft.sections)


def _contradictions(draft: _Draft) -> Iterator[tuple[str, str]]:
    """What the form cannot ask for field by field: place and problem."""
    folder, labels, rules, ruled = (
        draft.path.parent.name,
        draft.words("labels"),
        draft.rules("id"),
        draft.rules("label"),
    )
    if draft.table.get("id", folder) != folder:
        yield "id", f"must be that of its folder, {folder}"
    yield from ((f"labels: {label}", "there twice") for label in _repeated(labels))
    yield from ((f"rules: {rule}", "there twice") for rule in _repeated(rules))
    yield from ((f"labels: {label}", "has no rule") for label in dict.fromkeys(labels) if label not in ruled)
    yield from ((f"rules: {label}", "not among the labels") for label in dict.fromkeys(ruled) if label not in labels)
    if "VIOLATES" in draft.sections:
        stated = _STATED_RULE.findall(draft.sections["VIOLATES"])
        yield from ((f"rules: {rule}", "not in VIOLATES") for rule in dict.fromkeys(rules) if rule not in stated)
        yield from ((f"section VIOLATES: {rule}", "not among the rules") for rule in stated if rule not in rules)
        yield from ((f"section VIOLATES: {rule}", "there twice") for rule in _repeated(stated))


def _clashes(drafts: Sequence[_Draft]) -> Iterator[str]:
    """What is claimed by more than one document: a rule's id stands for one rule, a precedence for one place."""
    owner: dict[tuple[str, object], Path] = {}
    for draft in drafts:
        claims: list[tuple[str, object]] = [("rules", rule) for rule in dict.fromkeys(draft.rules("id"))]
        precedence = draft.table.get("precedence")
        if isinstance(precedence, int):
            claims.append(("precedence", precedence))
        for claim in claims:
            if claim in owner:
                yield f"{draft.path}: {claim[0]}: {claim[1]}: also in {owner[claim]}"
            owner.setdefault(claim, draft.path)


def _repeated(words: Sequence[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]
